import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { AnchoredHeads } from '@nandax/app/audit/anchored-heads.ts';
import { auditHash, genesisHash } from '@nandax/app/audit/chain.ts';
import type { TrailFinding } from '@nandax/app/audit/trail-finding.ts';
import { verifyTrail, type TrailExtent } from '@nandax/app/audit/verify-trail.ts';
import { systemActor } from '@nandax/app/actor.ts';
import type { AuditAction, AuditAnchor, AuditTrail } from '@nandax/app/ports/audit.ts';
import { fileAnchor } from '@nandax/adapters/audit/file-anchor.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { prismaAuditTrail } from '@nandax/adapters/prisma/audit/audit-trail.ts';
import { parseKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { testKeyRing, testTools } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { silentLog } from '../setup/silent-log.ts';

/** A database with an audit trail, its anchor in a folder of its own, and a forger's hand. */
export interface AuditWorld {
  readonly database: TestDatabase;
  readonly folder: string;
  readonly trail: AuditTrail;
  readonly anchor: AuditAnchor;
  /** Appends that many rows to a chain, each in a transaction of its own. */
  append(chain: string, count: number, action?: AuditAction): Promise<void>;
  /** Carries the heads to the anchor, as the worker does. */
  anchorHeads(): Promise<void>;
  verify(): Promise<{ readonly findings: readonly TrailFinding[]; readonly extent: TrailExtent }>;
  /** SQL as someone who owns the server and turned the triggers off. */
  forge(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Computes the links and hashes of a chain anew, head included, as a forger who knows how. */
  rehash(chain: string): Promise<void>;
  close(): Promise<void>;
}

export async function createAuditWorld(): Promise<AuditWorld> {
  const database = await createTestDatabase();
  const { prisma } = database;
  const folder = mkdtempSync(join(tmpdir(), 'nandax-audit-'));
  const trail = prismaAuditTrail(prisma);
  const anchor = fileAnchor(() => parseKeyRing(testKeyRing), folder);
  const store = accountStore(prisma, testTools);
  const heads = new AnchoredHeads({
    auditTrail: trail,
    auditAnchor: anchor,
    clock: systemClock,
    log: silentLog,
  });
  const forger = new pg.Client({ connectionString: database.url });
  await forger.connect();
  await forger.query('SET session_replication_role = replica');

  const forge = async (sql: string, values: readonly unknown[] = []) => {
    await forger.query(sql, [...values]);
  };
  return {
    database,
    folder,
    trail,
    anchor,
    forge,

    async append(chain, count, action = 'SETTINGS_CHANGED') {
      for (let number = 1; number <= count; number += 1) {
        const entry = { chain, action, actor: systemActor, before: { number }, after: null };
        await store.transaction((rows) => rows.audit.append([entry], systemClock.now()));
      }
    },

    anchorHeads: () => heads.catchUp(),

    async verify() {
      const findings: TrailFinding[] = [];
      const ports = { auditTrail: trail, auditAnchor: anchor };
      const extent = await verifyTrail(ports, (finding) => findings.push(finding));
      return { findings, extent };
    },

    async rehash(chain) {
      let previousHash = genesisHash;
      let position = 0n;
      for await (const batch of trail.records(chain, 0n)) {
        for (const row of batch) {
          position = row.position;
          const hash = auditHash({ ...row, previousHash });
          await forge('UPDATE "AuditEvent" SET "previousHash" = $1, "hash" = $2 WHERE "id" = $3', [
            previousHash,
            hash,
            row.id,
          ]);
          previousHash = hash;
        }
      }
      await forge('UPDATE "AuditHead" SET "position" = $1, "hash" = $2 WHERE "chain" = $3', [
        position,
        previousHash,
        chain,
      ]);
    },

    async close() {
      await forger.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

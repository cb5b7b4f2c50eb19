import { auditHash, canonicalJson, genesisHash } from '@nandax/app/audit/chain.ts';
import type { Actor } from '@nandax/app/actor.ts';
import {
  installationChain,
  type AuditEntry,
  type AuditRecord,
  type AuditRows,
} from '@nandax/app/ports/audit.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type { Sealer } from '@nandax/app/ports/secrets.ts';
import type { IdSource } from '@nandax/app/ports/world.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';
import { personalPlace, sealPersonal, userKey } from './user-keys.ts';

/** What writing audit rows takes: the key ring, and ids for the rows. */
export interface AuditTools {
  readonly sealer: Sealer;
  readonly ids: Pick<IdSource, 'uuid'>;
}

/** The audit trail on Prisma. The head's row is the chain's lock. */
export function auditRows(client: TransactionClient, tools: AuditTools): AuditRows {
  return {
    async append(entries, at) {
      const chains = [...new Set(entries.map(({ chain }) => chain))].sort();
      for (const chain of chains) {
        const head = await lockHead(client, chain, at);
        let last: Pick<AuditRecord, 'position' | 'hash'> = head;
        for (const entry of entries.filter((each) => each.chain === chain)) {
          last = await appendOne(client, tools, entry, last, at);
        }
        await client.auditHead.update({
          where: { chain },
          data: { position: last.position, hash: last.hash, updatedAt: at },
        });
      }
    },
  };
}

async function lockHead(
  client: TransactionClient,
  chain: string,
  at: Date,
): Promise<Pick<AuditRecord, 'position' | 'hash'>> {
  const locked = () => client.$queryRaw<{ position: bigint; hash: string }[]>`
    SELECT "position", "hash" FROM "AuditHead" WHERE "chain" = ${chain}::uuid FOR UPDATE`;
  const [known] = await locked();
  if (known !== undefined) return known;
  await client.$executeRaw`
    INSERT INTO "AuditHead" ("chain", "position", "hash", "updatedAt")
    VALUES (${chain}::uuid, 0, ${genesisHash}, ${at}) ON CONFLICT ("chain") DO NOTHING`;
  const [made] = await locked();
  if (made === undefined) throw new Error(`audit chain ${chain} has no head`);
  return made;
}

async function appendOne(
  client: TransactionClient,
  tools: AuditTools,
  entry: AuditEntry,
  last: Pick<AuditRecord, 'position' | 'hash'>,
  at: Date,
): Promise<AuditRecord> {
  const { chain, action, actor } = entry;
  const id = tools.ids.uuid();
  const sealed = await sealedPersonal(client, tools, entry, id, at);
  const unhashed: Omit<AuditRecord, 'hash'> = {
    id,
    chain,
    position: last.position + 1n,
    occurredAt: at,
    action,
    actorKind: actor.kind,
    actorUserId: 'userId' in actor ? actor.userId : null,
    actorId: actorIdOf(actor),
    entity: entry.entity ?? null,
    entityId: entry.entityId ?? null,
    detail: canonicalJson({ before: entry.before ?? null, after: entry.after ?? null }),
    ...sealed,
    previousHash: last.hash,
  };
  const record: AuditRecord = { ...unhashed, hash: auditHash(unhashed) };
  await client.auditEvent.create({ data: record });
  return record;
}

/**
 * Address and device belong to whoever acted, other personal data to the account. Both are sealed
 * under one key: the account's, or for the installation's chain the actor's. So an administrator's
 * address on another's chain is left out.
 */
async function sealedPersonal(
  client: TransactionClient,
  { sealer }: AuditTools,
  { chain, actor, personal }: AuditEntry,
  id: string,
  at: Date,
): Promise<Pick<AuditRecord, 'personal' | 'personalOf'>> {
  const acting = 'userId' in actor ? actor.userId : null;
  const owner = chain === installationChain ? acting : chain;
  const origin =
    'ipAddress' in actor && (acting === null || acting === owner) ? originOf(actor) : {};
  const content: Json = { ...origin, ...personal };
  if (owner === null || Object.keys(content).length === 0)
    return { personal: null, personalOf: null };
  const key = await userKey(client, sealer, owner, at);
  if (key === null) return { personal: null, personalOf: null };
  return {
    personal: sealPersonal(key, canonicalJson(content), personalPlace(id)),
    personalOf: owner,
  };
}

function originOf(actor: Extract<Actor, { readonly ipAddress: string | null }>): {
  readonly [key: string]: Json;
} {
  return { ipAddress: actor.ipAddress, userAgent: actor.userAgent?.slice(0, 400) ?? null };
}

function actorIdOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'USER':
      return actor.sessionId;
    case 'API_KEY':
      return actor.apiKeyId;
    case 'AGENT':
      return actor.agentId;
    case 'STRANGER':
    case 'SYSTEM':
      return null;
  }
}

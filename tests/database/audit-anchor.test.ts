import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { AuditAnchor, AuditHead } from '@nandax/app/ports/audit.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { auditAnchoring } from '../../worker/plans.ts';
import { Rounds } from '../../worker/rounds.ts';
import { createAuditWorld, type AuditWorld } from '../kit/audit-world.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { Inbox } from '../setup/deferred.ts';
import { silentLog } from '../setup/silent-log.ts';

let world: AuditWorld;
let chain: string;

beforeEach(async () => {
  world = await createAuditWorld();
  chain = randomUUID();
});

afterEach(() => world.close());

/** The worker's part that anchors, with an inbox of what it wrote, and of what it complained about. */
async function startAnchoring() {
  const bus = createBus({ redisUrl: undefined, directUrl: world.database.url, log: silentLog });
  const written = new Inbox<AuditHead>();
  const complaints = new Inbox<string>();
  const log: Log = { ...silentLog, error: (_fields, message) => complaints.take(message) };
  const auditAnchor: AuditAnchor = {
    ...world.anchor,
    async write(heads, at) {
      await world.anchor.write(heads, at);
      heads.forEach(written.take);
    },
  };
  const ports = { auditTrail: world.trail, auditAnchor, clock: systemClock, log };
  const anchoring = new Rounds({ bus, log }, auditAnchoring(ports));
  await anchoring.start();
  return {
    bus,
    written,
    complaints,
    async close() {
      await anchoring.close();
      await bus.close();
    },
  };
}

test('heads are anchored as they move, and what moved while no worker ran at its start', async () => {
  await world.append(chain, 3);
  const first = await startAnchoring();
  await first.written.until(1);
  await world.append(chain, 2);
  await first.bus.publish('audit', {});
  const written = await first.written.until(2);
  expect(written.map(({ position }) => position)).toEqual([3n, 5n]);
  await first.close();

  await world.append(chain, 1);
  const second = await startAnchoring();
  expect(await second.written.until(1)).toMatchObject([{ chain, position: 6n }]);
  await second.close();
  expect((await world.anchor.read()).get(chain)?.position).toBe(6n);
  expect((await world.verify()).findings).toEqual([]);
});

test('what was appended before a worker stops is anchored before it ends', async () => {
  const anchoring = await startAnchoring();
  await world.append(chain, 4);
  await anchoring.close();
  expect((await world.anchor.read()).get(chain)?.position).toBe(4n);
});

test('a head whose transaction began long before others that are anchored is not missed', async () => {
  const anchoring = await startAnchoring();
  await world.append(randomUUID(), 1);
  await anchoring.bus.publish('audit', {});
  await anchoring.written.until(1);
  await world.append(chain, 1);
  await world.forge(
    `UPDATE "AuditHead" SET "updatedAt" = "updatedAt" - interval '1 minute' WHERE "chain" = $1`,
    [chain],
  );
  await anchoring.bus.publish('audit', {});
  expect((await anchoring.written.until(2)).at(-1)).toMatchObject({ chain, position: 1n });
  await anchoring.close();
});

test('a chain that went back is complained about at once, and its anchor stays', async () => {
  await world.append(chain, 5);
  const anchoring = await startAnchoring();
  await anchoring.written.until(1);
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "position" > 3`, [chain]);
  await world.rehash(chain);
  await anchoring.bus.publish('audit', {});
  await anchoring.complaints.until(1);
  expect((await world.anchor.read()).get(chain)?.position).toBe(5n);
  await anchoring.close();
});

test('npm run audit:verify says how much is in order, and ends with 1 when something is not', async () => {
  await world.append(chain, 5);
  await world.anchorHeads();
  expect(await runVerify()).toEqual({ code: 0, said: '5 rows in 1 chain; all in order\n' });
  await world.forge(`DELETE FROM "AuditEvent" WHERE "chain" = $1 AND "position" = 2`, [chain]);
  expect(await runVerify()).toEqual({
    code: 1,
    said: `chain of user ${chain}, position 2: the row is missing.\n4 rows in 1 chain; 1 finding\n`,
  });
});

async function runVerify(): Promise<{ readonly code: number; readonly said: string }> {
  const command = spawn(process.execPath, ['--import', 'tsx', 'cli/verify-audit.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: world.database.url,
      DIRECT_URL: '',
      REDIS_URL: inject('redisUrl') ?? '',
      NANDAX_HOME: world.folder,
      NANDAX_KEY_RING: testKeyRing,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  command.stdout.on('data', (words: Buffer) => (said += words.toString()));
  const [code] = (await once(command, 'close')) as [number];
  return { code, said };
}

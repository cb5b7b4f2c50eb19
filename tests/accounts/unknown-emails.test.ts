import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreAccount } from '@nandax/app/accounts/restore-account.ts';
import { requestPasswordReset } from '@nandax/app/registration/request-password-reset.ts';
import { requestRegistration } from '@nandax/app/registration/request-registration.ts';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { systemPause } from '@nandax/adapters/clock/system-clock.ts';
import { PrismaClient } from '@nandax/adapters/prisma/generated/client.ts';
import {
  fromHome,
  openAccountWorld,
  type AccountWorld,
  type AccountWorldPorts,
} from '../kit/account-world.ts';
import { createTestUser, testPassword } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let world: AccountWorld;
const statements: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const observed = new PrismaClient({
    adapter: new PrismaPg({ connectionString: database.url, max: 4 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  observed.$on('query', ({ query }) => statements.push(query));
  prisma = observed;
  world = openAccountWorld(database.url, prisma);
  for (const name of ['known-0', 'known-1']) await createTestUser(database.prisma, name);
});
afterAll(async () => {
  await world.close();
  await prisma.$disconnect();
  await database.drop();
});

/** What the database was asked while `work` ran. */
async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  statements.length = 0;
  await work();
  return [...statements];
}

test('asking for an account or a new password puts the same questions for any address', async () => {
  const register = (email: string) =>
    requestRegistration(world.ports, { email, password: testPassword, displayName: 'A' });
  const forget = (email: string) => requestPasswordReset(world.ports, { email });
  for (const ask of [register, forget]) {
    const known = await statementsOf(() => ask('known-0@example.com'));
    const unknown = await statementsOf(() => ask('unknown-0@example.com'));
    expect(known).not.toEqual([]);
    expect(known).toEqual(unknown);
    expect(known.join()).not.toContain('"User"');
  }
});

const refusals = [
  [
    'a login',
    (ports: AccountWorldPorts, email: string) =>
      logIn(ports, { email, password: 'wrong', tokens: false, https: false, ...fromHome }),
  ],
  [
    'a restoration',
    (ports: AccountWorldPorts, email: string) =>
      restoreAccount(ports, { email, password: 'wrong', ...fromHome }),
  ],
] as const;

test.each(refusals)(
  '%s that is refused takes at least 400 milliseconds for any address',
  async (_, refuse) => {
    const ports = { ...world.ports, pause: systemPause };
    for (const email of ['known-0@example.com', 'unknown-0@example.com']) {
      const began = performance.now();
      expect(await refuse(ports, email)).toMatchObject({
        ok: false,
        failure: { kind: 'INVALID_CREDENTIALS' },
      });
      // Timers count in whole milliseconds.
      expect(performance.now() - began).toBeGreaterThan(398);
    }
  },
);

test.each(refusals)('%s spends what is left of that time, and no more', async (_, refuse) => {
  const pauses: Record<string, number[]> = {};
  for (const email of ['known-1@example.com', 'unknown-1@example.com']) {
    // Every look at this clock finds it 10 milliseconds later: work that takes its time.
    let ahead = 0;
    const began = Date.now();
    const spent: number[] = [];
    await refuse(
      {
        ...world.ports,
        clock: { now: () => new Date(began + 10 * ahead++) },
        pause: (milliseconds) => Promise.resolve(void spent.push(milliseconds)),
      },
      email,
    );
    pauses[email] = spent;
  }
  expect(pauses['known-1@example.com']).toEqual(pauses['unknown-1@example.com']);
  const left = pauses['known-1@example.com']?.at(-1) ?? 0;
  expect(left).toBeGreaterThan(300);
  expect(left).toBeLessThan(400);
});

test('no account is checked against a password with the same work as one', async () => {
  const { passwords } = world.ports;
  const account = await world.ports.accounts.findByEmail('known-0@example.com');
  const fastest = { known: Infinity, unknown: Infinity };
  for (let round = 0; round < 7; round += 1) {
    for (const kind of ['known', 'unknown'] as const) {
      const began = performance.now();
      const hash = kind === 'known' ? (account?.passwordHash ?? null) : null;
      expect(await passwords.verify(hash, 'wrong')).toBe(false);
      fastest[kind] = Math.min(fastest[kind], performance.now() - began);
    }
  }
  // Without the work it would be a hundredth.
  expect(fastest.unknown).toBeGreaterThan(fastest.known / 5);
});

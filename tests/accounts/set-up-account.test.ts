import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { fromHome, openAccountWorld, type AccountWorld } from '../kit/account-world.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testKeyRing, testPassword } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let world: AccountWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = openAccountWorld(database.url, database.prisma);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

/** Runs the command as a person does. */
async function command(
  options: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly out: string; readonly problem: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/account.ts', ...options], {
    env: { ...process.env, DATABASE_URL: database.url, NANDAX_KEY_RING: testKeyRing },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const [out, problem, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { code, out, problem };
}

test('the first administrator is made on the command line, and logs in with the password given', async () => {
  const email = 'root@example.com';
  const options = ['--email', 'Root@Example.com', '--create', '--name', 'Root', '--role', 'ADMIN'];
  const weak = await command(options, 'password123\n');
  expect(weak.code).toBe(1);
  expect(weak.problem).toContain('password: ');

  const made = await command(options, `${testPassword}\n`);
  expect(made).toMatchObject({
    code: 0,
    out: 'root@example.com has the role ADMIN and the tier FREE.\n',
  });
  const origin = { tokens: false, https: false, ...fromHome };
  expectOk(await logIn(world.ports, { email, password: testPassword, ...origin }));
  expect(await command(options, `${testPassword}\n`)).toMatchObject({
    code: 1,
    problem: 'email: There is an account with this address already.\n',
  });
});

test('role and tier are changed, written down, and make old access tokens stale', async () => {
  const userId = await world.join('asha@example.com');
  const { sessionId } = await world.logInAs(userId);
  const options = ['--email', 'asha@example.com', '--role', 'PREMIUM', '--tier', 'PRO'];
  expect(await command(options)).toMatchObject({
    code: 0,
    out: 'asha@example.com has the role PREMIUM and the tier PRO.\n',
  });
  const trail = await database.prisma.auditEvent.findMany({
    where: { chain: userId, actorKind: 'SYSTEM' },
    orderBy: { position: 'asc' },
  });
  expect(trail.map(({ action, detail }) => [action, JSON.parse(detail) as unknown])).toEqual([
    ['ROLE_CHANGED', { before: { role: 'USER' }, after: { role: 'PREMIUM' } }],
    ['TIER_CHANGED', { before: { tier: 'FREE' }, after: { tier: 'PRO' } }],
  ]);
  const { version } = await database.prisma.session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(version).toBe(2);
});

test('a wrong word is refused in words', async () => {
  expect(await command(['--email', 'nobody@example.com', '--role', 'ADMIN'])).toMatchObject({
    code: 1,
    problem: '--email: nobody has an account as nobody@example.com; --create makes one.\n',
  });
  const { code, problem } = await command(['--email', 'asha@example.com', '--role', 'KING']);
  expect(code).toBe(1);
  expect(problem).toContain('Allowed choices are USER, PREMIUM, ADMIN');
});

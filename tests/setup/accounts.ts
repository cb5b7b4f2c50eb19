import { randomBytes } from 'node:crypto';
import { createAccount } from '@nandax/app/accounts/create-account.ts';
import { systemActor, type UserActor } from '@nandax/app/actor.ts';
import type { SubscriptionTier, UserRole } from '@nandax/app/ports/accounts.ts';
import { luciaSessions } from '@nandax/adapters/auth/lucia-sessions.ts';
import { passwordHasher } from '@nandax/adapters/auth/password-hasher.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import type { PrismaClient } from '@nandax/adapters/prisma/generated/client.ts';
import { parseKeyRing, printKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { createSealer } from '@nandax/adapters/secrets/sealer.ts';

/** A password that is strong enough for anyone in a test. */
export const testPassword = 'tulip-41-Brahmaputra-ferry';

/** The key ring of all tests, as the environment gives it. */
export const testKeyRing = printKeyRing([{ id: 'test', key: randomBytes(32) }]).trim();

/** What stores need to write the audit trail. */
export const testTools = {
  sealer: createSealer(() => parseKeyRing(testKeyRing)),
  ids: systemIds(),
};

/** A user who acts from a browser. */
export function testActor(userId: string): UserActor {
  return { kind: 'USER', userId, sessionId: userId, ipAddress: null, userAgent: null };
}

let hash: Promise<string> | null = null;

/** Someone whose address is confirmed, in the database. */
export async function createTestUser(
  prisma: PrismaClient,
  name: string,
  as: { readonly role?: UserRole; readonly tier?: SubscriptionTier } = {},
): Promise<{ readonly id: string; readonly email: string }> {
  const id = testTools.ids.uuid();
  const email = `${name}@example.com`;
  hash ??= passwordHasher().hash(testPassword);
  const user = {
    id,
    email,
    displayName: name,
    passwordHash: await hash,
    role: as.role ?? 'USER',
    tier: as.tier ?? 'PRO',
    createdAt: systemClock.now(),
  } as const;
  await accountStore(prisma, testTools).transaction((rows) =>
    createAccount(rows, testTools.ids, user, systemActor),
  );
  return { id, email };
}

/** Logs a user in as a browser does, without the form: the Cookie header. */
export async function testCookie(prisma: PrismaClient, userId: string): Promise<string> {
  const sessions = luciaSessions(prisma, { clock: systemClock, days: 30 });
  const cookie = await sessions.open(userId, {
    sessionId: testTools.ids.uuid(),
    ipAddress: '127.0.0.1',
    userAgent: 'test',
    https: false,
    secondFactor: false,
  });
  return cookie.split(';')[0] ?? '';
}

import type { UserActor } from '@nandax/app/actor.ts';
import { logIn } from '@nandax/app/sessions/log-in.ts';
import { beginTotpEnrolment } from '@nandax/app/second-factor/begin-totp-enrolment.ts';
import {
  completeLogin,
  type SecondFactorAnswer,
} from '@nandax/app/second-factor/complete-login.ts';
import { confirmTotp } from '@nandax/app/second-factor/confirm-totp.ts';
import type { SubscriptionTier } from '@nandax/app/ports/accounts.ts';
import type { Settings } from '@nandax/app/ports/settings.ts';
import { ringAccessTokens } from '@nandax/adapters/auth/access-tokens.ts';
import { luciaSessions } from '@nandax/adapters/auth/lucia-sessions.ts';
import { passwordHasher } from '@nandax/adapters/auth/password-hasher.ts';
import { qrCodes } from '@nandax/adapters/auth/qr-code.ts';
import { osloTotp } from '@nandax/adapters/auth/totp.ts';
import { webAuthn } from '@nandax/adapters/auth/webauthn.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { postgresFailedAttempts } from '@nandax/adapters/limits/postgres-limits.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { prismaLetterBox } from '@nandax/adapters/prisma/accounts/letter-box.ts';
import { parseKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { codeAt } from '../kit/authenticator-app.ts';
import { createTestUser, testKeyRing, testPassword, testTools } from '../setup/accounts.ts';
import { createTestDatabase } from '../setup/database.ts';
import { silentLog } from '../setup/silent-log.ts';

export const publicUrl = 'https://trade.example.com';

/** From where everyone in these tests comes. */
export const origin = { ipAddress: '203.0.113.7', userAgent: 'test', https: true } as const;

const settings: Settings = {
  publicUrl,
  accessTokenMinutes: 15,
  refreshTokenDays: 30,
  sessionDays: 30,
  deletionGraceDays: 30,
  secondFactorForLiveBrokers: true,
  localOutbox: true,
};

/** The use-cases of the door on a database of their own, and a clock that the test sets. */
export async function openDoorWorld() {
  const database = await createTestDatabase();
  const { prisma } = database;
  const time = { now: new Date('2026-11-25T06:00:10Z') };
  const clock = { now: () => time.now };
  const bus = createBus({ redisUrl: undefined, directUrl: database.url, log: silentLog });
  const ring = () => parseKeyRing(testKeyRing);
  const ports = {
    clock,
    ids: testTools.ids,
    bus,
    accounts: accountStore(prisma, testTools),
    passwords: passwordHasher(),
    webSessions: luciaSessions(prisma, { clock, days: settings.sessionDays }),
    accessTokens: ringAccessTokens(ring),
    failedAttempts: postgresFailedAttempts(prisma),
    sealer: testTools.sealer,
    totp: osloTotp(),
    qrCodes,
    passkeys: webAuthn(publicUrl),
    settings,
    pause: () => Promise.resolve(),
  };
  const letters = prismaLetterBox(prisma, testTools.sealer);

  /** Logs in with the password, as far as that goes. */
  const enter = (email: string) =>
    logIn(ports, { email, password: testPassword, tokens: false, ...origin });

  return {
    prisma,
    ports,
    enter,

    /** Seconds pass. */
    pass(seconds: number) {
      time.now = new Date(time.now.getTime() + seconds * 1000);
    },
    now: () => time.now,
    code: (secret: string, stepsLater = 0) =>
      codeAt(secret, new Date(time.now.getTime() + stepsLater * 30_000)),

    /** A user who is logged in, without a second factor. */
    async person(
      name: string,
      as: { readonly tier?: SubscriptionTier } = {},
    ): Promise<{ readonly email: string; readonly actor: UserActor }> {
      const { id: userId, email } = await createTestUser(prisma, name, as);
      const entered = await enter(email);
      if (!entered.ok) throw new Error(`${name} was not let in: ${entered.failure.kind}`);
      const { sessionId } = entered.value;
      const { ipAddress, userAgent } = origin;
      return { email, actor: { kind: 'USER', userId, sessionId, ipAddress, userAgent } };
    },

    /** Sets up an authenticator app with the code of the step under way. */
    async enrol(actor: UserActor) {
      const begun = await beginTotpEnrolment(ports, { actor, password: testPassword });
      if (!begun.ok) throw new Error(`no enrolment: ${begun.failure.kind}`);
      const { secret } = begun.value;
      const code = codeAt(secret, time.now);
      const confirmed = await confirmTotp(ports, { actor, code });
      if (!confirmed.ok) throw new Error(`not confirmed: ${confirmed.failure.kind}`);
      return { ...begun.value, recoveryCodes: confirmed.value.codes };
    },

    /** The secret of a login that waits for the second factor. */
    async challenge(email: string): Promise<string> {
      const entered = await enter(email);
      if (entered.ok || entered.failure.kind !== 'SECOND_FACTOR_REQUIRED') {
        throw new Error('no second factor was asked for');
      }
      return entered.failure.secret;
    },

    /** Answers it: the kind of what follows. */
    async answer(secret: string, answer: SecondFactorAnswer) {
      const result = await completeLogin(ports, { secret, answer, tokens: false, ...origin });
      return result.ok ? result.value : result.failure;
    },

    /** Actions in a user's audit trail, in order. */
    async trail(userId: string): Promise<readonly string[]> {
      const rows = await prisma.auditEvent.findMany({
        where: { chain: userId },
        orderBy: { position: 'asc' },
      });
      return rows.map(({ action }) => action);
    },

    /** Subjects and texts of the letters to an address, newest first. */
    async lettersTo(email: string) {
      return (await letters.list(200)).filter(({ to }) => to === email);
    },

    async close() {
      await bus.close();
      await database.drop();
    },
  };
}

export type DoorWorld = Awaited<ReturnType<typeof openDoorWorld>>;

import type { Origin, UserActor } from '@nandax/app/actor.ts';
import type { AgentPorts } from '@nandax/app/agents/control-agent.ts';
import type { PasswordJudge } from '@nandax/app/ports/accounts.ts';
import type { ExpiredRows } from '@nandax/app/ports/housekeeping.ts';
import type { LetterBox, LetterRecord } from '@nandax/app/ports/mail.ts';
import type { Settings } from '@nandax/app/ports/settings.ts';
import { requestRegistration } from '@nandax/app/registration/request-registration.ts';
import { confirmRegistration } from '@nandax/app/registration/confirm-registration.ts';
import { writeLettersForRequests } from '@nandax/app/registration/write-letters-for-requests.ts';
import type { LoginPorts } from '@nandax/app/sessions/log-in.ts';
import { mintToken, tokenHash } from '@nandax/app/token.ts';
import { ringAccessTokens } from '@nandax/adapters/auth/access-tokens.ts';
import { luciaSessions } from '@nandax/adapters/auth/lucia-sessions.ts';
import { passwordHasher } from '@nandax/adapters/auth/password-hasher.ts';
import { zxcvbnJudge } from '@nandax/adapters/auth/password-judge.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { settingsOf } from '@nandax/adapters/env/settings.ts';
import { createLimits } from '@nandax/adapters/limits/create-limits.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { prismaExpiredRows } from '@nandax/adapters/prisma/accounts/expired-rows.ts';
import { prismaLetterBox } from '@nandax/adapters/prisma/accounts/letter-box.ts';
import type { PrismaClient } from '@nandax/adapters/prisma/generated/client.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { parseKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { testKeyRing, testPassword, testTools } from '../setup/accounts.ts';
import { silentLog } from '../setup/silent-log.ts';
import { expectOk } from './trading-world.ts';

export type AccountWorldPorts = LoginPorts &
  AgentPorts & {
    readonly passwordJudge: PasswordJudge;
    readonly letterBox: LetterBox;
    readonly expiredRows: ExpiredRows;
  };

/** Where everyone in these stories calls from, unless they say otherwise. */
export const fromHome: Origin = { ipAddress: '203.0.113.7', userAgent: 'Firefox of the story' };

/**
 * Accounts on a real database, with a clock that can be put forward and the post in reach. No mail
 * server: letters stay in the outbox.
 */
export interface AccountWorld {
  readonly ports: AccountWorldPorts;
  /** Puts the clock forward. */
  pass(milliseconds: number): void;
  /** Writes the letters that were asked for; all that wait for this address, newest first. */
  lettersTo(email: string): Promise<readonly LetterRecord[]>;
  /** The token of the link in the newest letter to this address. */
  tokenTo(email: string): Promise<string>;
  /** Registers and confirms by the letter, as a person does. */
  join(email: string, displayName?: string): Promise<string>;
  /** A session of this user's browser. */
  logInAs(userId: string, origin?: Origin): Promise<UserActor & { readonly cookie: string }>;
  /** An API key of this user, in plain text. */
  apiKeyOf(userId: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the accounts of a database. `prisma`: the client they are read and written by. */
export function openAccountWorld(
  url: string,
  prisma: PrismaClient,
  changes: Partial<Settings> = {},
): AccountWorld {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const { ids, sealer } = testTools;
  const bus = createBus({ redisUrl: undefined, directUrl: url, log: silentLog });
  const settings = { ...settingsOf(parseEnvironment({}), 3000), ...changes };
  const ports: AccountWorldPorts = {
    accounts: accountStore(prisma, testTools),
    store: prismaStore(prisma, testTools),
    history: prismaHistory(prisma, clock),
    bus,
    clock,
    ids,
    settings,
    passwords: passwordHasher(),
    passwordJudge: zxcvbnJudge(),
    webSessions: luciaSessions(prisma, { clock, days: settings.sessionDays }),
    accessTokens: ringAccessTokens(() => parseKeyRing(testKeyRing)),
    failedAttempts: createLimits({ redisUrl: undefined, prisma, log: silentLog }).failedAttempts,
    pause: () => Promise.resolve(),
    letterBox: prismaLetterBox(prisma, sealer),
    expiredRows: prismaExpiredRows(prisma),
  };

  const lettersTo = async (email: string): Promise<readonly LetterRecord[]> => {
    await writeLettersForRequests(ports);
    return (await ports.letterBox.list(200)).filter(({ to }) => to === email);
  };
  const tokenTo = async (email: string): Promise<string> => {
    const letters = await lettersTo(email);
    const token = letters.map(tokenIn).find((each) => each !== null);
    if (token == null) throw new Error(`no letter to ${email} has a link`);
    return token;
  };

  return {
    ports,
    pass: (milliseconds) => (ahead += milliseconds),
    lettersTo,
    tokenTo,

    async join(email, displayName = 'Asha') {
      const asked = { email, displayName, password: testPassword };
      expectOk(await requestRegistration(ports, asked));
      const token = await tokenTo(email);
      return expectOk(await confirmRegistration(ports, { token, ...fromHome })).userId;
    },

    async logInAs(userId, origin = fromHome) {
      const sessionId = ids.uuid();
      const opened = { sessionId, https: false, secondFactor: false, ...origin };
      const cookie = await ports.webSessions.open(userId, opened);
      return { kind: 'USER', userId, sessionId, ...origin, cookie: cookie.split(';')[0] ?? '' };
    },

    async apiKeyOf(userId) {
      const key = mintToken(ids, 'apiKey');
      await ports.accounts.transaction((rows) =>
        rows.apiKeys.insert({
          id: ids.uuid(),
          userId,
          name: 'script',
          prefix: key.slice(0, 8),
          secretHash: tokenHash(key),
          scopes: ['READ'],
          allowedIps: [],
          expiresAt: null,
          createdAt: clock.now(),
        }),
      );
      return key;
    },

    close: () => bus.close(),
  };
}

/** The token of the link in a letter; null: it has none. */
export function tokenIn({ text }: { readonly text: string }): string | null {
  return /token=(\S+)/.exec(text)?.[1] ?? null;
}

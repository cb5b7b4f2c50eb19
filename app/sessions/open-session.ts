import type { Origin } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountRecord, AccountTransaction } from '../ports/accounts.ts';
import type { AccessTokens, Transport, WebSessions } from '../ports/sessions.ts';
import { loginLetter } from '../mail/letters.ts';
import { issueTokens, type TokenPair } from './issue-tokens.ts';

export type SessionPorts = AccountPorts & {
  readonly webSessions: WebSessions;
  readonly accessTokens: AccessTokens;
};

/** Where a login comes from, and what it wants: a browser's cookie or a program's tokens. */
export interface LoginOrigin extends Origin, Transport {
  readonly tokens: boolean;
}

/** Someone is logged in. */
export interface LoggedIn {
  readonly kind: 'LOGGED_IN';
  readonly userId: string;
  readonly sessionId: string;
  /** Set-Cookie value of a browser's session; null: a program's. */
  readonly cookie: string | null;
  /** Of a program's session; null: a browser's. */
  readonly tokens: TokenPair | null;
}

/**
 * Opens a session for someone who has just proved who they are, writes down the login, and tells the
 * user of it by letter where it comes from a device that is not logged in already. Null: the account
 * is closed, or `onlyIf` said no.
 */
export async function openSession(
  ports: SessionPorts,
  user: Pick<AccountRecord, 'id'>,
  origin: LoginOrigin,
  how: {
    readonly secondFactor: boolean;
    /** How they proved it, e.g. `PASSWORD`, `PASSWORD_AND_TOTP`, `PASSKEY`. */
    readonly method: string;
    /** Asked first, in the same transaction; what it wrote stays also where it answers false. */
    readonly onlyIf?: (rows: AccountTransaction, now: Date) => Promise<boolean>;
    /** What else happens in the same transaction. */
    readonly with?: (rows: AccountTransaction, now: Date) => Promise<void>;
  },
): Promise<LoggedIn | null> {
  const { accounts, ids, clock, settings } = ports;
  const sessionId = ids.uuid();
  const now = clock.now();
  const { ipAddress, userAgent } = origin;
  const opened = await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(user.id);
    if (account === null || account.suspendedAt !== null || account.deletedAt !== null) return null;
    if (how.onlyIf !== undefined && !(await how.onlyIf(rows, now))) return null;
    await how.with?.(rows, now);
    const isKnown = await rows.sessions.isKnownDevice(user.id, origin);
    await rows.accounts.changeUser(user.id, { lastLoginAt: now });
    let tokens: TokenPair | null = null;
    if (origin.tokens) {
      tokens = await issueTokens(ports, rows, {
        userId: user.id,
        sessionId,
        secondFactor: how.secondFactor,
        origin,
        now,
      });
    }
    if (account.loginLetters && !isKnown) {
      await rows.letters.insert(
        { userId: user.id, ...loginLetter(settings, account, origin, now) },
        now,
      );
    }
    await rows.audit.append(
      [
        {
          chain: user.id,
          action: 'LOGIN_SUCCEEDED',
          actor: { kind: 'USER', userId: user.id, sessionId, ipAddress, userAgent },
          after: { method: how.method, session: origin.tokens ? 'PROGRAM' : 'WEB' },
        },
      ],
      now,
    );
    return { tokens };
  });
  if (opened === null) return null;
  let cookie: string | null = null;
  if (!origin.tokens) {
    const { https } = origin;
    const { secondFactor } = how;
    const from = { sessionId, ipAddress, userAgent, https, secondFactor };
    cookie = await ports.webSessions.open(user.id, from);
  }
  await Promise.all([ports.bus.publish('letters', {}), ports.bus.publish('audit', {})]);
  return { kind: 'LOGGED_IN', userId: user.id, sessionId, cookie, tokens: opened.tokens };
}

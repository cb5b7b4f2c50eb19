import type { Origin } from '../actor.ts';
import type { AccountTransaction } from '../ports/accounts.ts';
import type { AccessTokens } from '../ports/sessions.ts';
import type { Settings } from '../ports/settings.ts';
import type { IdSource } from '../ports/world.ts';
import { mintToken, tokenHash } from '../token.ts';

/** What a program holds of its session. */
export interface TokenPair {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

export interface TokenPorts {
  readonly accessTokens: AccessTokens;
  readonly ids: IdSource;
  readonly settings: Settings;
}

/** Opens a program's session and issues its first tokens, within a transaction. */
export async function issueTokens(
  ports: TokenPorts,
  rows: Pick<AccountTransaction, 'sessions'>,
  session: {
    readonly userId: string;
    readonly sessionId: string;
    readonly secondFactor: boolean;
    readonly origin: Origin;
    readonly now: Date;
  },
): Promise<TokenPair> {
  const { userId, sessionId, secondFactor, origin, now } = session;
  await rows.sessions.insert({
    id: sessionId,
    kind: 'PROGRAM',
    userId,
    secretHash: null,
    secondFactor,
    createdAt: now,
    expiresAt: refreshTokenEnd(ports, now),
    ipAddress: origin.ipAddress,
    userAgent: origin.userAgent,
  });
  return nextTokens(ports, rows, { userId, sessionId, sessionVersion: 1 }, now);
}

/** The next link of a session's chain of tokens, within a transaction. */
export async function nextTokens(
  ports: TokenPorts,
  rows: Pick<AccountTransaction, 'sessions'>,
  session: {
    readonly userId: string;
    readonly sessionId: string;
    readonly sessionVersion: number;
  },
  now: Date,
): Promise<TokenPair> {
  const { accessTokens, ids, settings } = ports;
  const refreshToken = mintToken(ids, 'refreshToken');
  const refreshTokenExpiresAt = refreshTokenEnd(ports, now);
  await rows.sessions.insertRefreshToken({
    id: tokenHash(refreshToken),
    sessionId: session.sessionId,
    createdAt: now,
    expiresAt: refreshTokenExpiresAt,
  });
  const lifeMs = settings.accessTokenMinutes * 60_000;
  // Tokens count in seconds; what is said of one must be what stands in it.
  const accessTokenExpiresAt = new Date(Math.floor((now.getTime() + lifeMs) / 1000) * 1000);
  const accessToken = await accessTokens.sign({ ...session, expiresAt: accessTokenExpiresAt }, now);
  return { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt };
}

function refreshTokenEnd({ settings }: TokenPorts, now: Date): Date {
  return new Date(now.getTime() + settings.refreshTokenDays * 86_400_000);
}

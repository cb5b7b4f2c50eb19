import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Origin } from '../actor.ts';
import { refreshTokenReusedLetter } from '../mail/letters.ts';
import { notify } from '../notifications/notify.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountTransaction } from '../ports/accounts.ts';
import type { RefreshTokenRecord, AccessTokens } from '../ports/sessions.ts';
import { tokenHash } from '../token.ts';
import { nextTokens, type TokenPair } from './issue-tokens.ts';

/** The refresh token is unknown, was used before, or has expired; log in again. */
export interface InvalidRefreshToken {
  readonly kind: 'INVALID_REFRESH_TOKEN';
}

export interface RefreshedTokens extends TokenPair {
  readonly userId: string;
  readonly sessionId: string;
}

type RefreshPorts = AccountPorts & { readonly accessTokens: AccessTokens };
type Outcome =
  | { readonly kind: 'REFRESHED'; readonly tokens: RefreshedTokens }
  | { readonly kind: 'REUSED'; readonly userId: string }
  | { readonly kind: 'INVALID' };

/**
 * Gives a program its next pair of tokens for a refresh token, which is used up by it. A token that
 * comes a second time was copied: its whole session ends, and the user is told.
 */
export async function refreshTokens(
  ports: RefreshPorts,
  { refreshToken, origin }: { readonly refreshToken: string; readonly origin: Origin },
): Promise<Result<RefreshedTokens, InvalidRefreshToken>> {
  const now = ports.clock.now();
  const outcome = await ports.accounts.transaction(async (rows): Promise<Outcome> => {
    const token = await rows.sessions.lockRefreshToken(tokenHash(refreshToken));
    if (token === null) return { kind: 'INVALID' };
    if (token.usedAt !== null) {
      await endStolenSession(ports, rows, token, origin, now);
      return { kind: 'REUSED', userId: token.userId };
    }
    if (token.expiresAt <= now) return { kind: 'INVALID' };
    const { userId, sessionId, sessionVersion } = token;
    await rows.sessions.markRefreshTokenUsed(token.id, now);
    const tokens = await nextTokens(ports, rows, { userId, sessionId, sessionVersion }, now);
    await rows.sessions.prolong(sessionId, now, tokens.refreshTokenExpiresAt);
    return { kind: 'REFRESHED', tokens: { ...tokens, userId, sessionId } };
  });
  if (outcome.kind === 'REFRESHED') return succeed(outcome.tokens);
  if (outcome.kind === 'REUSED') {
    const { bus } = ports;
    await Promise.all([
      bus.publish('credentials', { userId: outcome.userId }),
      bus.publish('letters', {}),
      bus.publish('audit', {}),
      bus.publish('outbox', {}),
    ]);
  }
  return fail({ kind: 'INVALID_REFRESH_TOKEN' });
}

async function endStolenSession(
  { ids, settings }: RefreshPorts,
  rows: AccountTransaction,
  { userId, sessionId }: RefreshTokenRecord,
  origin: Origin,
  now: Date,
): Promise<void> {
  await rows.sessions.end(sessionId, userId);
  const account = await rows.accounts.lockUser(userId);
  if (account === null) return;
  const told = await notify(rows, ids, {
    userId,
    level: 'WARNING',
    title: 'A session was ended',
    body: 'A refresh token was used twice, so someone may have copied it. The session it belonged to was ended; log that program in again.',
    at: now,
  });
  await rows.letters.insert(
    { userId, ...refreshTokenReusedLetter(settings, account, origin, now) },
    now,
  );
  await rows.audit.append(
    [
      {
        chain: userId,
        action: 'REFRESH_TOKEN_REUSED',
        actor: { kind: 'STRANGER', ...origin },
        entity: 'Session',
        entityId: sessionId,
      },
    ],
    now,
  );
  await rows.events.append(userId, [told], now);
}

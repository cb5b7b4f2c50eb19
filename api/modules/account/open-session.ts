import type { Result } from '@nandax/core/result.ts';
import type { LoggedIn, LoginOrigin } from '@nandax/app/sessions/open-session.ts';
import type { Context } from '../../context.ts';
import { contractFailure, type DomainFailure } from '../failure/contract-failure.ts';

/** From where a login comes, and whether it wants tokens or a cookie. */
export function loginOrigin({ http }: Context, tokens: boolean): LoginOrigin {
  const { ipAddress, userAgent, https } = http;
  return { ipAddress, userAgent, https, tokens };
}

/**
 * Answers a login: a browser gets its cookie, a program its tokens, and both are the viewer of the
 * rest of the answer. A session the browser held before is closed: its secret may have been seen by
 * whoever used it before.
 */
export async function answerLogin(
  context: Context,
  result: Result<LoggedIn, DomainFailure>,
): Promise<object> {
  if (!result.ok) return contractFailure(result.failure);
  const loggedIn = result.value;
  const { ports, http, loaders } = context;
  const { userId, sessionId, cookie, tokens } = loggedIn;
  if (cookie !== null) {
    if (http.sessionSecret !== null) await ports.webSessions.close(http.sessionSecret);
    http.setCookie(cookie);
  }
  const user = await loaders.user.load(userId);
  if (user === null) throw new Error(`user ${userId} vanished while logging in`);
  context.viewer = user;
  const { ipAddress, userAgent } = http;
  context.actor = { kind: 'USER', userId, sessionId, ipAddress, userAgent };
  return { __typename: 'LoggedIn', user, tokens };
}

import type { UserView } from '@nandax/app/views.ts';
import type { Context } from '../../context.ts';

/**
 * Opens a session for a user who has just proved who they are, sets its cookie, and makes them the
 * viewer of the rest of the answer. A session the caller held before is closed: its secret may have
 * been seen by whoever used the browser before.
 */
export async function openSession(context: Context, userId: string): Promise<UserView> {
  const { ports, http, loaders } = context;
  if (http.sessionSecret !== null) await ports.sessions.close(http.sessionSecret);
  const session = await ports.sessions.open(userId, {
    userAgent: http.userAgent,
    ipAddress: http.ipAddress,
    https: http.https,
  });
  http.setCookie(session.cookie);
  const user = await loaders.user.load(userId);
  if (user === null) throw new Error(`user ${userId} vanished while logging in`);
  context.viewer = user;
  return user;
}

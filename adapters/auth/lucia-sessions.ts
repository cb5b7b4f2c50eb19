import { Lucia, TimeSpan } from 'lucia';
import type { Transport, WebSessions } from '@nandax/app/ports/sessions.ts';
import type { Clock } from '@nandax/app/ports/world.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import { luciaAdapter, type SessionAttributes } from './lucia-adapter.ts';
import { tokenHash } from '@nandax/app/token.ts';

declare module 'lucia' {
  interface Register {
    DatabaseSessionAttributes: SessionAttributes;
    Lucia: Lucia<SessionAttributes>;
  }
}

const cookieName = 'nandax_session';
/** How exactly it is known when a session was last seen, milliseconds. */
const seenEveryMs = 60_000;

export interface LuciaOptions {
  readonly clock: Clock;
  /** How long a session lives when it is not used, days. */
  readonly days: number;
}

/**
 * Sessions of browsers by Lucia. The cookie is HttpOnly and SameSite=Lax, and Secure over HTTPS.
 */
export function luciaSessions(prisma: PrismaClient, { clock, days }: LuciaOptions): WebSessions {
  const adapter = luciaAdapter(prisma, clock);
  const luciaOver = (https: boolean) =>
    new Lucia<SessionAttributes>(adapter, {
      sessionExpiresIn: new TimeSpan(days, 'd'),
      sessionCookie: { name: cookieName, attributes: { sameSite: 'lax', secure: https } },
      getSessionAttributes: (attributes) => attributes,
    });
  const plain = luciaOver(false);
  const secure = luciaOver(true);
  const over = (transport: Transport) => (transport.https ? secure : plain);

  return {
    async open(userId, { sessionId, userAgent, ipAddress, secondFactor, https }) {
      const lucia = over({ https });
      // Whoever logs in sweeps out what has expired.
      await lucia.deleteExpiredSessions();
      const session = await lucia.createSession(userId, {
        sessionId,
        version: 1,
        secondFactor,
        userAgent,
        ipAddress,
        lastSeenAt: clock.now(),
      });
      return lucia.createSessionCookie(session.id).serialize();
    },

    async find(secret, transport) {
      const lucia = over(transport);
      const { session } = await lucia.validateSession(secret);
      if (session === null) return null;
      const { userId, expiresAt, sessionId, version, secondFactor, lastSeenAt } = session;
      const now = clock.now();
      if (now.getTime() - lastSeenAt.getTime() >= seenEveryMs) {
        await prisma.session.updateMany({
          where: { secretHash: tokenHash(secret) },
          data: { lastSeenAt: now },
        });
      }
      const cookie = session.fresh ? lucia.createSessionCookie(secret).serialize() : null;
      return { userId, expiresAt, sessionId, version, secondFactor, cookie };
    },

    close: (secret) => plain.invalidateSession(secret),
    secretIn: (cookieHeader) => plain.readSessionCookie(cookieHeader),
    blankCookie: (transport) => over(transport).createBlankSessionCookie().serialize(),
  };
}

import { Lucia, TimeSpan } from 'lucia';
import type { Sessions, Transport } from '@nandax/app/ports/accounts.ts';
import type { Clock } from '@nandax/app/ports/world.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import { luciaAdapter, type SessionAttributes } from './lucia-adapter.ts';

declare module 'lucia' {
  interface Register {
    DatabaseSessionAttributes: SessionAttributes;
  }
}

const cookieName = 'nandax_session';

/**
 * Web sessions of 30 days by Lucia. The cookie is HttpOnly and SameSite=Lax, and Secure over HTTPS.
 */
export function luciaSessions(prisma: PrismaClient, clock: Clock): Sessions {
  const adapter = luciaAdapter(prisma, clock);
  const luciaOver = (https: boolean) =>
    new Lucia(adapter, {
      sessionExpiresIn: new TimeSpan(30, 'd'),
      sessionCookie: { name: cookieName, attributes: { sameSite: 'lax', secure: https } },
    });
  const plain = luciaOver(false);
  const secure = luciaOver(true);
  const over = (transport: Transport) => (transport.https ? secure : plain);

  return {
    async open(userId, { userAgent, ipAddress, ...transport }) {
      const lucia = over(transport);
      // Whoever logs in sweeps out what has expired.
      await lucia.deleteExpiredSessions();
      const session = await lucia.createSession(userId, { userAgent, ipAddress });
      return { cookie: lucia.createSessionCookie(session.id).serialize() };
    },

    async find(secret, transport) {
      const lucia = over(transport);
      const { session } = await lucia.validateSession(secret);
      if (session === null) return null;
      const cookie = session.fresh ? lucia.createSessionCookie(secret).serialize() : null;
      return { userId: session.userId, cookie };
    },

    close: (secret) => plain.invalidateSession(secret),
    secretIn: (cookieHeader) => plain.readSessionCookie(cookieHeader),
    blankCookie: (transport) => over(transport).createBlankSessionCookie().serialize(),
  };
}

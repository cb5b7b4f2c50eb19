import { Lucia, TimeSpan } from 'lucia';
import type { Sessions } from '@nandax/app/ports/accounts.ts';
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
 * Web sessions of 30 days by Lucia. The cookie is HttpOnly and SameSite=Lax; it is Secure where
 * browsers reach this installation over HTTPS.
 */
export function luciaSessions(
  prisma: PrismaClient,
  { clock, https }: { readonly clock: Clock; readonly https: boolean },
): Sessions {
  const lucia = new Lucia(luciaAdapter(prisma, clock), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: { name: cookieName, attributes: { sameSite: 'lax', secure: https } },
  });
  const cookieOf = (secret: string) => lucia.createSessionCookie(secret).serialize();
  return {
    async open(userId, from) {
      const session = await lucia.createSession(userId, from);
      return { cookie: cookieOf(session.id) };
    },

    async find(secret) {
      const { session } = await lucia.validateSession(secret);
      if (session === null) return null;
      return { userId: session.userId, cookie: session.fresh ? cookieOf(secret) : null };
    },

    close: (secret) => lucia.invalidateSession(secret),
    secretIn: (cookieHeader) => lucia.readSessionCookie(cookieHeader),
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
}

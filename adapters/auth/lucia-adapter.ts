import type { Adapter, DatabaseSession } from 'lucia';
import type { Clock } from '@nandax/app/ports/world.ts';
import type { PrismaClient, Session } from '../prisma/generated/client.ts';
import { tokenHash } from '@nandax/app/token.ts';

/** What our sessions hold beyond Lucia's: where they were opened from, and how. */
export interface SessionAttributes {
  /** Our own identifier, which may be shown; the one Lucia knows is the secret. */
  readonly sessionId: string;
  readonly version: number;
  readonly secondFactor: boolean;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly lastSeenAt: Date;
}

/**
 * Lucia's seven methods on Prisma. To Lucia a session's id is the secret in the cookie; the database
 * keeps only its SHA-256, so that whoever reads the table can open no session. The secret has 25
 * random bytes, which is why a fast hash without salt is enough. Suspended and deleted users have no
 * sessions.
 */
export function luciaAdapter(prisma: PrismaClient, clock: Clock): Adapter {
  return {
    async getSessionAndUser(secret) {
      const row = await prisma.session.findUnique({
        where: { secretHash: tokenHash(secret) },
        include: { user: { select: { id: true, deletedAt: true, suspendedAt: true } } },
      });
      if (row === null) return [null, null];
      const { id, deletedAt, suspendedAt } = row.user;
      const good = deletedAt === null && suspendedAt === null;
      return [sessionOf(secret, row), good ? { id, attributes: {} } : null];
    },

    async getUserSessions(userId) {
      const rows = await prisma.session.findMany({ where: { userId, kind: 'WEB' } });
      return rows.map((row) => sessionOf(row.secretHash ?? '', row));
    },

    async setSession({ id: secret, userId, expiresAt, attributes }) {
      const { userAgent, ipAddress, secondFactor } = attributes;
      const now = clock.now();
      await prisma.session.create({
        data: {
          id: attributes.sessionId,
          kind: 'WEB',
          userId,
          secretHash: tokenHash(secret),
          secondFactor,
          expiresAt,
          createdAt: now,
          lastSeenAt: now,
          userAgent: userAgent?.slice(0, 400) ?? null,
          ipAddress,
        },
      });
    },

    async updateSessionExpiration(secret, expiresAt) {
      await prisma.session.updateMany({
        where: { secretHash: tokenHash(secret) },
        data: { expiresAt },
      });
    },

    async deleteSession(secret) {
      await prisma.session.deleteMany({ where: { secretHash: tokenHash(secret) } });
    },

    async deleteUserSessions(userId) {
      await prisma.session.deleteMany({ where: { userId } });
    },

    async deleteExpiredSessions() {
      await prisma.session.deleteMany({ where: { expiresAt: { lte: clock.now() } } });
    },
  };
}

function sessionOf(id: string, row: Session): DatabaseSession {
  const { userId, expiresAt, version, secondFactor, userAgent, ipAddress, lastSeenAt } = row;
  return {
    id,
    userId,
    expiresAt,
    attributes: { sessionId: row.id, version, secondFactor, userAgent, ipAddress, lastSeenAt },
  };
}

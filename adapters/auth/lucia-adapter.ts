import { createHash } from 'node:crypto';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Clock } from '@nandax/app/ports/world.ts';
import type { PrismaClient, Session } from '../prisma/generated/client.ts';

/** Where a session was opened from, kept for its user to see. */
export interface SessionAttributes {
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
}

/**
 * Lucia's seven methods on Prisma. To Lucia a session's id is the secret in the cookie; the database
 * keeps only its SHA-256, so that whoever reads the table can open no session. The secret has 25
 * random bytes, which is why a fast hash without salt is enough.
 */
export function luciaAdapter(prisma: PrismaClient, clock: Clock): Adapter {
  return {
    async getSessionAndUser(secret) {
      const row = await prisma.session.findUnique({
        where: { id: hashOf(secret) },
        include: { user: { select: { id: true, deletedAt: true } } },
      });
      if (row === null) return [null, null];
      const user = row.user.deletedAt === null ? { id: row.user.id, attributes: {} } : null;
      return [sessionOf(secret, row), user];
    },

    async getUserSessions(userId) {
      const rows = await prisma.session.findMany({ where: { userId } });
      return rows.map((row) => sessionOf(row.id, row));
    },

    async setSession({ id, userId, expiresAt, attributes }) {
      const { userAgent, ipAddress } = attributes;
      await prisma.session.create({
        data: {
          id: hashOf(id),
          userId,
          expiresAt,
          createdAt: clock.now(),
          userAgent: userAgent?.slice(0, 400) ?? null,
          ipAddress,
        },
      });
    },

    async updateSessionExpiration(secret, expiresAt) {
      await prisma.session.updateMany({ where: { id: hashOf(secret) }, data: { expiresAt } });
    },

    async deleteSession(secret) {
      await prisma.session.deleteMany({ where: { id: hashOf(secret) } });
    },

    async deleteUserSessions(userId) {
      await prisma.session.deleteMany({ where: { userId } });
    },

    async deleteExpiredSessions() {
      await prisma.session.deleteMany({ where: { expiresAt: { lte: clock.now() } } });
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function sessionOf(id: string, row: Session): DatabaseSession {
  const { userId, expiresAt, userAgent, ipAddress } = row;
  return { id, userId, expiresAt, attributes: { userAgent, ipAddress } };
}

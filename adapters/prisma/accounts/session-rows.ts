import type { RefreshTokenRecord, SessionRows } from '@nandax/app/ports/sessions.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Sessions and refresh tokens on Prisma. */
export function sessionRows(client: TransactionClient): SessionRows {
  return {
    async insert({ userAgent, ...session }) {
      await client.session.create({
        data: {
          ...session,
          userAgent: userAgent?.slice(0, 400) ?? null,
          lastSeenAt: session.createdAt,
        },
      });
    },

    async endAll(userId, except) {
      await client.challenge.deleteMany({ where: { userId, kind: 'SECOND_FACTOR' } });
      const ended = await client.$queryRaw<{ id: string }[]>`
        DELETE FROM "Session"
        WHERE "userId" = ${userId}::uuid AND "id" IS DISTINCT FROM ${except}::uuid
        RETURNING "id"`;
      return ended.map(({ id }) => id);
    },

    async end(id, userId) {
      return (await client.session.deleteMany({ where: { id, userId } })).count > 0;
    },

    async insertRefreshToken(token) {
      await client.refreshToken.create({ data: token });
    },

    async lockRefreshToken(id) {
      const [token] = await client.$queryRaw<RefreshTokenRecord[]>`
        SELECT token."id", token."sessionId", session."userId", token."expiresAt", token."usedAt",
          session."version" AS "sessionVersion", session."secondFactor"
        FROM "RefreshToken" token JOIN "Session" session ON session."id" = token."sessionId"
        WHERE token."id" = ${id}
        FOR UPDATE OF session, token`;
      return token ?? null;
    },

    async markRefreshTokenUsed(id, at) {
      await client.refreshToken.update({ where: { id }, data: { usedAt: at } });
    },

    async prolong(id, lastSeenAt, expiresAt) {
      await client.session.update({ where: { id }, data: { lastSeenAt, expiresAt } });
    },

    async isKnownDevice(userId, { ipAddress, userAgent }) {
      const device = { ipAddress, userAgent: userAgent?.slice(0, 400) ?? null };
      return (await client.session.count({ where: { userId, ...device } })) > 0;
    },

    async hasSecondFactor(id) {
      return (await client.session.count({ where: { id, secondFactor: true } })) > 0;
    },

    async markSecondFactor(id) {
      await client.session.updateMany({ where: { id }, data: { secondFactor: true } });
    },

    async renewVersions(userId) {
      await client.session.updateMany({
        where: { userId },
        data: { version: { increment: 1 } },
      });
    },
  };
}

import type {
  ApiKeyStanding,
  CredentialReads,
  SessionStanding,
} from '@nandax/app/ports/sessions.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';

/** Users whose credentials count. */
const good = Prisma.sql`"User"."suspendedAt" IS NULL AND "User"."deletedAt" IS NULL`;

/** What is asked of the database before a request is believed. */
export function credentialReads(prisma: PrismaClient): CredentialReads {
  const apiKeys = (condition: Prisma.Sql) => prisma.$queryRaw<ApiKeyStanding[]>`
    SELECT key."id" AS "apiKeyId", key."userId", key."scopes"::text[], key."allowedIps", key."expiresAt"
    FROM "ApiKey" key JOIN "User" ON "User"."id" = key."userId"
    WHERE key."revokedAt" IS NULL AND ${good} AND ${condition}`;
  return {
    async sessions(ids) {
      const rows = await prisma.$queryRaw<SessionStanding[]>`
        SELECT session."id" AS "sessionId", session."userId", session."version",
          session."secondFactor", session."expiresAt"
        FROM "Session" session JOIN "User" ON "User"."id" = session."userId"
        WHERE session."id" = ANY(${[...ids]}::uuid[]) AND ${good}`;
      return new Map(rows.map((row) => [row.sessionId, row]));
    },

    async apiKeyByHash(secretHash) {
      const [row] = await apiKeys(Prisma.sql`key."secretHash" = ${secretHash}`);
      return row ?? null;
    },

    async apiKeys(ids) {
      const rows = await apiKeys(Prisma.sql`key."id" = ANY(${[...ids]}::uuid[])`);
      return new Map(rows.map((row) => [row.apiKeyId, row]));
    },

    async noteUse(id, at, lastIpAddress) {
      const aMinuteAgo = new Date(at.getTime() - 60_000);
      await prisma.apiKey.updateMany({
        where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: aMinuteAgo } }] },
        data: { lastUsedAt: at, lastIpAddress },
      });
    },
  };
}

import type { FailedAttempts, RateLimits } from '@nandax/app/ports/limits.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';

/** Rate limits in an unlogged table: one statement for each request. */
export function postgresRateLimits(prisma: PrismaClient): RateLimits {
  return {
    async take(key, { limit, windowSeconds }, now) {
      const seconds = now.getTime() / 1000;
      const window = BigInt(Math.floor(seconds / windowSeconds));
      const elapsed = seconds % windowSeconds;
      const share = 1 - elapsed / windowSeconds;
      const expiresAt = new Date(now.getTime() + 2 * windowSeconds * 1000);
      const [taken] = await prisma.$queryRaw<{ before: number; count: number | null }[]>`
        WITH earlier AS (
          SELECT COALESCE(sum("count"), 0)::int AS "before" FROM "RateWindow"
          WHERE "key" = ${key} AND "window" = ${window} - 1
        ), taken AS (
          INSERT INTO "RateWindow" ("key", "window", "count", "expiresAt")
          SELECT ${key}, ${window}, 1, ${expiresAt} FROM earlier
          WHERE floor("before" * ${share}::float8) < ${limit}
          ON CONFLICT ("key", "window") DO UPDATE SET "count" = "RateWindow"."count" + 1
          WHERE "RateWindow"."count" + floor((SELECT "before" FROM earlier) * ${share}::float8) < ${limit}
          RETURNING "count"
        )
        SELECT "before", (SELECT "count" FROM taken) AS "count" FROM earlier`;
      const carried = Math.floor((taken?.before ?? 0) * share);
      const count = taken?.count ?? null;
      return count === null
        ? { allowed: false, remaining: 0, retryAfterSeconds: Math.ceil(windowSeconds - elapsed) }
        : { allowed: true, remaining: limit - carried - count, retryAfterSeconds: 0 };
    },
  };
}

/** Failures in a row in an unlogged table. */
export function postgresFailedAttempts(prisma: PrismaClient): FailedAttempts {
  return {
    async read(key, now) {
      const row = await prisma.failedAttempts.findFirst({ where: { key, expiresAt: { gt: now } } });
      return { count: row?.count ?? 0, lastAt: row?.lastAt ?? null };
    },

    async add(key, now, forgetAfterSeconds) {
      const expiresAt = new Date(now.getTime() + forgetAfterSeconds * 1000);
      const [row] = await prisma.$queryRaw<{ count: number }[]>`
        INSERT INTO "FailedAttempts" ("key", "count", "lastAt", "expiresAt")
        VALUES (${key}, 1, ${now}, ${expiresAt})
        ON CONFLICT ("key") DO UPDATE SET
          "count" = CASE WHEN "FailedAttempts"."expiresAt" > ${now}
            THEN "FailedAttempts"."count" + 1 ELSE 1 END,
          "lastAt" = EXCLUDED."lastAt", "expiresAt" = EXCLUDED."expiresAt"
        RETURNING "count"`;
      return row?.count ?? 1;
    },

    async clear(key) {
      await prisma.failedAttempts.deleteMany({ where: { key } });
    },
  };
}

import type { FailedAttempts, RateLimits } from '@nandax/app/ports/limits.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import { placeOf, verdictOf } from './sliding-window.ts';

/** Rate limits in an unlogged table: one statement for each request. */
export function postgresRateLimits(prisma: PrismaClient): RateLimits {
  return {
    async take(key, limit, now) {
      const place = placeOf(limit, now);
      const window = BigInt(place.window);
      const expiresAt = new Date(now.getTime() + 2 * limit.windowSeconds * 1000);
      // The row's lock makes takers of one window queue up, and each sees what the last one left.
      // A full window is not written: the conflict then answers no row.
      const [found] = await prisma.$queryRaw<
        { before: number; seen: number; count: number | null }[]
      >`
        WITH earlier AS (
          SELECT
            COALESCE(sum("count") FILTER (WHERE "window" = ${window} - 1), 0)::int AS "before",
            COALESCE(sum("count") FILTER (WHERE "window" = ${window}), 0)::int AS "seen"
          FROM "RateWindow" WHERE "key" = ${key} AND "window" IN (${window} - 1, ${window})
        ), taken AS (
          INSERT INTO "RateWindow" ("key", "window", "count", "expiresAt")
          SELECT ${key}, ${window}, 1, ${expiresAt} FROM earlier
          WHERE floor("before" * ${place.share}::float8) < ${limit.limit}::int
          ON CONFLICT ("key", "window") DO UPDATE SET "count" = "RateWindow"."count" + 1
          WHERE "RateWindow"."count" + floor((SELECT "before" FROM earlier) * ${place.share}::float8)
            < ${limit.limit}::int
          RETURNING "count"
        )
        SELECT "before", "seen", (SELECT "count" FROM taken) AS "count" FROM earlier`;
      const { before = 0, seen = 0, count = null } = found ?? {};
      if (count !== null) return verdictOf(limit, place, { taken: true, before, count });
      // Others may have filled the window after the statement began to look.
      const full = Math.max(seen, limit.limit - Math.floor(before * place.share));
      return verdictOf(limit, place, { taken: false, before, count: full });
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

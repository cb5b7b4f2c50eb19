import type { ScopeKey } from '@nandax/app/ports/risk.ts';
import { Prisma } from '../generated/client.ts';
import { belongs } from './risk-sums.ts';
import type { TransactionClient } from './transaction-client.ts';

type Writing = Pick<TransactionClient, '$executeRaw'>;

/** The running second, minute and exchange day of the database's clock, as counters keep them. */
export const windows = Prisma.sql`(VALUES
  ('SECOND'::"RiskCounterSpan", date_trunc('second', statement_timestamp())),
  ('MINUTE'::"RiskCounterSpan", date_trunc('minute', statement_timestamp())),
  ('DAY'::"RiskCounterSpan", date_trunc('day', statement_timestamp(), 'Asia/Kolkata'))
) AS w("span", "windowStart")`;

/** Counts one order in each running window. */
export async function countOrder(client: Writing, { scope, scopeId }: ScopeKey): Promise<void> {
  await client.$executeRaw`
    INSERT INTO "RiskCounter" ("scope", "scopeId", "span", "windowStart", "count")
    SELECT ${scope}::"RiskScope", ${scopeId}, w."span", w."windowStart", 1 FROM ${windows}
    ON CONFLICT ("scope", "scopeId", "span") DO UPDATE SET
      "count" = CASE WHEN "RiskCounter"."windowStart" = EXCLUDED."windowStart"
        THEN "RiskCounter"."count" + 1 ELSE 1 END,
      "windowStart" = EXCLUDED."windowStart"`;
}

/**
 * Counts the running windows anew from the orders that passed in them, for a scope whose orders
 * nobody counted until now. An order that is being judged meanwhile, under limits it read before, is
 * left out.
 */
export async function countAnew(client: Writing, scope: ScopeKey): Promise<void> {
  await client.$executeRaw`
    DELETE FROM "RiskCounter"
    WHERE "scope" = ${scope.scope}::"RiskScope" AND "scopeId" = ${scope.scopeId}`;
  // A window in which nothing passed has no row.
  await client.$executeRaw`
    INSERT INTO "RiskCounter" ("scope", "scopeId", "span", "windowStart", "count")
    SELECT ${scope.scope}::"RiskScope", ${scope.scopeId}, w."span", w."windowStart", COUNT(*)
    FROM ${windows}
    JOIN "Order" o ON o."createdAt" >= w."windowStart" AND o."status" <> 'DENIED'
    LEFT JOIN "Run" r ON r."id" = o."runId"
    LEFT JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"
    WHERE ${belongs(scope, Prisma.sql`o`)}
    GROUP BY w."span", w."windowStart"`;
}

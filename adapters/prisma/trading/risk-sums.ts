import type { PositionKey, ScopeKey } from '@nandax/app/ports/risk.ts';
import { dayNumberOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { Prisma } from '../generated/client.ts';

/** A scope on a feed that has begun. */
export interface ScopeOnFeed extends ScopeKey {
  readonly feedId: string;
  readonly marketTime: Date;
}

/** Rows of trades `t` or orders `o` (joined with run `r` and version `v`) that belong to a scope. */
function belongs({ scope, scopeId }: ScopeKey, row: Prisma.Sql): Prisma.Sql {
  switch (scope) {
    case 'AGENT':
      return Prisma.sql`r."agentId" = ${scopeId}::uuid`;
    case 'STRATEGY':
      return Prisma.sql`v."strategyId" = ${scopeId}::uuid`;
    case 'PORTFOLIO':
      return Prisma.sql`${row}."portfolioId" = ${scopeId}::uuid`;
    case 'USER':
      return Prisma.sql`${row}."userId" = ${scopeId}::uuid`;
    case 'PLATFORM':
      return Prisma.sql`TRUE`;
  }
}

const trade = Prisma.sql`t`;
const order = Prisma.sql`o`;

/** Trades of paper and live with their run, version and portfolio; backtests have no portfolio. */
const trades = Prisma.sql`"Trade" t
  JOIN "Portfolio" p ON p."id" = t."portfolioId"
  JOIN "Instrument" i ON i."id" = t."instrumentId"
  LEFT JOIN "Run" r ON r."id" = t."runId"
  LEFT JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"`;

/** A run keeps its feed; trades by hand are on that of their portfolio. */
const feedOfTrade = Prisma.sql`COALESCE(r."feedId", p."feedId")`;

const chargesOfTrade = Prisma.sql`(t."brokerage" + t."securitiesTransactionTax"
  + t."exchangeTransactionCharge" + t."sebiTurnoverFee" + t."stampDuty" + t."goodsAndServicesTax")`;

/** A row of `exposureSql`: what a scope has in one instrument. */
export interface ExposureRow {
  readonly place: number;
  readonly instrumentId: string;
  readonly positions: bigint;
  readonly holds: boolean | null;
  readonly value: Prisma.Decimal;
}

/**
 * Positions and rupees at entry by instrument: open trades, and of the orders on their way the units
 * that open. An order on the side that reduces its portfolio's position opens what exceeds the
 * position, older orders first. `place` comes back with each row.
 */
export function exposureSql(
  scope: ScopeOnFeed,
  position: PositionKey | null,
  place: number,
): Prisma.Sql {
  const { feedId } = scope;
  return Prisma.sql`
    WITH onTheWay AS (
      SELECT o.*, o."quantity" - o."filledQuantity" AS unfilled,
        COALESCE(s."buyQuantity" - s."sellQuantity", 0) AS net,
        SUM(o."quantity" - o."filledQuantity") OVER (
          PARTITION BY o."portfolioId", o."instrumentId", o."product", o."side"
          ORDER BY o."createdAt", o."id") AS running
      FROM "Order" o LEFT JOIN "Position" s ON s."portfolioId" = o."portfolioId"
        AND s."instrumentId" = o."instrumentId" AND s."product" = o."product"
      WHERE o."status" IN (${Prisma.join(
        workingStatuses.map((status) => Prisma.sql`${status}::"OrderStatus"`),
      )}) AND o."feedId" = ${feedId}::uuid
    ), entries AS (
      SELECT o.*, LEAST(o.unfilled, GREATEST(o.running -
        CASE WHEN (o."side" = 'SELL' AND o.net > 0) OR (o."side" = 'BUY' AND o.net < 0)
          THEN ABS(o.net) ELSE 0 END, 0)) AS opening
      FROM onTheWay o
    ), used AS (
      SELECT t."portfolioId", t."instrumentId", t."product",
        t."quantity" * t."entryPrice" * i."multiplier" AS value
      FROM ${trades}
      WHERE t."status" = 'OPEN' AND ${feedOfTrade} = ${feedId}::uuid AND ${belongs(scope, trade)}
      UNION ALL
      SELECT o."portfolioId", o."instrumentId", o."product",
        o.opening * COALESCE(o."price", o."referencePrice", 0) * i."multiplier"
      FROM entries o
      JOIN "Instrument" i ON i."id" = o."instrumentId"
      LEFT JOIN "Run" r ON r."id" = o."runId"
      LEFT JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"
      WHERE o.opening > 0 AND ${belongs(scope, order)}
    )
    SELECT ${place}::int AS place, "instrumentId",
      COUNT(DISTINCT ("portfolioId", "product")) AS positions,
      BOOL_OR("portfolioId" = ${position?.portfolioId ?? null}::uuid
        AND "instrumentId" = ${position?.instrumentId ?? null}::uuid
        AND "product"::text = ${position?.product ?? null}) AS holds,
      SUM(value) AS value
    FROM used GROUP BY "instrumentId"`;
}

/** A row of `resultSql`. */
export interface ResultRow {
  readonly place: number;
  readonly day: Prisma.Decimal;
  readonly open: Prisma.Decimal;
  readonly total: Prisma.Decimal;
  readonly peak: Prisma.Decimal;
  readonly losses: bigint;
  readonly lastLossAt: Date | null;
}

/** Profit, drawdown and losses in a row on a feed, each since the last release of its lock. */
export function resultSql(scope: ScopeOnFeed, place: number): Prisma.Sql {
  const { feedId, marketTime } = scope;
  const dayStart = new Date(instantOf(dayNumberOf(marketTime.getTime()), 0));
  return Prisma.sql`
    WITH released AS (
      SELECT
        COALESCE(MAX("releasedAt") FILTER (
          WHERE "kind" IN ('MAX_DAILY_LOSS', 'MAX_DAILY_PROFIT')), to_timestamp(0)) AS day,
        COALESCE(MAX("releasedAt") FILTER (
          WHERE "kind" = 'MAX_DRAWDOWN'), to_timestamp(0)) AS drawdown,
        COALESCE(MAX("releasedAt") FILTER (
          WHERE "kind" = 'MAX_CONSECUTIVE_LOSSES'), to_timestamp(0)) AS losses
      FROM "RiskLock"
      WHERE "scope" = ${scope.scope}::"RiskScope" AND "scopeId" = ${scope.scopeId}
        AND "feedId" = ${feedId}::uuid
    ), closed AS (
      SELECT t."id", t."exitAt", t."grossPnl" - ${chargesOfTrade} AS net
      FROM ${trades}
      WHERE t."status" = 'CLOSED' AND ${feedOfTrade} = ${feedId}::uuid AND ${belongs(scope, trade)}
    ), curve AS (
      SELECT SUM(net) OVER (ORDER BY "exitAt", "id") AS result FROM closed
      WHERE "exitAt" > (SELECT drawdown FROM released)
    ), streak AS (
      SELECT "exitAt" FROM closed
      WHERE net < 0 AND "exitAt" > (SELECT losses FROM released) AND NOT EXISTS (
        SELECT 1 FROM closed won
        WHERE won.net >= 0 AND (won."exitAt", won."id") > (closed."exitAt", closed."id"))
    ), held AS (
      SELECT t."quantity" * i."multiplier" * (q."lastPrice" - t."entryPrice")
        * CASE t."direction" WHEN 'LONG' THEN 1 ELSE -1 END - ${chargesOfTrade} AS net
      FROM ${trades}
      LEFT JOIN "Quote" q ON q."feedId" = ${feedId}::uuid AND q."instrumentId" = t."instrumentId"
      WHERE t."status" = 'OPEN' AND ${feedOfTrade} = ${feedId}::uuid AND ${belongs(scope, trade)}
    )
    SELECT ${place}::int AS place,
      COALESCE((SELECT SUM(net) FROM closed
        WHERE "exitAt" >= ${dayStart} AND "exitAt" > (SELECT day FROM released)), 0) AS day,
      COALESCE((SELECT SUM(net) FROM held), 0) AS open,
      COALESCE((SELECT SUM(net) FROM closed
        WHERE "exitAt" > (SELECT drawdown FROM released)), 0) AS total,
      GREATEST(COALESCE((SELECT MAX(result) FROM curve), 0), 0) AS peak,
      (SELECT COUNT(*) FROM streak) AS losses,
      (SELECT MAX("exitAt") FROM streak) AS "lastLossAt"`;
}

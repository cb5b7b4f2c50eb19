import type {
  ExposureUsage,
  RateUsage,
  ResultUsage,
  ScopeKey,
  UsagePlace,
} from '@nandax/app/ports/risk.ts';
import { dayNumberOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import type { RiskLockKind } from '@nandax/core/risk/scope-usage.ts';
import { Decimal } from 'decimal.js';
import { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

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

/**
 * Positions and rupees at entry: open trades, and of the orders on their way the units that open. An
 * order on the side that reduces its portfolio's position opens what exceeds the position, older
 * orders first.
 */
export async function exposureUsage(
  client: TransactionClient,
  key: ScopeKey,
  place: UsagePlace,
): Promise<ExposureUsage> {
  const { feedId, portfolioId, instrumentId, product } = place;
  const [row] = await client.$queryRaw<
    {
      positions: bigint;
      holds: boolean | null;
      here: Prisma.Decimal | null;
      total: Prisma.Decimal | null;
    }[]
  >`
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
      WHERE t."status" = 'OPEN' AND ${feedOfTrade} = ${feedId}::uuid AND ${belongs(key, trade)}
      UNION ALL
      SELECT o."portfolioId", o."instrumentId", o."product",
        o.opening * COALESCE(o."price", o."referencePrice", 0) * i."multiplier"
      FROM entries o
      JOIN "Instrument" i ON i."id" = o."instrumentId"
      LEFT JOIN "Run" r ON r."id" = o."runId"
      LEFT JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"
      WHERE o.opening > 0 AND ${belongs(key, order)}
    )
    SELECT COUNT(DISTINCT ("portfolioId", "instrumentId", "product")) AS positions,
      BOOL_OR("portfolioId" = ${portfolioId}::uuid AND "instrumentId" = ${instrumentId}::uuid
        AND "product" = ${product}::"ProductType") AS holds,
      SUM(value) FILTER (WHERE "instrumentId" = ${instrumentId}::uuid) AS here,
      SUM(value) AS total
    FROM used`;
  return {
    openPositions: new Decimal((row?.positions ?? 0n).toString()),
    holdsPosition: row?.holds ?? false,
    instrumentExposure: exact(row?.here ?? 0),
    totalExposure: exact(row?.total ?? 0),
  };
}

/** Results are those of a feed; without one there are none. */
const noResults: ResultUsage = {
  dayPnl: new Decimal(0),
  drawdown: new Decimal(0),
  consecutiveLosses: new Decimal(0),
  lastLossAt: null,
};

/** Profit, drawdown and losses in a row on a feed, each since the last release of its lock. */
export async function resultUsage(
  client: TransactionClient,
  key: ScopeKey,
  { feedId, marketTime }: UsagePlace,
): Promise<ResultUsage> {
  if (feedId === null) return noResults;
  const releases = await client.riskLock.groupBy({
    by: ['kind'],
    where: { ...key, feedId, releasedAt: { not: null } },
    _max: { releasedAt: true },
  });
  const releasedAt = (kinds: readonly RiskLockKind[]): Date =>
    releases
      .filter(({ kind }) => kinds.includes(kind))
      .reduce(
        (latest, { _max: { releasedAt: at } }) => (at !== null && at > latest ? at : latest),
        new Date(0),
      );
  const dayStart = new Date(instantOf(dayNumberOf(marketTime.getTime()), 0));
  const dayReleased = releasedAt(['MAX_DAILY_LOSS', 'MAX_DAILY_PROFIT']);
  const drawdownReleased = releasedAt(['MAX_DRAWDOWN']);
  const lossesReleased = releasedAt(['MAX_CONSECUTIVE_LOSSES']);
  const [row] = await client.$queryRaw<
    {
      day: Prisma.Decimal;
      open: Prisma.Decimal;
      total: Prisma.Decimal;
      peak: Prisma.Decimal;
      losses: bigint;
      lastLossAt: Date | null;
    }[]
  >`
    WITH closed AS (
      SELECT t."id", t."exitAt", t."grossPnl" - ${chargesOfTrade} AS net
      FROM ${trades}
      WHERE t."status" = 'CLOSED' AND ${feedOfTrade} = ${feedId}::uuid AND ${belongs(key, trade)}
    ), curve AS (
      SELECT SUM(net) OVER (ORDER BY "exitAt", "id") AS result FROM closed
      WHERE "exitAt" > ${drawdownReleased}
    ), streak AS (
      SELECT "exitAt" FROM closed
      WHERE net < 0 AND "exitAt" > ${lossesReleased} AND NOT EXISTS (
        SELECT 1 FROM closed won
        WHERE won.net >= 0 AND (won."exitAt", won."id") > (closed."exitAt", closed."id"))
    ), held AS (
      SELECT t."quantity" * i."multiplier" * (q."lastPrice" - t."entryPrice")
        * CASE t."direction" WHEN 'LONG' THEN 1 ELSE -1 END - ${chargesOfTrade} AS net
      FROM ${trades}
      LEFT JOIN "Quote" q ON q."feedId" = ${feedId}::uuid AND q."instrumentId" = t."instrumentId"
      WHERE t."status" = 'OPEN' AND ${feedOfTrade} = ${feedId}::uuid AND ${belongs(key, trade)}
    )
    SELECT
      COALESCE((SELECT SUM(net) FROM closed
        WHERE "exitAt" >= ${dayStart} AND "exitAt" > ${dayReleased}), 0) AS day,
      COALESCE((SELECT SUM(net) FROM held), 0) AS open,
      COALESCE((SELECT SUM(net) FROM closed WHERE "exitAt" > ${drawdownReleased}), 0) AS total,
      GREATEST(COALESCE((SELECT MAX(result) FROM curve), 0), 0) AS peak,
      (SELECT COUNT(*) FROM streak) AS losses,
      (SELECT MAX("exitAt") FROM streak) AS "lastLossAt"`;
  if (row === undefined) throw new Error('a query of sums gave no row');
  const open = exact(row.open);
  const drawdown = exact(row.peak).minus(exact(row.total)).minus(open);
  return {
    dayPnl: exact(row.day).plus(open).toDecimalPlaces(2),
    drawdown: Decimal.max(drawdown, 0).toDecimalPlaces(2),
    consecutiveLosses: new Decimal(row.losses.toString()),
    lastLossAt: row.lastLossAt,
  };
}

/** The running second, minute and exchange day of the database's clock, as counters keep them. */
const windows = Prisma.sql`(VALUES
  ('SECOND'::"RiskCounterSpan", date_trunc('second', statement_timestamp())),
  ('MINUTE'::"RiskCounterSpan", date_trunc('minute', statement_timestamp())),
  ('DAY'::"RiskCounterSpan", date_trunc('day', statement_timestamp(), 'Asia/Kolkata'))
) AS w("span", "windowStart")`;

/** Orders that passed in the running windows. */
export async function rateUsage(
  client: TransactionClient,
  { scope, scopeId }: ScopeKey,
): Promise<RateUsage> {
  const rows = await client.$queryRaw<{ span: 'SECOND' | 'MINUTE' | 'DAY'; count: number }[]>`
    SELECT c."span"::text AS span, c."count" FROM "RiskCounter" c
    JOIN ${windows} ON w."span" = c."span" AND w."windowStart" = c."windowStart"
    WHERE c."scope" = ${scope}::"RiskScope" AND c."scopeId" = ${scopeId}`;
  const countOf = (span: string): Decimal =>
    new Decimal(rows.find((row) => row.span === span)?.count ?? 0);
  return {
    ordersInSecond: countOf('SECOND'),
    ordersInMinute: countOf('MINUTE'),
    ordersInDay: countOf('DAY'),
  };
}

/** Counts one order in each running window. */
export async function countOrder(
  client: TransactionClient,
  { scope, scopeId }: ScopeKey,
): Promise<void> {
  await client.$executeRaw`
    INSERT INTO "RiskCounter" ("scope", "scopeId", "span", "windowStart", "count")
    SELECT ${scope}::"RiskScope", ${scopeId}, w."span", w."windowStart", 1 FROM ${windows}
    ON CONFLICT ("scope", "scopeId", "span") DO UPDATE SET
      "count" = CASE WHEN "RiskCounter"."windowStart" = EXCLUDED."windowStart"
        THEN "RiskCounter"."count" + 1 ELSE 1 END,
      "windowStart" = EXCLUDED."windowStart"`;
}

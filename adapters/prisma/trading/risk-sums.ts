import type { PositionKey, ScopeKey } from '@nandax/app/ports/risk.ts';
import { dayNumberOf, exchangeDateOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { Prisma } from '../generated/client.ts';
import { roundTripOfRow } from './round-trip-of-row.ts';
import { restatedSince } from './restated-since.ts';

/** A scope on a feed that has begun. */
export interface ScopeOnFeed extends ScopeKey {
  readonly feedId: string;
  readonly marketTime: Date;
}

/** Rows of trades `t`, fills `f` or orders `o` (joined with run `r` and version `v`) that belong to a scope. */
export function belongs({ scope, scopeId }: ScopeKey, row: Prisma.Sql): Prisma.Sql {
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

/** As `belongs`, of a portfolio \`p\` only what was written since its last reset. */
function countsIn(scope: ScopeKey, row: Prisma.Sql): Prisma.Sql {
  return scope.scope === 'PORTFOLIO'
    ? Prisma.sql`${belongs(scope, row)}
        AND (p."epochStartedAt" IS NULL OR ${row}."createdAt" >= p."epochStartedAt")`
    : belongs(scope, row);
}

/** Trades of paper and live with their run, version and portfolio; backtests have no portfolio. */
const trades = Prisma.sql`"Trade" t
  JOIN "Portfolio" p ON p."id" = t."portfolioId"
  JOIN "Instrument" i ON i."id" = t."instrumentId"
  LEFT JOIN "Run" r ON r."id" = t."runId"
  LEFT JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"`;

/** A run keeps its feed; trades by hand are on that of their portfolio. */
const feedOfTrade = Prisma.sql`COALESCE(r."feedId", p."feedId")`;

/** Rupees charged for a row of trades or fills. */
function chargesOf(row: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${row}."brokerage" + ${row}."securitiesTransactionTax"
    + ${row}."exchangeTransactionCharge" + ${row}."sebiTurnoverFee" + ${row}."stampDuty"
    + ${row}."goodsAndServicesTax")`;
}

const chargesOfTrade = chargesOf(trade);

/** A row of `exposureSql`: what a scope has in one instrument. */
export interface ExposureRow {
  readonly place: number;
  readonly instrumentId: string;
  readonly positions: bigint;
  /** Which of the positions asked for are held, from 1; null: none of them. */
  readonly held: readonly number[] | null;
  readonly value: Prisma.Decimal;
}

/**
 * Positions and rupees at entry by instrument: open trades, and of the orders on their way the units
 * that open. An order on the side that reduces its portfolio's position opens what exceeds the
 * position, older orders first. The order `without` is left out. `place` comes back with each row.
 */
export function exposureSql(
  scope: ScopeOnFeed,
  positions: readonly PositionKey[],
  without: string | null,
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
      )}) AND o."feedId" = ${feedId}::uuid AND o."id" IS DISTINCT FROM ${without}::uuid
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
    ), asked AS (
      SELECT * FROM unnest(
        ${positions.map(({ portfolioId }) => portfolioId)}::uuid[],
        ${positions.map(({ instrumentId }) => instrumentId)}::uuid[],
        ${positions.map(({ product }) => product)}::text[]
      ) WITH ORDINALITY AS a("portfolioId", "instrumentId", "product", number)
    )
    SELECT ${place}::int AS place, u."instrumentId",
      COUNT(DISTINCT (u."portfolioId", u."product")) AS positions,
      ARRAY_AGG(DISTINCT a.number::int) FILTER (WHERE a.number IS NOT NULL) AS held,
      SUM(u.value) AS value
    FROM used u
    LEFT JOIN asked a ON a."portfolioId" = u."portfolioId"
      AND a."instrumentId" = u."instrumentId" AND a."product" = u."product"::text
    GROUP BY u."instrumentId"`;
}

/** A row of `resultSql`. */
export interface ResultRow {
  readonly place: number;
  readonly day: Prisma.Decimal;
  readonly lossReleased: Prisma.Decimal;
  readonly profitReleased: Prisma.Decimal;
  readonly total: Prisma.Decimal;
  readonly peak: Prisma.Decimal;
  readonly losses: bigint;
  readonly lastLossAt: Date | null;
}

/** A row of `resultSql` for a scope whose result no limit asks for. */
export function noResultSql(place: number): Prisma.Sql {
  return Prisma.sql`
    SELECT ${place}::int AS place, 0::numeric AS day, 0::numeric AS "lossReleased",
      0::numeric AS "profitReleased", 0::numeric AS total, 0::numeric AS peak, 0::bigint AS losses,
      NULL::timestamptz AS "lastLossAt"`;
}

/** Units that a share of a trade has become since its mark. */
const restatedSinceMark = (feedId: string): Prisma.Sql =>
  restatedSince({
    portfolioId: Prisma.sql`mark."portfolioId"`,
    feedId: Prisma.sql`${feedId}::uuid`,
    instrumentId: Prisma.sql`mark."instrumentId"`,
    since: Prisma.sql`mark."time"`,
  });

const directionOfTrade = Prisma.sql`CASE t."direction" WHEN 'LONG' THEN 1 ELSE -1 END`;

/**
 * Results on a feed in rupees: `day`, of the exchange day after its charges, with what was held
 * overnight from its mark at the close before; `total`, since the feed began. Both count what companies
 * gave to what is or was held (`CorporateEntitlement`), by which its price fell. `lossReleased` and
 * `profitReleased` are what the day stood at when the lock of that kind was released, `peak` is the
 * highest total that was seen (`raisePeak`), and losses in a row, of round trips, count from theirs.
 * Of a portfolio only what is younger than its last reset counts; wider scopes did what it did.
 */
export function resultSql(scope: ScopeOnFeed, place: number): Prisma.Sql {
  const { feedId, marketTime } = scope;
  const dayStart = new Date(instantOf(dayNumberOf(marketTime.getTime()), 0));
  const tradingDay = exchangeDateOf(marketTime.getTime());
  return Prisma.sql`
    WITH released AS (
      SELECT
        (ARRAY_AGG("releasedResult" ORDER BY "releasedAt" DESC) FILTER (
          WHERE "kind" = 'MAX_DAILY_LOSS' AND "releasedAt" >= ${dayStart}))[1] AS loss,
        (ARRAY_AGG("releasedResult" ORDER BY "releasedAt" DESC) FILTER (
          WHERE "kind" = 'MAX_DAILY_PROFIT' AND "releasedAt" >= ${dayStart}))[1] AS profit,
        COALESCE(MAX("releasedAt") FILTER (
          WHERE "kind" = 'MAX_CONSECUTIVE_LOSSES'), to_timestamp(0)) AS losses
      FROM "RiskLock"
      WHERE "scope" = ${scope.scope}::"RiskScope" AND "scopeId" = ${scope.scopeId}
        AND "feedId" = ${feedId}::uuid
    ), given AS (
      SELECT given."cash"
      FROM ${trades} JOIN "CorporateEntitlement" given ON given."tradeId" = t."id"
      WHERE ${feedOfTrade} = ${feedId}::uuid AND ${countsIn(scope, trade)}
    ), closed AS (
      SELECT t."exitAt", t."grossPnl" - ${chargesOfTrade} AS net,
        ${roundTripOfRow(trade)} AS trip
      FROM ${trades}
      WHERE t."status" = 'CLOSED' AND ${feedOfTrade} = ${feedId}::uuid AND ${countsIn(scope, trade)}
    ), trips AS (
      SELECT trip, MIN("exitAt") AS "endsFrom", MAX("exitAt") AS "exitAt", SUM(net) AS net
      FROM closed GROUP BY trip
    ), streak AS (
      SELECT "exitAt" FROM trips
      WHERE net < 0 AND "endsFrom" > (SELECT losses FROM released) AND NOT EXISTS (
        SELECT 1 FROM trips won
        WHERE won.net >= 0 AND (won."exitAt", won.trip) > (trips."exitAt", trips.trip))
    ), held AS (
      SELECT t."quantity" * i."multiplier" * (q."lastPrice" - t."entryPrice")
        * ${directionOfTrade} - ${chargesOfTrade} AS net
      FROM ${trades}
      LEFT JOIN "Quote" q ON q."feedId" = ${feedId}::uuid AND q."instrumentId" = t."instrumentId"
      WHERE t."status" = 'OPEN' AND ${feedOfTrade} = ${feedId}::uuid AND ${countsIn(scope, trade)}
    ), moved AS (
      SELECT t."quantity" * i."multiplier" * ${directionOfTrade}
        * (COALESCE(t."exitPrice", q."lastPrice") - COALESCE(m."price", t."entryPrice"))
        + COALESCE((SELECT SUM(given."cash") FROM "CorporateEntitlement" given
            WHERE given."tradeId" = t."id"
              AND given."appliedAt" > COALESCE(m."time", t."entryAt")), 0) AS gross
      FROM ${trades}
      LEFT JOIN "Quote" q ON q."feedId" = ${feedId}::uuid AND q."instrumentId" = t."instrumentId"
      LEFT JOIN LATERAL (
        SELECT mark."price" / COALESCE(${restatedSinceMark(feedId)}, 1) AS "price", mark."time"
        FROM "PositionMark" mark
        WHERE mark."portfolioId" = t."portfolioId" AND mark."feedId" = ${feedId}::uuid
          AND mark."instrumentId" = t."instrumentId"
          AND mark."time" >= t."entryAt" AND mark."time" < ${dayStart}
        ORDER BY mark."time" DESC LIMIT 1) m ON TRUE
      WHERE (t."status" = 'OPEN' OR t."exitAt" >= ${dayStart})
        AND ${feedOfTrade} = ${feedId}::uuid AND ${countsIn(scope, trade)}
    ), paid AS (
      SELECT ${chargesOf(Prisma.sql`f`)} AS charges
      FROM "Fill" f
      JOIN "Portfolio" p ON p."id" = f."portfolioId"
      LEFT JOIN "Run" r ON r."id" = f."runId"
      LEFT JOIN "StrategyVersion" v ON v."id" = r."strategyVersionId"
      WHERE f."feedId" = ${feedId}::uuid AND f."tradingDay" = ${tradingDay}::date
        AND ${countsIn(scope, Prisma.sql`f`)}
    )
    SELECT ${place}::int AS place,
      COALESCE((SELECT SUM(gross) FROM moved), 0)
        - COALESCE((SELECT SUM(charges) FROM paid), 0) AS day,
      COALESCE((SELECT loss FROM released), 0) AS "lossReleased",
      COALESCE((SELECT profit FROM released), 0) AS "profitReleased",
      COALESCE((SELECT SUM(net) FROM closed), 0)
        + COALESCE((SELECT SUM(net) FROM held), 0)
        + COALESCE((SELECT SUM("cash") FROM given), 0) AS total,
      COALESCE((SELECT "result" FROM "RiskPeak"
        WHERE "scope" = ${scope.scope}::"RiskScope" AND "scopeId" = ${scope.scopeId}
          AND "feedId" = ${feedId}::uuid), 0) AS peak,
      (SELECT COUNT(*) FROM streak) AS losses,
      (SELECT MAX("exitAt") FROM streak) AS "lastLossAt"`;
}

import type { BatchReads } from '@nandax/app/ports/reads.ts';
import { closedTradeOf } from '@nandax/app/views/closed-trade.ts';
import { unpackColumn, unpackEquity } from '@nandax/app/runs/packed-equity.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type {
  BiasReportView,
  PerformanceView,
  RunFill,
  RunMaterial,
  RunView,
} from '@nandax/app/views/strategy.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { roundTripOfRow } from '../trading/round-trip-of-row.ts';
import { groupByParent } from './by-id.ts';
import { chargesOfRow } from './charges-of-row.ts';
import { wasMet } from './met-exits.ts';
import { decimalOrZero, instantOf, type Row } from './row-to-view.ts';
import { runs, strategyVersions, trades } from './sources.ts';

type RunReads = Pick<
  BatchReads,
  | 'performanceOfStrategy'
  | 'performanceOfAgent'
  | 'lastRunOfAgent'
  | 'materialOfRun'
  | 'everyTradeOfRun'
  | 'numberedVersion'
  | 'biasReportOfRun'
>;

/** What runs, and the agents and strategies behind them, have made. */
export function runReads(prisma: PrismaClient): RunReads {
  return {
    performanceOfStrategy: (ids) =>
      performance(
        prisma,
        Prisma.sql`JOIN "Run" run ON run."id" = item."runId" AND run."kind" <> 'BACKTEST'
          JOIN "StrategyVersion" version ON version."id" = run."strategyVersionId"`,
        Prisma.sql`version."strategyId"`,
        ids,
      ),

    performanceOfAgent: (ids) => performance(prisma, Prisma.empty, Prisma.sql`item."agentId"`, ids),

    async lastRunOfAgent(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT DISTINCT ON (item."agentId") ${runs.columns} FROM ${runs.from}
        WHERE item."agentId" = ANY(${ids}::uuid[])
        ORDER BY item."agentId", item."createdAt" DESC, item."id" DESC`;
      return new Map(
        rows.map(runs.toView).map((run): [string, RunView] => [run.agentId ?? '', run]),
      );
    },

    async materialOfRun(ids) {
      const results = await prisma.run.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, statistics: true, equity: true, benchmark: true },
      });
      const derived = results.filter(({ equity }) => equity === null).map(({ id }) => id);
      const traded = await tradedSoFar(prisma, derived);
      return new Map(
        results.map(({ id, statistics, equity, benchmark }): [string, RunMaterial] => [
          id,
          equity === null
            ? traded(id)
            : {
                stored: {
                  statistics: statistics as Json,
                  equity: unpackEquity(equity),
                  benchmark: benchmark === null ? null : unpackColumn(benchmark),
                },
                fills: [],
                metExits: [],
                trades: [],
              },
        ]),
      );
    },

    async everyTradeOfRun(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT item.*, item."userId" AS "ownerId", item."runId" AS "parentId" FROM "Trade" item
        WHERE item."runId" = ANY(${ids}::uuid[])
        ORDER BY item."entryAt", item."exitAt", item."id"`;
      return groupByParent(rows, trades.toView);
    },

    async numberedVersion(keys) {
      const asked = keys.map((key) => key.split(' '));
      const strategyIds = asked.map(([id = '']) => id);
      const numbers = asked.map(([, number]) => Number(number));
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT ${strategyVersions.columns} FROM ${strategyVersions.from}
        JOIN unnest(${strategyIds}::uuid[], ${numbers}::int[]) asked("strategyId", "number")
          ON asked."strategyId" = item."strategyId" AND asked."number" = item."number"`;
      return new Map(
        rows
          .map(strategyVersions.toView)
          .map((version) => [`${version.strategyId} ${version.number}`, version]),
      );
    },

    async biasReportOfRun(ids) {
      const rows = await prisma.run.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, biasReport: true },
      });
      return new Map(
        rows.flatMap(({ id, biasReport }): [string, BiasReportView][] =>
          biasReport === null ? [] : [[id, biasReportOf(biasReport)]],
        ),
      );
    },
  };
}

async function performance(
  prisma: PrismaClient,
  join: Prisma.Sql,
  parentId: Prisma.Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PerformanceView>> {
  const net = Prisma.sql`(item."grossPnl" - item."brokerage" - item."securitiesTransactionTax"
    - item."exchangeTransactionCharge" - item."sebiTurnoverFee" - item."stampDuty"
    - item."goodsAndServicesTax")`;
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT trip."id", count(*) AS "total", sum(trip."net") AS "net",
      count(*) FILTER (WHERE trip."net" > 0) AS "winning"
    FROM (
      SELECT ${parentId} AS "id", sum(${net}) AS "net"
      FROM "Trade" item ${join}
      WHERE ${parentId} = ANY(${ids}::uuid[]) AND item."status" = 'CLOSED'
      GROUP BY ${parentId}, ${roundTripOfRow(Prisma.sql`item`)}
    ) trip
    GROUP BY trip."id"`;
  return new Map(
    rows.map((row) => [
      row['id'] as string,
      {
        totalTrades: Number(row['total']),
        winningTrades: Number(row['winning']),
        totalPnl: decimalOrZero(row['net']),
      },
    ]),
  );
}

async function tradedSoFar(
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<(runId: string) => RunMaterial> {
  if (ids.length === 0) return () => nothing;
  const [fillRows, metRows, tradeRows] = await Promise.all([
    prisma.$queryRaw<Row[]>`
      SELECT item.*, item."runId" AS "parentId", instrument."exchange", instrument."type",
        instrument."multiplier"
      FROM "Fill" item JOIN "Instrument" instrument ON instrument."id" = item."instrumentId"
      WHERE item."runId" = ANY(${ids}::uuid[])
      ORDER BY item."executedAt", item."id"`,
    prisma.$queryRaw<Row[]>`
      SELECT item."runId" AS "parentId", item."instrumentId", item."product", item."quantity",
        item."exitPrice" AS "price", item."exitAt" AS "executedAt",
        CASE item."direction" WHEN 'LONG' THEN 'SELL' ELSE 'BUY' END AS "side",
        instrument."exchange", instrument."type", instrument."multiplier"
      FROM "Trade" item JOIN "Instrument" instrument ON instrument."id" = item."instrumentId"
      WHERE item."runId" = ANY(${ids}::uuid[]) AND ${wasMet}
      ORDER BY item."exitAt", item."id"`,
    prisma.$queryRaw<Row[]>`
      SELECT item.*, item."runId" AS "parentId" FROM "Trade" item
      WHERE item."runId" = ANY(${ids}::uuid[]) AND item."status" = 'CLOSED'
      ORDER BY item."exitAt", item."id"`,
  ]);
  const fills = groupByParent(fillRows, fillOf);
  const met = groupByParent(metRows, fillOf);
  const closed = groupByParent(tradeRows, (row) => closedTradeOf(trades.toView(row)));
  return (runId) => ({
    stored: null,
    fills: fills.get(runId) ?? [],
    metExits: met.get(runId) ?? [],
    trades: closed.get(runId) ?? [],
  });
}

const nothing: RunMaterial = { stored: null, fills: [], metExits: [], trades: [] };

/** An execution of a row that carries its instrument's exchange and type. */
export function fillOf(row: Row): RunFill {
  return {
    instrumentId: row['instrumentId'] as string,
    exchange: row['exchange'] as string,
    type: row['type'] as string,
    side: row['side'] as RunFill['side'],
    product: row['product'] as RunFill['product'],
    quantity: decimalOrZero(row['quantity']),
    price: decimalOrZero(row['price']),
    multiplier: decimalOrZero(row['multiplier']),
    time: Number(instantOf(row['executedAt'])),
    charges: chargesOfRow(row),
  };
}

/** Of a run before December 2026 the report does not say that its bars were played: all were. */
function biasReportOf(stored: Prisma.JsonValue): BiasReportView {
  return { unplayed: null, ...(stored as unknown as Omit<BiasReportView, 'unplayed'>) };
}

import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { Trade } from '@nandax/core/portfolio/trade.ts';
import type { BatchReads } from '@nandax/app/ports/reads.ts';
import { unpackEquity } from '@nandax/app/runs/packed-equity.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type { TradeView } from '@nandax/app/views/portfolio.ts';
import type { PerformanceView, RunFill, RunMaterial, RunView } from '@nandax/app/views/strategy.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { groupByParent } from './by-id.ts';
import { chargesOfRow } from './charges-of-row.ts';
import { decimalOrZero, instantOf, type Row } from './row-to-view.ts';
import { runs, trades } from './sources.ts';

type RunReads = Pick<
  BatchReads,
  'performanceOfStrategy' | 'performanceOfAgent' | 'lastRunOfAgent' | 'materialOfRun'
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
        select: { id: true, statistics: true, equity: true },
      });
      const derived = results.filter(({ equity }) => equity === null).map(({ id }) => id);
      const traded = await tradedSoFar(prisma, derived);
      return new Map(
        results.map(({ id, statistics, equity }): [string, RunMaterial] => [
          id,
          equity === null
            ? traded(id)
            : {
                stored: { statistics: statistics as Json, equity: unpackEquity(equity) },
                fills: [],
                trades: [],
              },
        ]),
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
    SELECT ${parentId} AS "id", count(*) AS "total", sum(${net}) AS "net",
      count(*) FILTER (WHERE ${net} > 0) AS "winning"
    FROM "Trade" item ${join}
    WHERE ${parentId} = ANY(${ids}::uuid[]) AND item."status" = 'CLOSED'
    GROUP BY ${parentId}`;
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
  const [fillRows, tradeRows] = await Promise.all([
    prisma.$queryRaw<Row[]>`
      SELECT item.*, item."runId" AS "parentId", instrument."exchange", instrument."type",
        instrument."multiplier"
      FROM "Fill" item JOIN "Instrument" instrument ON instrument."id" = item."instrumentId"
      WHERE item."runId" = ANY(${ids}::uuid[])
      ORDER BY item."executedAt", item."id"`,
    prisma.$queryRaw<Row[]>`
      SELECT item.*, item."runId" AS "parentId" FROM "Trade" item
      WHERE item."runId" = ANY(${ids}::uuid[]) AND item."status" = 'CLOSED'
      ORDER BY item."exitAt", item."id"`,
  ]);
  const fills = groupByParent(fillRows, fillOf);
  const closed = groupByParent(tradeRows, (row) => closedTradeOf(trades.toView(row)));
  return (runId) => ({
    stored: null,
    fills: fills.get(runId) ?? [],
    trades: closed.get(runId) ?? [],
  });
}

const nothing: RunMaterial = { stored: null, fills: [], trades: [] };

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

/** A trade row as the trade core/portfolio made of the same slice. */
export function closedTradeOf(trade: TradeView): Trade {
  const grossPnl = trade.grossPnl ?? decimalOrZero(null);
  const { direction, quantity, entryPrice, charges } = trade;
  return {
    direction,
    quantity,
    entryPrice,
    entryTime: trade.entryAt.getTime(),
    exitPrice: trade.exitPrice ?? decimalOrZero(null),
    exitTime: Number(trade.exitAt),
    grossPnl,
    charges,
    netPnl: grossPnl.minus(totalOfCharges(charges)),
  };
}

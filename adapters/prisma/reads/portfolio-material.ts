import type { BatchRead } from '@nandax/app/ports/reads.ts';
import type {
  PortfolioEntitlement,
  PortfolioFill,
  PortfolioMaterial,
  PortfolioMetExit,
  TradeView,
  WrittenEquity,
} from '@nandax/app/views/portfolio.ts';
import { closedTradeOf } from '@nandax/app/views/closed-trade.ts';
import type { RunOwner } from '@nandax/app/views/strategy.ts';
import type { InstrumentMark } from '@nandax/core/portfolio/result-parts.ts';
import { Decimal } from 'decimal.js';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { groupByParent } from './by-id.ts';
import { startOnFeed } from './epoch.ts';
import { decimalOrZero, instantOf, type Row } from './row-to-view.ts';
import { wasMet } from './met-exits.ts';
import { fillOf } from './run-reads.ts';
import { contractNotes, trades } from './sources.ts';

/** A row `item` of what a `portfolio` did on its feed since its last reset. */
const isOfPortfolio = Prisma.sql`item."portfolioId" = portfolio."id"
  AND item."createdAt" >= ${startOnFeed}`;
const isOnItsFeed = Prisma.sql`${isOfPortfolio} AND item."feedId" = portfolio."feedId"`;

/** What performance is made of: a fixed number of queries, however many portfolios are asked for. */
export function materialOfPortfolio(prisma: PrismaClient): BatchRead<PortfolioMaterial> {
  return async (ids) => {
    const ofThese = Prisma.sql`portfolio."id" = ANY(${ids}::uuid[])`;
    const [snapshots, marks, flows, fills, notes, closed, met, given, runs] = await Promise.all([
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", item."time", item."equity"
        FROM "Portfolio" portfolio JOIN "PortfolioSnapshot" item ON ${isOnItsFeed}
        WHERE ${ofThese} ORDER BY item."time"`,
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", mark.*
        FROM "Portfolio" portfolio JOIN "PortfolioSnapshot" item ON ${isOnItsFeed}
        JOIN "PositionMark" mark ON mark."portfolioId" = item."portfolioId"
          AND mark."feedId" = item."feedId" AND mark."time" = item."time"
        WHERE ${ofThese}`,
      flowsOf(prisma, ofThese),
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", item.*, instrument."exchange", instrument."type",
          instrument."multiplier"
        FROM "Portfolio" portfolio JOIN "Fill" item ON ${isOnItsFeed}
        JOIN "Instrument" instrument ON instrument."id" = item."instrumentId"
        WHERE ${ofThese} ORDER BY item."executedAt", item."createdAt", item."id"`,
      prisma.$queryRaw<Row[]>`
        SELECT item."portfolioId" AS "parentId", ${contractNotes.columns}
        FROM ${contractNotes.from} WHERE ${ofThese} AND ${isOnItsFeed}
        ORDER BY item."tradingDay", item."segment"`,
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", item.*
        FROM "Portfolio" portfolio JOIN "Trade" item ON ${isOfPortfolio}
        WHERE ${ofThese} AND item."status" = 'CLOSED' AND item."exitReason" <> 'RESET'
        ORDER BY item."exitAt", item."id"`,
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", item."runId", item."instrumentId", item."exitAt",
          item."exitReason", item."exitPrice" * instrument."multiplier" AS "unitValue",
          CASE item."direction" WHEN 'LONG' THEN item."quantity" ELSE -item."quantity" END AS "units"
        FROM "Portfolio" portfolio JOIN "Trade" item ON ${isOfPortfolio}
        JOIN "Instrument" instrument ON instrument."id" = item."instrumentId"
        WHERE ${ofThese} AND ${wasMet} ORDER BY item."exitAt", item."id"`,
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", item."appliedAt", item."runId", item."instrumentId",
          item."unitsAfter" - item."unitsBefore" AS "units", item."cash"
        FROM "Portfolio" portfolio JOIN "CorporateEntitlement" item ON ${isOnItsFeed}
        WHERE ${ofThese} ORDER BY item."appliedAt", item."tradeId"`,
      prisma.$queryRaw<Row[]>`
        SELECT portfolio."id" AS "parentId", item."id", item."agentId", version."strategyId"
        FROM "Portfolio" portfolio JOIN "Run" item ON item."portfolioId" = portfolio."id"
        JOIN "StrategyVersion" version ON version."id" = item."strategyVersionId"
        WHERE ${ofThese}`,
    ]);
    const marksOf = groupByParent(marks, (row) => row);
    const flowsInto = groupByParent(flows, (row) => row);
    const fillsOf = groupByParent(fills, portfolioFillOf);
    const ownersOf = groupByParent(runs, ownerOf);
    const notesOf = groupByParent(notes, contractNotes.toView);
    const givenTo = groupByParent(given, entitlementOf);
    const metIn = groupByParent(met, metExitOf);
    const tradesOf = groupByParent(closed, (row) => ownedTradeOf(trades.toView(row)));
    return new Map(
      [...groupByParent(snapshots, (row) => row)].map(([id, rows]): [string, PortfolioMaterial] => [
        id,
        {
          written: writtenOf(rows, marksOf.get(id) ?? [], flowsInto.get(id) ?? []),
          fills: fillsOf.get(id) ?? [],
          notes: notesOf.get(id) ?? [],
          trades: tradesOf.get(id) ?? [],
          metExits: metIn.get(id) ?? [],
          entitlements: givenTo.get(id) ?? [],
          owners: new Map(ownersOf.get(id) ?? []),
        },
      ]),
    );
  };
}

/**
 * Money paid in and out, each with the first snapshot that has it: on a live market by its clock; on a
 * replay, whose clock begins anew with each session, by when the two were written.
 */
function flowsOf(prisma: PrismaClient, ofThese: Prisma.Sql): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`
    SELECT portfolio."id" AS "parentId", flow."amount", (
      SELECT min(item."time") FROM "PortfolioSnapshot" item
      WHERE ${isOnItsFeed} AND CASE feed."kind"
        WHEN 'LIVE' THEN item."time" >= flow."postedAt" ELSE item."createdAt" >= flow."createdAt" END
    ) AS "time"
    FROM "Portfolio" portfolio JOIN "Feed" feed ON feed."id" = portfolio."feedId"
    JOIN "LedgerEntry" flow ON flow."portfolioId" = portfolio."id" AND flow."account" = 'CASH'
      AND flow."kind" IN ('DEPOSIT', 'WITHDRAWAL') AND flow."createdAt" > ${startOnFeed}
    WHERE ${ofThese}`;
}

function writtenOf(
  snapshots: readonly Row[],
  marks: readonly Row[],
  flows: readonly Row[],
): readonly WrittenEquity[] {
  const marksAt = new Map<number, Map<string, InstrumentMark>>();
  for (const row of marks) {
    const time = Number(instantOf(row['time']));
    const atTime = marksAt.get(time) ?? new Map<string, InstrumentMark>();
    atTime.set(row['instrumentId'] as string, markOf(row));
    marksAt.set(time, atTime);
  }
  const flowAt = new Map<number, Decimal>();
  for (const row of flows) {
    const time = Number(instantOf(row['time']));
    flowAt.set(time, decimalOrZero(row['amount']).plus(flowAt.get(time) ?? 0));
  }
  return snapshots.map((row) => {
    const time = Number(instantOf(row['time']));
    return {
      time,
      equity: decimalOrZero(row['equity']),
      flow: flowAt.get(time) ?? new Decimal(0),
      marks: marksAt.get(time) ?? new Map<string, InstrumentMark>(),
    };
  });
}

function markOf(row: Row): InstrumentMark {
  const [quantity, value] = [decimalOrZero(row['quantity']), decimalOrZero(row['value'])];
  // A contract's value is a multiple of its price; where nothing is left over, the price has to do.
  const unitValue = quantity.isZero() ? decimalOrZero(row['price']) : value.dividedBy(quantity);
  return { value, unitValue };
}

function portfolioFillOf(row: Row): PortfolioFill {
  return { ...fillOf(row), runId: row['runId'] as string | null };
}

function metExitOf(row: Row): PortfolioMetExit {
  const units = decimalOrZero(row['units']);
  return {
    time: Number(instantOf(row['exitAt'])),
    runId: row['runId'] as string | null,
    instrumentId: row['instrumentId'] as string,
    units,
    value: units.times(decimalOrZero(row['unitValue'])),
    takenByHand: row['exitReason'] !== 'OFFSET',
  };
}

function entitlementOf(row: Row): PortfolioEntitlement {
  return {
    time: Number(instantOf(row['appliedAt'])),
    runId: row['runId'] as string | null,
    instrumentId: row['instrumentId'] as string,
    units: decimalOrZero(row['units']),
    cash: decimalOrZero(row['cash']),
  };
}

function ownerOf(row: Row): [runId: string, owner: RunOwner] {
  const owner = {
    strategyId: row['strategyId'] as string,
    agentId: row['agentId'] as string | null,
  };
  return [row['id'] as string, owner];
}

function ownedTradeOf(trade: TradeView) {
  const { runId, instrumentId } = trade;
  return { ...closedTradeOf(trade), runId, instrumentId };
}

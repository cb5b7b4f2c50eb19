import type { FillRecord } from '@nandax/app/ports/orders.ts';
import type {
  ContractNoteRecord,
  LedgerTransaction,
  LockedPortfolio,
  PortfolioRows,
  PositionRecord,
  TradeRecord,
  TradingPortfolio,
} from '@nandax/app/ports/portfolios.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import type { LedgerAccount } from '@nandax/core/portfolio/postings.ts';
import { strictestState } from '@nandax/core/risk/trading-state.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import type { Decimal } from 'decimal.js';
import type { Prisma } from '../generated/client.ts';
import { dateColumn, dayOf, exact, exactOrNull } from './exact.ts';
import { chargeColumns, chargesOf } from './order-rows.ts';
import { fillAwaitsNote, startOnFeed } from '../reads/epoch.ts';
import { dayBookColumns, dayBookOfRow } from './day-book-columns.ts';
import { saveSnapshot } from './snapshot-rows.ts';
import type { TransactionClient } from './transaction-client.ts';

function toTrade(row: Prisma.TradeGetPayload<object>): TradeRecord {
  return {
    id: row.id,
    userId: row.userId,
    portfolioId: row.portfolioId,
    runId: row.runId,
    agentId: row.agentId,
    instrumentId: row.instrumentId,
    symbol: row.symbol,
    product: row.product,
    direction: row.direction,
    status: row.status,
    quantity: exact(row.quantity),
    entryPrice: exact(row.entryPrice),
    entryAt: row.entryAt,
    exitPrice: exactOrNull(row.exitPrice),
    exitAt: row.exitAt,
    exitReason: row.exitReason,
    grossPnl: exactOrNull(row.grossPnl),
    charges: chargesOf(row),
    createdAt: row.createdAt,
  };
}

/** A trade as its row's columns. */
export function tradeColumns(trade: TradeRecord): Prisma.TradeCreateManyInput {
  const { charges, ...columns } = trade;
  return {
    ...columns,
    quantity: trade.quantity.toFixed(),
    entryPrice: trade.entryPrice.toFixed(),
    exitPrice: trade.exitPrice?.toFixed() ?? null,
    grossPnl: trade.grossPnl?.toFixed() ?? null,
    ...chargeColumns(charges),
  };
}

export function portfolioRows(client: TransactionClient): PortfolioRows {
  async function find(portfolioId: string): Promise<TradingPortfolio | null> {
    const portfolio = await client.portfolio.findFirst({
      where: { id: portfolioId, deletedAt: null },
      include: {
        reading: { select: { agreedAt: true } },
        brokerConnection: { select: { deletedAt: true } },
      },
    });
    if (portfolio === null) return null;
    const { id, userId, kind, feedId, reading, brokerConnection } = portfolio;
    const states = await client.tradingState.findMany({
      where: { OR: scopesOf(portfolioId, userId) },
      select: { state: true },
    });
    return {
      id,
      userId,
      kind,
      feedId,
      reachesBroker: kind === 'PAPER' || brokerConnection?.deletedAt === null,
      initialCapital: exact(portfolio.initialCapital),
      tradingState: strictestState(states.map(({ state }) => state)),
      reconciled: kind === 'PAPER' || (reading !== null && reading.agreedAt !== null),
    };
  }

  return {
    find,

    async lock(portfolioId: string): Promise<LockedPortfolio | null> {
      await client.$queryRaw`
        SELECT 1 FROM "TradingState"
        WHERE "scope" = 'PORTFOLIO' AND "scopeId" = ${portfolioId} FOR UPDATE`;
      return find(portfolioId);
    },

    async positions(portfolioId: string): Promise<readonly PositionRecord[]> {
      const rows = await client.position.findMany({
        where: { portfolioId },
        include: { instrument: { select: { multiplier: true } } },
      });
      return rows.map((row) => ({
        id: row.id,
        portfolioId,
        instrumentId: row.instrumentId,
        product: row.product,
        multiplier: exact(row.instrument.multiplier),
        buyQuantity: exact(row.buyQuantity),
        buyValue: exact(row.buyValue),
        sellQuantity: exact(row.sellQuantity),
        sellValue: exact(row.sellValue),
        realisedPnl: exact(row.realisedPnl),
        margin: exact(row.margin),
        settled: exact(row.settled),
        book: dayBookOfRow(row),
      }));
    },

    async savePosition(position: PositionRecord, at: Date): Promise<void> {
      const { portfolioId, instrumentId, product } = position;
      const columns = {
        buyQuantity: position.buyQuantity.toFixed(),
        buyValue: position.buyValue.toFixed(),
        sellQuantity: position.sellQuantity.toFixed(),
        sellValue: position.sellValue.toFixed(),
        realisedPnl: position.realisedPnl.toFixed(),
        margin: position.margin.toFixed(2),
        settled: position.settled.toFixed(2),
        ...dayBookColumns(position.book),
        updatedAt: at,
      };
      await client.position.upsert({
        where: {
          portfolioId_instrumentId_product: { portfolioId, instrumentId, product },
        },
        create: { id: position.id, portfolioId, instrumentId, product, ...columns },
        update: columns,
      });
    },

    async findTrade(tradeId: string, userId: string): Promise<TradeRecord | null> {
      const row = await client.trade.findUnique({ where: { id: tradeId, userId } });
      return row === null ? null : toTrade(row);
    },

    async openTrades(owner: {
      readonly portfolioId: string;
      readonly runId: string | null;
      readonly instrumentId: string;
      readonly product: Product;
    }): Promise<readonly TradeRecord[]> {
      const rows = await client.trade.findMany({
        where: { ...owner, status: 'OPEN' },
        orderBy: [{ entryAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toTrade);
    },

    async openTradesOfRun(runId: string): Promise<readonly TradeRecord[]> {
      const rows = await client.trade.findMany({
        where: { runId, status: 'OPEN' },
        orderBy: [{ entryAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toTrade);
    },

    async insertTrade(trade: TradeRecord): Promise<void> {
      await client.trade.create({ data: tradeColumns(trade) });
    },

    async saveTrade(trade: TradeRecord): Promise<void> {
      await client.trade.update({ where: { id: trade.id }, data: tradeColumns(trade) });
    },

    async post(transaction: LedgerTransaction): Promise<void> {
      const { id, lines, ...columns } = transaction;
      await client.ledgerEntry.createMany({
        data: lines.map(({ account, amount }) => ({
          ...columns,
          transactionId: id,
          account,
          amount: amount.toFixed(2),
        })),
      });
    },

    async postedCash(
      portfolioId: string,
      kind: LedgerTransaction['kind'],
      reference: string,
    ): Promise<Decimal | null> {
      const entry = await client.ledgerEntry.findUnique({
        where: {
          portfolioId_kind_reference_account: { portfolioId, kind, reference, account: 'CASH' },
        },
        select: { amount: true },
      });
      return entry === null ? null : exact(entry.amount);
    },

    async openTradesOfPortfolio(portfolioId: string): Promise<readonly TradeRecord[]> {
      const rows = await client.trade.findMany({
        where: { portfolioId, status: 'OPEN' },
        orderBy: [{ entryAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toTrade);
    },

    async countStartedAgents(portfolioId: string): Promise<number> {
      return client.agent.count({
        where: { portfolioId, deletedAt: null, status: { in: ['RUNNING', 'PAUSED'] } },
      });
    },

    async accruedCharges(portfolioId: string): Promise<Decimal> {
      const [row] = await client.$queryRaw<{ total: Prisma.Decimal | null }[]>`
        SELECT sum(item."brokerage" + item."securitiesTransactionTax"
          + item."exchangeTransactionCharge" + item."sebiTurnoverFee" + item."stampDuty"
          + item."goodsAndServicesTax") AS "total"
        FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE portfolio."id" = ${portfolioId}::uuid AND ${fillAwaitsNote}`;
      return exact(row?.total ?? 0);
    },

    async rename(portfolioId: string, name: string): Promise<void> {
      await client.portfolio.update({ where: { id: portfolioId }, data: { name } });
    },

    async beginEpoch(portfolioId: string, initialCapital: Decimal, at: Date): Promise<void> {
      await client.portfolio.update({
        where: { id: portfolioId },
        data: { initialCapital: initialCapital.toFixed(2), epochStartedAt: at },
      });
    },

    async balance(portfolioId: string, account: LedgerAccount): Promise<Decimal> {
      const { _sum: sum } = await client.ledgerEntry.aggregate({
        where: { portfolioId, account },
        _sum: { amount: true },
      });
      return exact(sum.amount ?? 0);
    },

    async daysWithoutNote(
      portfolioId: string,
      feedId: string,
      throughDay: string,
    ): Promise<readonly string[]> {
      const rows = await client.$queryRaw<{ tradingDay: Date }[]>`
        SELECT DISTINCT item."tradingDay" FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE item."portfolioId" = ${portfolioId}::uuid AND item."feedId" = ${feedId}::uuid
          AND item."tradingDay" <= ${throughDay}::date AND ${fillAwaitsNote}
        ORDER BY item."tradingDay"`;
      return rows.map(({ tradingDay }) => dayOf(tradingDay));
    },

    async fillsOfDay(
      portfolioId: string,
      feedId: string,
      tradingDay: string,
    ): Promise<readonly FillRecord[]> {
      const portfolio = await client.portfolio.findUnique({
        where: { id: portfolioId },
        select: { epochStartedAt: true },
      });
      const rows = await client.fill.findMany({
        where: {
          portfolioId,
          feedId,
          tradingDay: dateColumn(tradingDay),
          createdAt: { gte: portfolio?.epochStartedAt ?? new Date(0) },
        },
        orderBy: [{ executedAt: 'asc' }, { createdAt: 'asc' }],
      });
      return rows.map((row) => ({
        id: row.id,
        orderId: row.orderId,
        userId: row.userId,
        portfolioId,
        runId: row.runId,
        instrumentId: row.instrumentId,
        feedId,
        tradeId: row.tradeId,
        side: row.side,
        product: row.product,
        quantity: exact(row.quantity),
        price: exact(row.price),
        executedAt: row.executedAt,
        tradingDay,
        charges: chargesOf(row),
        createdAt: row.createdAt,
      }));
    },

    async insertContractNote(note: ContractNoteRecord): Promise<void> {
      const { charges, depositoryParticipantCharge, total, tradingDay, ...columns } = note;
      await client.contractNote.create({
        data: {
          ...columns,
          tradingDay: dateColumn(tradingDay),
          ...chargeColumns(charges),
          depositoryParticipantCharge: depositoryParticipantCharge.toFixed(),
          total: total.toFixed(),
        },
      });
    },

    saveSnapshot: (snapshot) => saveSnapshot(client, snapshot),

    async postedAfter(portfolioId: string, account: LedgerAccount, after: Date): Promise<Decimal> {
      const { _sum: sum } = await client.ledgerEntry.aggregate({
        where: { portfolioId, account, postedAt: { gt: after } },
        _sum: { amount: true },
      });
      return exact(sum.amount ?? 0);
    },

    async tradedAfter(portfolioId: string, feedId: string, after: Date) {
      const rows = await client.$queryRaw<
        { instrumentId: string; units: Prisma.Decimal; paid: Prisma.Decimal }[]
      >`
        SELECT "instrumentId", sum("units") AS "units", sum("paid") AS "paid" FROM (
          SELECT fill."instrumentId", side."sign" * fill."quantity" AS "units",
            side."sign" * fill."quantity" * fill."price" * instrument."multiplier" AS "paid"
          FROM "Fill" fill JOIN "Instrument" instrument ON instrument."id" = fill."instrumentId"
          CROSS JOIN LATERAL (SELECT CASE fill."side" WHEN 'BUY' THEN 1 ELSE -1 END AS "sign") side
          WHERE fill."portfolioId" = ${portfolioId}::uuid AND fill."feedId" = ${feedId}::uuid
            AND fill."executedAt" > ${after}
          -- Units of a split stay: the prices of now are those of its units.
          UNION ALL SELECT "instrumentId", 0, -"cash" FROM "CorporateEntitlement"
          WHERE "portfolioId" = ${portfolioId}::uuid AND "feedId" = ${feedId}::uuid
            AND "appliedAt" > ${after}
        ) later GROUP BY "instrumentId"`;
      return new Map(
        rows.map(({ instrumentId, units, paid }) => [
          instrumentId,
          { units: exact(units), paid: exact(paid) },
        ]),
      );
    },

    async followers(feedId: string) {
      return client.$queryRaw<{ id: string; since: Date; writtenThrough: Date | null }[]>`
        SELECT portfolio."id", ${startOnFeed} AS "since",
          (SELECT max(item."time") FROM "PortfolioSnapshot" item
           WHERE item."portfolioId" = portfolio."id" AND item."feedId" = portfolio."feedId"
             AND item."createdAt" >= ${startOnFeed}) AS "writtenThrough"
        FROM "Portfolio" portfolio
        WHERE portfolio."feedId" = ${feedId}::uuid AND portfolio."deletedAt" IS NULL
        ORDER BY portfolio."id"`;
    },

    async onFeed(feedId: string) {
      return client.portfolio.findMany({
        where: { deletedAt: null, OR: [{ feedId }, { orders: { some: { feedId } } }] },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
    },
  };
}

function scopesOf(portfolioId: string, userId: string) {
  return [
    { scope: 'PLATFORM', scopeId: platformScopeId },
    { scope: 'USER', scopeId: userId },
    { scope: 'PORTFOLIO', scopeId: portfolioId },
  ] as const satisfies Prisma.TradingStateWhereInput[];
}

import type { PortfolioRows, TradeRecord } from '@nandax/app/ports/portfolios.ts';
import { finalRunStatuses } from '@nandax/app/records.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { Decimal } from 'decimal.js';
import type { Prisma } from '../generated/client.ts';
import { exact, exactOrNull } from './exact.ts';
import { chargeColumns, chargesOf } from './order-rows.ts';
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
    entryReason: row.entryReason,
    exitPrice: exactOrNull(row.exitPrice),
    exitAt: row.exitAt,
    exitReason: row.exitReason,
    grossPnl: exactOrNull(row.grossPnl),
    charges: chargesOf(row),
    entryRequestId: row.entryRequestId,
    exitRequestId: row.exitRequestId,
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

/** Trades that a run opened; of the user (null) also those that ended runs left. */
function heldBy(runId: string | null): Prisma.TradeWhereInput {
  if (runId !== null) return { runId };
  const orders = { none: { status: { in: [...workingStatuses] } } };
  return { OR: [{ runId: null }, { run: { status: { in: [...finalRunStatuses] }, orders } }] };
}

type TradeRows = Pick<
  PortfolioRows,
  | 'findTrade'
  | 'openTrades'
  | 'openTradesOfRun'
  | 'openTradesOfPortfolio'
  | 'closedTradesOfRun'
  | 'netOfClosedTrades'
  | 'insertTrade'
  | 'saveTrade'
>;

/** Trades of portfolios and of runs. */
export function tradeRows(client: TransactionClient): TradeRows {
  return {
    async findTrade(tradeId: string, userId: string): Promise<TradeRecord | null> {
      const row = await client.trade.findUnique({ where: { id: tradeId, userId } });
      return row === null ? null : toTrade(row);
    },

    async openTrades({
      runId,
      ...owner
    }: {
      readonly portfolioId: string;
      readonly runId: string | null;
      readonly instrumentId: string;
      readonly product: Product;
    }): Promise<readonly TradeRecord[]> {
      const rows = await client.trade.findMany({
        where: { ...owner, ...heldBy(runId), status: 'OPEN' },
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

    async openTradesOfPortfolio(portfolioId: string): Promise<readonly TradeRecord[]> {
      const rows = await client.trade.findMany({
        where: { portfolioId, status: 'OPEN' },
        orderBy: [{ entryAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toTrade);
    },

    async closedTradesOfRun(runId: string): Promise<readonly TradeRecord[]> {
      const rows = await client.trade.findMany({
        where: { runId, status: 'CLOSED' },
        orderBy: [{ exitAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toTrade);
    },

    async netOfClosedTrades(runId: string): Promise<Decimal> {
      const { _sum: sums } = await client.trade.aggregate({
        where: { runId, status: 'CLOSED' },
        _sum: {
          grossPnl: true,
          brokerage: true,
          securitiesTransactionTax: true,
          exchangeTransactionCharge: true,
          sebiTurnoverFee: true,
          stampDuty: true,
          goodsAndServicesTax: true,
        },
      });
      const { grossPnl, ...charges } = sums;
      return Object.values(charges).reduce<Decimal>(
        (net, charge) => net.minus(exactOrNull(charge) ?? 0),
        exactOrNull(grossPnl) ?? new Decimal(0),
      );
    },

    async insertTrade(trade: TradeRecord): Promise<void> {
      await client.trade.create({ data: tradeColumns(trade) });
    },

    async saveTrade(trade: TradeRecord): Promise<void> {
      await client.trade.update({ where: { id: trade.id }, data: tradeColumns(trade) });
    },
  };
}

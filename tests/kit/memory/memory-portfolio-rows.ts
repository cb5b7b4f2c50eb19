import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { Decimal } from 'decimal.js';
import type { PortfolioRows, TradeRecord } from '@nandax/app/ports/portfolios.ts';
import type { MemoryTransaction } from './memory-database.ts';
import { partial } from './partial.ts';

/** Portfolios, positions, trades and ledger as adapters/prisma/trading/portfolio-rows.ts keeps them. */
export function memoryPortfolioRows(transaction: MemoryTransaction): PortfolioRows {
  function openTrades(matches: (trade: TradeRecord) => boolean): readonly TradeRecord[] {
    return transaction
      .all('Trade')
      .filter((trade) => trade.status === 'OPEN' && matches(trade))
      .sort((a, b) => Number(a.entryAt) - Number(b.entryAt) || (a.id < b.id ? -1 : 1));
  }

  return partial<PortfolioRows>('portfolios', {
    async lock(portfolioId) {
      await transaction.turn();
      await transaction.lock(`TradingState ${portfolioId}`);
      return transaction.get('Portfolio', portfolioId);
    },

    async positions(portfolioId) {
      await transaction.turn();
      return transaction.all('Position').filter((position) => position.portfolioId === portfolioId);
    },

    async savePosition(position) {
      await transaction.turn();
      const { portfolioId, instrumentId, product } = position;
      await transaction.put('Position', `${portfolioId} ${instrumentId} ${product}`, position);
    },

    async openTrades(owner) {
      await transaction.turn();
      return openTrades(
        (trade) =>
          trade.portfolioId === owner.portfolioId &&
          trade.runId === owner.runId &&
          trade.instrumentId === owner.instrumentId &&
          trade.product === owner.product,
      );
    },

    async insertTrade(trade) {
      await transaction.turn();
      requireOrderedTimes(trade);
      await transaction.insert('Trade', trade.id, trade);
    },

    async saveTrade(trade) {
      await transaction.turn();
      requireOrderedTimes(trade);
      await transaction.put('Trade', trade.id, trade);
    },

    async post(posted) {
      await transaction.turn();
      const key = `${posted.portfolioId} ${posted.kind} ${posted.reference}`;
      await transaction.insert('LedgerTransaction', key, posted);
    },

    // No day is closed in memory, so that every fill awaits its note.
    async accruedCharges(portfolioId) {
      await transaction.turn();
      return transaction
        .all('Fill')
        .filter((fill) => fill.portfolioId === portfolioId)
        .reduce((sum, { charges }) => sum.plus(totalOfCharges(charges)), new Decimal(0));
    },

    async salesWithoutNote(portfolioId) {
      await transaction.turn();
      return transaction
        .all('Fill')
        .filter((fill) => fill.portfolioId === portfolioId && fill.side === 'SELL')
        .map(({ instrumentId, product, tradingDay: day }) => ({ instrumentId, product, day }));
    },

    async balance(portfolioId, account) {
      await transaction.turn();
      return transaction
        .all('LedgerTransaction')
        .filter((posted) => posted.portfolioId === portfolioId)
        .flatMap(({ lines }) => lines)
        .filter((line) => line.account === account)
        .reduce((sum, { amount }) => sum.plus(amount), new Decimal(0));
    },
  });
}

/** The database's constraint Trade_times_ordered. */
function requireOrderedTimes({ id, entryAt, exitAt }: TradeRecord): void {
  if (exitAt !== null && exitAt < entryAt) throw new Error(`trade ${id} ends before it begins`);
}

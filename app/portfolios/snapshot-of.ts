import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import { averagePriceOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { LedgerAccount } from '@nandax/core/portfolio/postings.ts';
import { Decimal } from 'decimal.js';
import type {
  PortfolioSnapshotRecord,
  PositionMarkRecord,
  PositionRecord,
  TradedSum,
} from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Which portfolio is marked to which market, and when. */
export interface SnapshotMoment {
  readonly portfolioId: string;
  readonly feedId: string;
  /** Market time. */
  readonly time: Date;
  /** Whether something may have happened on this live feed since; it is left out. */
  readonly late: boolean;
}

const zero = new Decimal(0);
const one = new Decimal(1);

/**
 * A portfolio marked to the market: its books, with each instrument at its last price on the feed. The
 * feed keeps last prices only, so a live day that is marked after the next has begun has the prices of
 * then, beside the books of its close. An instrument that never had a price counts at its cost.
 */
export async function snapshotOf(
  rows: StoreTransaction,
  moment: SnapshotMoment,
): Promise<Omit<PortfolioSnapshotRecord, 'createdAt'>> {
  const { portfolioId, feedId, time, late } = moment;
  const balance = async (account: LedgerAccount) => {
    const now = await rows.portfolios.balance(portfolioId, account);
    return late ? now.minus(await rows.portfolios.postedAfter(portfolioId, account, time)) : now;
  };
  const held = await rows.portfolios.positions(portfolioId);
  const later = late ? await rows.portfolios.tradedAfter(portfolioId, feedId, time) : noTrades;
  const marks = await marksOf(rows, moment, held, later);

  const worth = sumOf(marks, ({ value }) => value);
  const paidNow = sumOf(held, ({ buyValue, sellValue }) => buyValue.minus(sellValue));
  const paid = paidNow.minus(sumOf([...later.values()], (traded) => traded.paid));
  const realisedPnl = (await balance('REALISED_PNL')).negated();
  const unrealisedPnl = worth.minus(paid).minus(realisedPnl);
  const cash = await balance('CASH');
  const tiedUp = Decimal.sum(
    await balance('MARGIN'),
    await balance('SECURITIES'),
    await balance('SETTLEMENT'),
  );
  return {
    portfolioId,
    feedId,
    time,
    cash,
    equity: cash.plus(tiedUp).plus(unrealisedPnl),
    realisedPnl,
    unrealisedPnl,
    charges: await balance('CHARGES'),
    marks,
  };
}

const noTrades: ReadonlyMap<string, TradedSum> = new Map();

async function marksOf(
  rows: StoreTransaction,
  { portfolioId, feedId }: SnapshotMoment,
  held: readonly PositionRecord[],
  later: ReadonlyMap<string, TradedSum>,
): Promise<readonly PositionMarkRecord[]> {
  const quotes = await rows.feeds.quotes(feedId);
  const lastPrices = new Map(quotes.map((quote) => [quote.instrumentId, quote.lastPrice]));
  const open = await rows.portfolios.openTradesOfPortfolio(portfolioId);
  const owned = new Set(open.map(({ instrumentId }) => instrumentId));
  const marks: PositionMarkRecord[] = [];
  for (const instrumentId of new Set(held.map((position) => position.instrumentId))) {
    const positions = held.filter((position) => position.instrumentId === instrumentId);
    const quantity = sumOf(positions, netQuantityOf).minus(later.get(instrumentId)?.units ?? zero);
    if (quantity.isZero() && !owned.has(instrumentId)) continue;
    const price = lastPrices.get(instrumentId) ?? costPriceOf(positions);
    const value = contractValueOf(quantity, price, positions[0]?.multiplier ?? one);
    marks.push({
      instrumentId,
      quantity,
      price,
      value: value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP),
    });
  }
  return marks;
}

function sumOf<T>(items: readonly T[], amountOf: (item: T) => Decimal): Decimal {
  return items.reduce((sum, item) => sum.plus(amountOf(item)), zero);
}

/** Rupees a unit that an instrument without any price counts at, so that no profit is made up. */
function costPriceOf(positions: readonly PositionRecord[]): Decimal {
  const known = positions.map(averagePriceOf).find((price) => price !== null);
  return (known ?? zero).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
}

import { noCharges } from '@nandax/core/charges/accrued-charges.ts';
import { matchFill, type ClosedSlice } from '@nandax/core/portfolio/fifo.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { postingsOfOffset } from '@nandax/core/portfolio/postings.ts';
import { isPaidInFull } from '@nandax/core/portfolio/settlement.ts';
import { tradeOf } from '@nandax/core/portfolio/trade.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { Decimal } from 'decimal.js';
import { portfolioEvent } from '../orders/order-event.ts';
import type { EventDraft } from '../ports/events.ts';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';
import { lotOf, saveClosedSlice } from './save-closed-slice.ts';
import { tradeEvent } from './trade-event.ts';

/** A position whose trades are set against each other, and when. */
export interface OffsetPlace {
  readonly portfolioId: string;
  readonly feedId: string | null;
  readonly instrumentId: string;
  readonly product: Product;
  /** Market time. */
  readonly time: Date;
  /** Wall clock. */
  readonly at: Date;
}

/** Open trades that are held against each other, each oldest first. */
export interface OpposedTrades {
  readonly longs: readonly TradeRecord[];
  readonly shorts: readonly TradeRecord[];
  /** Units that leave of each side at most; left out: as many as both have. */
  readonly most?: Decimal;
}

/**
 * Sets trades of two owners that are held against each other off, within the caller's transaction and
 * under the portfolio's lock. At the broker they came to nothing long ago, so no order is sent: as many
 * units of each side close, both at the last price (decision 19), and what their costs leave is booked.
 * The position, its net quantity and its margin stay. Returns what the user is to be told.
 */
export async function offsetTrades(
  rows: StoreTransaction,
  ids: IdSource,
  place: OffsetPlace,
  { longs, shorts, most }: OpposedTrades,
): Promise<readonly EventDraft[]> {
  const { portfolioId, instrumentId, product, time, at } = place;
  const both = Decimal.min(unitsOf(longs), unitsOf(shorts));
  const units = most === undefined ? both : Decimal.min(both, most);
  if (!units.greaterThan(0)) return [];
  const instrument = await rows.runs.findInstrument(instrumentId);
  const positions = await rows.portfolios.positions(portfolioId);
  const position = positions.find(
    (held) => held.instrumentId === instrumentId && held.product === product,
  );
  if (instrument === null || position === undefined) throw new Error('an open place is gone');
  const { multiplier } = instrument;
  const price = await priceOf(rows, place, [...longs, ...shorts]);
  const exitTime = Math.max(time.getTime(), ...[...longs, ...shorts].map(enteredAt));
  const drafts: EventDraft[] = [];
  const slices: ClosedSlice[] = [];
  for (const [trades, side] of [
    [longs, 'SELL'],
    [shorts, 'BUY'],
  ] as const) {
    const fill = { id: '', side, quantity: units, price, multiplier };
    const { closed } = matchFill(
      trades.map((trade) => lotOf(trade, multiplier)),
      { ...fill, time: exitTime, charges: noCharges },
    );
    for (const [index, slice] of closed.entries()) {
      const entry = trades[index];
      if (entry === undefined) throw new Error('a closed slice has no open trade');
      const offset = closedBy(entry, slice);
      const saved = await saveClosedSlice(rows, ids, entry, slice, offset, at);
      drafts.push(tradeEvent(saved, 'TRADE_CLOSED'));
    }
    slices.push(...closed);
  }
  const flat = netQuantityOf(position).isZero();
  // What evenings paid for it went along with the fill that made it flat; what they paid since goes now.
  const settled = flat ? new Decimal(0) : position.settled;
  const lines = postingsOfOffset(slices, {
    paidInFull: isPaidInFull(product, instrument.type),
    settledChange: settled.minus(position.settled),
  });
  if (lines.length > 0) {
    await rows.portfolios.post({
      id: ids.uuid(),
      portfolioId,
      kind: 'OFFSET',
      reference: ids.uuid(),
      description: `${units.toFixed()} ${instrument.tradingSymbol} of two owners set against each other`,
      postedAt: time,
      createdAt: at,
      lines,
    });
  }
  const profit = lines.find(({ account }) => account === 'REALISED_PNL')?.amount.negated();
  const realisedPnl = position.realisedPnl.plus(profit ?? 0);
  await rows.portfolios.savePosition({ ...position, realisedPnl, settled }, at);
  return [...drafts, portfolioEvent(portfolioId)];
}

/** Units of open trades. */
export function unitsOf(trades: readonly TradeRecord[]): Decimal {
  return Decimal.sum(0, ...trades.map(({ quantity }) => quantity));
}

function closedBy(entry: TradeRecord, slice: ClosedSlice): TradeRecord {
  const { quantity, exitPrice, exitTime, grossPnl, charges } = tradeOf(slice);
  const exitAt = new Date(exitTime);
  const left = { quantity, exitPrice, exitAt, grossPnl, charges };
  return { ...entry, ...left, status: 'CLOSED', exitReason: 'OFFSET', exitRequestId: null };
}

/** The last price; where none is known, that of the youngest entry. */
async function priceOf(
  rows: StoreTransaction,
  { feedId, instrumentId }: OffsetPlace,
  trades: readonly TradeRecord[],
): Promise<Decimal> {
  const quote = feedId === null ? null : await rows.feeds.quote(feedId, instrumentId);
  if (quote !== null) return quote.lastPrice;
  const [youngest] = [...trades].sort((a, b) => enteredAt(b) - enteredAt(a));
  return (youngest?.entryPrice ?? new Decimal(0)).toDecimalPlaces(4);
}

function enteredAt({ entryAt }: TradeRecord): number {
  return entryAt.getTime();
}

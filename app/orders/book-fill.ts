import {
  addCharges,
  noCharges,
  type AccruedCharges,
} from '@nandax/core/charges/accrued-charges.ts';
import { chargesOfFill } from '@nandax/core/charges/order-charges.ts';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import type { Execution } from '@nandax/core/order/order.ts';
import {
  matchFill,
  type ClosedSlice,
  type Lot,
  type OwnedFill,
} from '@nandax/core/portfolio/fifo.ts';
import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import { addToDayBook, emptyDayBook } from '@nandax/core/portfolio/day-book.ts';
import { addToPosition, emptyPositionOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { postingsOfFill } from '@nandax/core/portfolio/postings.ts';
import { isPaidInFull, settledAfterFill } from '@nandax/core/portfolio/settlement.ts';
import { tradeOf } from '@nandax/core/portfolio/trade.ts';
import { findMarginRate, marginAfterFill, unitMarginOf } from '@nandax/core/risk/margin.ts';
import { Decimal } from 'decimal.js';
import { applyCorporateActions } from '../corporate/apply-corporate-actions.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { PositionRecord, TradeRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { lotOf, saveClosedSlice } from '../portfolios/save-closed-slice.ts';
import { settleOpposed } from '../portfolios/settle-opposed.ts';
import { tradeEvent } from '../portfolios/trade-event.ts';
import type { IdSource } from '../ports/world.ts';
import type { InstrumentRecord } from '../records.ts';
import type { BookingRates } from './booking-rates.ts';
import { entryReasonOf } from './entry-reason.ts';

export interface FillToBook {
  /** The order before this execution. */
  readonly order: OrderRecord;
  readonly agentId: string | null;
  readonly instrument: InstrumentRecord;
  readonly execution: Execution;
  readonly rates: BookingRates;
  /** Wall clock. */
  readonly at: Date;
}

/**
 * Books one execution everywhere it belongs, within the caller's transaction and under the
 * portfolio's lock: fill with its charges, FIFO trades of the owner, position, ledger. Returns what
 * the user is to be told.
 */
export async function bookFill(
  rows: StoreTransaction,
  ids: IdSource,
  booking: FillToBook,
): Promise<readonly EventDraft[]> {
  const { order, instrument, execution, at } = booking;
  const { multiplier } = instrument;
  const fillId = ids.uuid();
  const { userId, portfolioId, runId, instrumentId, side, product } = order;
  const executedAt = new Date(execution.time);
  const tradingDay = exchangeDateOf(execution.time);
  const market = { portfolioId, feedId: order.feedId, day: tradingDay, time: executedAt, at };
  const restated = await applyCorporateActions(rows, ids, market);
  const charges = chargesOfExecution(booking, tradingDay);
  await rows.orders.insertFill({
    id: fillId,
    orderId: order.id,
    userId,
    portfolioId,
    runId,
    instrumentId,
    feedId: order.feedId,
    tradeId: execution.tradeId,
    side,
    product,
    quantity: execution.quantity,
    price: execution.price,
    executedAt,
    tradingDay,
    charges,
    createdAt: at,
  });

  // What ended runs left to the user may be held against them, where an end was not told to the books.
  const opposed =
    runId === null ? await settleOpposed(rows, ids, { ...market, instrumentId, product }) : [];
  const open = await rows.portfolios.openTrades({ portfolioId, runId, instrumentId, product });
  const fill: OwnedFill = {
    id: fillId,
    side,
    quantity: execution.quantity,
    price: execution.price,
    multiplier,
    time: execution.time,
    charges,
  };
  const outcome = matchFill(
    open.map((trade) => lotOf(trade, multiplier)),
    fill,
  );
  const closed = await closeTrades(rows, ids, booking, open, outcome.closed);
  const opened =
    outcome.opened === null ? [] : [await openTrade(rows, ids, booking, outcome.opened)];

  const before = await positionBefore(rows, ids, booking);
  const traded = addToPosition(before, side, execution.quantity, execution.price);
  const margin = marginOf(booking, before, netQuantityOf(traded), tradingDay);
  const settled = settledAfterFill(
    { netQuantity: netQuantityOf(before), settled: before.settled },
    netQuantityOf(traded),
  );
  const lines = postingsOfFill(fill, outcome, {
    paidInFull: isPaidInFull(product, instrument.type),
    marginChange: margin.minus(before.margin),
    settledChange: settled.minus(before.settled),
  });
  await rows.portfolios.post({
    id: ids.uuid(),
    portfolioId,
    kind: 'FILL',
    reference: fillId,
    description: `${side} ${execution.quantity.toFixed()} ${instrument.tradingSymbol} @ ${execution.price.toFixed(2)}`,
    postedAt: executedAt,
    createdAt: at,
    lines,
  });
  const profit = lines.find(({ account }) => account === 'REALISED_PNL')?.amount.negated();
  const realisedPnl = before.realisedPnl.plus(profit ?? 0);
  const { price, quantity } = execution;
  const day = { feedId: order.feedId, date: tradingDay };
  const book = addToDayBook(before.book, { day, side, quantity, price, multiplier });
  await rows.portfolios.savePosition({ ...traded, realisedPnl, margin, settled, book }, at);

  return [
    ...restated,
    ...opposed,
    ...closed.map((trade) => tradeEvent(trade, 'TRADE_CLOSED')),
    ...opened.map((trade) => tradeEvent(trade, 'TRADE_OPENED')),
  ];
}

function chargesOfExecution(booking: FillToBook, tradingDay: string): AccruedCharges {
  const { order, instrument, execution, rates } = booking;
  const serving = rates.rateCards.serving(order.product, instrument, tradingDay);
  // The door enters nothing of an exchange without a rate card, but lets go of what is held: what
  // nobody can price is booked without charges rather than not at all, and gets no contract note.
  if (serving === null) return noCharges;
  let turnoverBefore = new Decimal(0);
  for (const { quantity, price } of order.executions.values()) {
    turnoverBefore = turnoverBefore.plus(contractValueOf(quantity, price, instrument.multiplier));
  }
  const turnover = contractValueOf(execution.quantity, execution.price, instrument.multiplier);
  // The platform stands in for the broker, who takes a fee for what he squares off; a run leaves by itself.
  const byBroker = order.source === 'SQUARE_OFF' && order.runId === null;
  const handling = byBroker ? 'BROKER' : 'OWNER';
  return chargesOfFill(serving.rates, order.side, turnoverBefore, turnover, handling);
}

async function closeTrades(
  rows: StoreTransaction,
  ids: IdSource,
  { order, at }: FillToBook,
  open: readonly TradeRecord[],
  slices: readonly ClosedSlice[],
): Promise<readonly TradeRecord[]> {
  const closed: TradeRecord[] = [];
  for (const [index, slice] of slices.entries()) {
    const entry = open[index];
    if (entry === undefined) throw new Error('a closed slice has no open trade');
    const { direction, entryPrice, entryTime, grossPnl, exitPrice, exitTime, quantity } =
      tradeOf(slice);
    const trade: TradeRecord = {
      ...entry,
      status: 'CLOSED',
      direction,
      entryPrice,
      entryAt: new Date(entryTime),
      // A fill from before the lot's was the entry, as `tradeOf` says.
      entryReason:
        exitTime === slice.exitTime ? entry.entryReason : await entryReasonOf(rows.runs, order),
      quantity,
      exitPrice,
      exitAt: new Date(exitTime),
      exitReason: exitReasonOf(order),
      exitRequestId: order.orderRequestId,
      grossPnl,
      charges: addCharges(slice.entryCharges, slice.exitCharges),
    };
    closed.push(await saveClosedSlice(rows, ids, entry, slice, trade, at));
  }
  return closed;
}

/** A protection's exit was sent as a stop; as a LIMIT order it takes the target. */
function exitReasonOf({ source, type, intent }: OrderRecord): string {
  return source === 'PROTECTIVE_STOP' && type === 'LIMIT' ? 'TAKE_PROFIT' : intent;
}

async function openTrade(
  rows: StoreTransaction,
  ids: IdSource,
  { order, agentId, instrument, at }: FillToBook,
  lot: Lot,
): Promise<TradeRecord> {
  const trade: TradeRecord = {
    id: ids.uuid(),
    userId: order.userId,
    portfolioId: order.portfolioId,
    runId: order.runId,
    agentId,
    instrumentId: instrument.id,
    symbol: instrument.tradingSymbol,
    product: order.product,
    direction: lot.direction,
    status: 'OPEN',
    quantity: lot.quantity,
    entryPrice: lot.price,
    entryAt: new Date(lot.time),
    entryReason: await entryReasonOf(rows.runs, order),
    exitPrice: null,
    exitAt: null,
    exitReason: null,
    grossPnl: null,
    charges: lot.charges,
    entryRequestId: order.orderRequestId,
    exitRequestId: null,
    createdAt: at,
  };
  await rows.portfolios.insertTrade(trade);
  return trade;
}

async function positionBefore(
  rows: StoreTransaction,
  ids: IdSource,
  { order, instrument }: FillToBook,
): Promise<PositionRecord> {
  const { portfolioId, instrumentId, product } = order;
  const positions = await rows.portfolios.positions(portfolioId);
  const position = positions.find(
    (held) => held.instrumentId === instrumentId && held.product === product,
  );
  const nothing = new Decimal(0);
  return (
    position ?? {
      ...emptyPositionOf(instrument.multiplier),
      id: ids.uuid(),
      portfolioId,
      instrumentId,
      product,
      realisedPnl: nothing,
      margin: nothing,
      settled: nothing,
      book: emptyDayBook,
    }
  );
}

/** Rupees of margin that the position blocks once the fill has taken it to `netQuantity`. */
function marginOf(
  { order, instrument, execution, rates }: FillToBook,
  before: PositionRecord,
  netQuantity: Decimal,
  tradingDay: string,
): Decimal {
  const place = { instrument, product: order.product, side: order.side };
  const { rate } = findMarginRate(rates.marginRates, place, tradingDay);
  return marginAfterFill(
    { netQuantity: netQuantityOf(before), margin: before.margin },
    netQuantity,
    unitMarginOf(place, execution.price, rate),
  );
}

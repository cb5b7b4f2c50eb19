import { createHash } from 'node:crypto';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { plainTerms, unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { askForCancels } from '../orders/cancel-order.ts';
import { passDoor, standalone, type DoorData } from '../orders/pass-door.ts';
import { endProtection } from '../protection/end-protection.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { EventDraft } from '../ports/events.ts';
import type { InstrumentRecord } from '../records.ts';

type SquareOffPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/** What the square-off of a portfolio asks for. */
export interface AskedCancels {
  /** Orders that the broker is being asked for; their jobs ask too. */
  readonly orderIds: readonly string[];
  readonly drafts: readonly EventDraft[];
}

/**
 * Asks for the intraday orders back that people have working, as a broker does before he squares off;
 * otherwise a limit could open anew what was left. Within the caller's transaction.
 */
export async function cancelIntradayOrders(
  rows: StoreTransaction,
  ports: SquareOffPorts,
  markets: MarketBook,
  portfolio: LockedPortfolio,
  marketTime: Date,
): Promise<AskedCancels> {
  const pending: OrderRecord[] = [];
  for (const order of await rows.orders.working(portfolio.id)) {
    if (order.runId !== null || order.product !== 'MIS' || order.source === 'SQUARE_OFF') continue;
    const instrument = await instrumentOf(rows, order.instrumentId);
    if (isDue(markets, instrument, marketTime)) pending.push(order);
  }
  const { drafts } = await askForCancels(rows, ports, pending, systemActor);
  const ended = await endIntradayProtections(rows, ports, markets, portfolio, marketTime);
  return { orderIds: pending.map(({ id }) => id), drafts: [...drafts, ...ended] };
}

/** From its square-off on nothing of an intraday position is to rest again. */
async function endIntradayProtections(
  rows: StoreTransaction,
  ports: SquareOffPorts,
  markets: MarketBook,
  portfolio: LockedPortfolio,
  marketTime: Date,
): Promise<readonly EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const protection of await rows.protections.activeOf(portfolio.id)) {
    if (protection.product !== 'MIS') continue;
    if (!isDue(markets, await instrumentOf(rows, protection.instrumentId), marketTime)) continue;
    const reason = 'Its position is squared off.';
    drafts.push(await endProtection(rows, ports, protection, reason, 'REMOVED'));
  }
  return drafts;
}

/**
 * Sends orders at market against the intraday positions that people hold by their own orders in a
 * portfolio, through the one door; a run's positions are its own decision's. Each instrument is left
 * from the square-off time of its segment on, once nothing else of it is working. What an earlier
 * square-off is still to leave is not sent again, and repeating a moment sends nothing. Returns what
 * the user is to be told, within the caller's transaction.
 */
export async function squareOffPositions(
  rows: StoreTransaction,
  ports: SquareOffPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  marketTime: Date,
): Promise<readonly EventDraft[]> {
  const working = await rows.orders.working(portfolio.id);
  const drafts: EventDraft[] = [];
  for (const { instrumentId, product } of await rows.portfolios.positions(portfolio.id)) {
    if (product !== 'MIS') continue;
    const leaving = working.filter(
      (order) => order.source === 'SQUARE_OFF' && isOf(order, instrumentId),
    );
    const quantity = leaving.reduce(
      (sum, order) => sum.plus(signedUnfilled(order)),
      await heldByHand(rows, portfolio.id, instrumentId),
    );
    if (quantity.isZero()) continue;
    const instrument = await instrumentOf(rows, instrumentId);
    if (!isDue(data.markets, instrument, marketTime)) continue;
    // A cancel that has no answer yet may still become a fill; the minute after knows.
    const inDoubt = working.some(
      (order) => order.source !== 'SQUARE_OFF' && isOf(order, instrumentId),
    );
    if (inDoubt) continue;
    const requestHash = createHash('sha256')
      .update([portfolio.feedId, portfolio.id, instrumentId, marketTime.getTime()].join(' '))
      .digest('hex');
    const idempotencyKey = `square-off:${requestHash.slice(0, 40)}`;
    if ((await rows.orders.findRequest(portfolio.userId, idempotencyKey)) !== null) continue;
    const isLong = quantity.isPositive();
    const passed = await passDoor(rows, ports, data, portfolio, {
      idempotencyKey,
      requestHash,
      kind: 'SINGLE',
      source: 'SQUARE_OFF',
      actor: systemActor,
      intent: 'SQUARE_OFF',
      marketTime,
      legs: [
        {
          instrument,
          ...standalone,
          reduceOnly: true,
          terms: {
            ...plainTerms,
            side: isLong ? 'SELL' : 'BUY',
            type: 'MARKET',
            product,
            quantity: quantity.abs(),
          },
        },
      ],
    });
    drafts.push(...passed.drafts);
  }
  return drafts;
}

async function instrumentOf(rows: StoreTransaction, id: string): Promise<InstrumentRecord> {
  const instrument = await rows.runs.findInstrument(id);
  if (instrument === null) throw new Error(`instrument ${id} is gone`);
  return instrument;
}

/** Whether the square-off time of its segment has come; where that is not known, the feed's has. */
function isDue(markets: MarketBook, instrument: InstrumentRecord, marketTime: Date): boolean {
  const time = marketTime.getTime();
  const session = markets.hoursOf(instrument)?.calendar.dayAt(time).session ?? null;
  return session === null || time >= session.squareOff;
}

/** Units that people's own orders hold, negative when short. */
async function heldByHand(
  rows: StoreTransaction,
  portfolioId: string,
  instrumentId: string,
): Promise<Decimal> {
  const owner = { portfolioId, runId: null, instrumentId, product: 'MIS' } as const;
  const trades = await rows.portfolios.openTrades(owner);
  return trades.reduce(
    (sum, { direction, quantity }) =>
      direction === 'LONG' ? sum.plus(quantity) : sum.minus(quantity),
    new Decimal(0),
  );
}

function isOf(order: OrderRecord, instrumentId: string): boolean {
  return order.runId === null && order.product === 'MIS' && order.instrumentId === instrumentId;
}

/** Units the order may still bring: positive when it buys. */
function signedUnfilled(order: OrderRecord): Decimal {
  const unfilled = unfilledQuantityOf(order);
  return order.side === 'BUY' ? unfilled : unfilled.negated();
}

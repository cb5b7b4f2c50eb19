import { createHash } from 'node:crypto';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { plainTerms, unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { askForCancels } from '../orders/cancel-order.ts';
import { passDoor, standalone, type DoorData } from '../orders/pass-door.ts';
import { settleOpposed } from '../portfolios/settle-opposed.ts';
import { endProtection } from '../protection/end-protection.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio, PositionRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { EventDraft } from '../ports/events.ts';
import type { InstrumentRecord } from '../records.ts';
import { leavingOf } from '../risk/exits-of.ts';
import { hasEnded } from '../runs/run-states.ts';

type SquareOffPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/** What the square-off of a portfolio asks for. */
export interface AskedCancels {
  /** Orders that the broker is being asked for; their jobs ask too. */
  readonly orderIds: readonly string[];
  readonly drafts: readonly EventDraft[];
}

/**
 * Asks for the intraday orders back that people and ended runs have working, as a broker does before he squares off;
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
    if (order.product !== 'MIS' || order.source === 'SQUARE_OFF') continue;
    if (await isOfLivingRun(rows, order)) continue;
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
 * Sends orders at market against the intraday positions that a user holds in a portfolio, by hand or left
 * by runs that have ended, through the one door; a living run's positions are its own decision's. Each instrument is left
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
  for (const position of await rows.portfolios.positions(portfolio.id)) {
    const { instrumentId, product } = position;
    if (product !== 'MIS') continue;
    drafts.push(...(await settleHere(rows, ports, portfolio, instrumentId, marketTime)));
    const leaving = working.filter(
      (order) => order.source === 'SQUARE_OFF' && isOf(order, instrumentId),
    );
    const open = leaving.reduce(
      (sum, order) => sum.plus(signedUnfilled(order)),
      await heldByUser(rows, portfolio.id, instrumentId),
    );
    const quantity = atBroker(open, position, working);
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

/** Whether a run that lives decides about an order; those of ended runs are left to the user. */
async function isOfLivingRun(rows: StoreTransaction, { runId }: OrderRecord): Promise<boolean> {
  const run = runId === null ? null : await rows.runs.findRun(runId);
  return run !== null && !hasEnded(run.status);
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

/** Units that the user holds, what ended runs left among them; negative when short. */
async function heldByUser(
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

/**
 * Of units to leave, those that the account has at the broker and no order takes off yet. The others are
 * held against a run that lives, whose own square-off sets them off.
 */
function atBroker(
  units: Decimal,
  position: PositionRecord,
  working: readonly OrderRecord[],
): Decimal {
  const net = netQuantityOf(position);
  if (net.isZero() || net.isPositive() !== units.isPositive()) return new Decimal(0);
  const leaving = leavingOf(position, working).map(unfilledQuantityOf);
  const most = Decimal.max(net.abs().minus(Decimal.sum(0, ...leaving)), 0);
  const taken = Decimal.min(units.abs(), most);
  return units.isPositive() ? taken : taken.negated();
}

/** What the user holds on both sides is set off first, should a run's end not have been told. */
function settleHere(
  rows: StoreTransaction,
  ports: SquareOffPorts,
  { id: portfolioId, feedId }: LockedPortfolio,
  instrumentId: string,
  time: Date,
): Promise<readonly EventDraft[]> {
  const place = { portfolioId, feedId, instrumentId, product: 'MIS' } as const;
  return settleOpposed(rows, ports.ids, { ...place, time, at: ports.clock.now() });
}

function isOf(order: OrderRecord, instrumentId: string): boolean {
  return order.runId === null && order.product === 'MIS' && order.instrumentId === instrumentId;
}

/** Units the order may still bring: positive when it buys. */
function signedUnfilled(order: OrderRecord): Decimal {
  const unfilled = unfilledQuantityOf(order);
  return order.side === 'BUY' ? unfilled : unfilled.negated();
}

import { createHash } from 'node:crypto';
import { plainTerms, unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { passDoor, standalone, type DoorData } from '../orders/pass-door.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { EventDraft } from '../ports/events.ts';

type SquareOffPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/**
 * Sends orders at market against the intraday positions that people hold by their own orders in a
 * portfolio, through the one door; a run's positions are its own decision's. What an earlier
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
    const instrument = await rows.runs.findInstrument(instrumentId);
    if (instrument === null) throw new Error(`instrument ${instrumentId} is gone`);
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

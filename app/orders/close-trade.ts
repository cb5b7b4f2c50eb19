import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import {
  illegalState,
  invalidInput,
  notFound,
  type IllegalState,
  type NotFound,
} from '../failures.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { exitsOf, leavingOf, type Exit } from '../risk/exits-of.ts';
import { exitAnswer, legsOf, type ExitFailure, type NothingToExit } from './exit-legs.ts';
import { placeKeyedRequest, type KeyedRequestPorts } from './keyed-request.ts';

export interface CloseTradeInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly tradeId: string;
  /** Units that leave at most; null: all. */
  readonly quantity: Decimal | null;
}

/** First in, first out: an older trade of the same owner would be closed in place of this one. */
export interface OlderTradeOpen {
  readonly kind: 'OLDER_TRADE_OPEN';
  readonly tradeId: string;
}

export type CloseTradeFailure = ExitFailure | OlderTradeOpen | IllegalState;

/**
 * Closes an open trade at the market, in part or whole, by an order of its owner (its run, or the
 * user by hand, who also has what ended runs left), whose oldest trade it has to be. What its owner's working orders take off already
 * is left to them.
 */
export async function closeTrade(
  ports: KeyedRequestPorts,
  { actor, idempotencyKey, tradeId, quantity }: CloseTradeInput,
): Promise<Result<readonly OrderRecord[], CloseTradeFailure>> {
  if (quantity?.greaterThan(0) === false) {
    return fail(invalidInput('quantity', 'The quantity must be above zero.'));
  }
  const { userId } = actor;
  const seen = await ports.store.read((rows) => rows.portfolios.findTrade(tradeId, userId));
  if (seen === null) return fail(notFound('Trade', tradeId));
  if (seen.portfolioId === null) {
    return fail(illegalState(seen.status, 'A trade of a backtest is not to be closed.'));
  }
  const { portfolioId } = seen;
  const placed = await placeKeyedRequest<CloseTradeFailure>(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'EXIT',
    body: { closeTrade: { tradeId, quantity } },
    legs: async (rows, _portfolio, door) => {
      const exit = await exitOf(rows, portfolioId, { tradeId, userId });
      if (!exit.ok) return exit;
      const units = Decimal.min(exit.value.quantity, quantity ?? exit.value.quantity);
      return succeed(await legsOf(rows, door, [{ ...exit.value, quantity: units }]));
    },
  });
  return exitAnswer(placed);
}

/** What closes the trade as it stands under the portfolio's lock. */
async function exitOf(
  rows: StoreTransaction,
  portfolioId: string,
  { tradeId, userId }: { readonly tradeId: string; readonly userId: string },
): Promise<Result<Exit, NotFound | IllegalState | OlderTradeOpen | NothingToExit>> {
  const trade = await rows.portfolios.findTrade(tradeId, userId);
  if (trade === null) return fail(notFound('Trade', tradeId));
  if (trade.status === 'CLOSED') {
    return fail(illegalState(trade.status, 'The trade is closed already.'));
  }
  const { instrumentId, product } = trade;
  const place = { portfolioId, instrumentId, product };
  const byHand = await rows.portfolios.openTrades({ ...place, runId: null });
  // What an ended run left is the user's, and closes in one line with what was bought by hand.
  const runId = byHand.some(({ id }) => id === tradeId) ? null : trade.runId;
  const own = runId === null ? byHand : await rows.portfolios.openTrades({ ...place, runId });
  const [oldest] = own;
  if (oldest !== undefined && oldest.id !== tradeId) {
    return fail({ kind: 'OLDER_TRADE_OPEN', tradeId: oldest.id });
  }
  return unitsToClose(rows, portfolioId, { ...trade, runId });
}

async function unitsToClose(
  rows: StoreTransaction,
  portfolioId: string,
  { runId, instrumentId, product, quantity }: TradeRecord,
): Promise<Result<Exit, IllegalState | NothingToExit>> {
  const positions = await rows.portfolios.positions(portfolioId);
  const position = positions.find(
    (held) => held.instrumentId === instrumentId && held.product === product,
  );
  if (position === undefined) throw new Error('a trade is open and there is no position');
  const working = await rows.orders.working(portfolioId);
  const pending = leavingOf(position, working).filter((order) => order.runId === runId);
  const lots = await rows.risk.openLots(portfolioId);
  // Its owner comes first where several owners share what can leave.
  const mine = lots.filter((lot) => lot.runId === runId);
  const others = lots.filter((lot) => lot.runId !== runId);
  const exit = exitsOf(position, [...mine, ...others], working).find((one) => one.runId === runId);
  const free = quantity.minus(
    pending.reduce((sum, order) => sum.plus(unfilledQuantityOf(order)), new Decimal(0)),
  );
  if (exit !== undefined && free.greaterThan(0)) {
    return succeed({ ...exit, quantity: Decimal.min(exit.quantity, free) });
  }
  if (pending.length > 0) return fail({ kind: 'NOTHING_TO_EXIT', pending });
  return fail(
    illegalState(
      'OPEN',
      'Other trades are held against this one, so that there is nothing of it at the broker to leave.',
    ),
  );
}

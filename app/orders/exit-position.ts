import type { Product } from '@nandax/core/order/order-terms.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound } from '../failures.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { atMostOf, exitsOf, leavingOf } from '../risk/exits-of.ts';
import { exitAnswer, legsOf, type ExitFailure } from './exit-legs.ts';
import { placeKeyedRequest, type KeyedRequestPorts } from './keyed-request.ts';

export interface ExitPositionInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly product: Product;
  /** Units that leave at most; null: all. */
  readonly quantity: Decimal | null;
}

/**
 * Leaves a position at the market, in part or whole: what is held less what working orders take off
 * already, so that the other side is never opened. Each owner's units (the user's own first, then
 * those of runs) leave by an order of theirs; above the freeze quantity in slices. Gives the orders,
 * denied ones among them.
 */
export async function exitPosition(
  ports: KeyedRequestPorts,
  { actor, idempotencyKey, portfolioId, instrumentId, product, quantity }: ExitPositionInput,
): Promise<Result<readonly OrderRecord[], ExitFailure>> {
  if (quantity?.greaterThan(0) === false) {
    return fail(invalidInput('quantity', 'The quantity must be above zero.'));
  }
  const placed = await placeKeyedRequest<ExitFailure>(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'EXIT',
    body: { exit: { portfolioId, instrumentId, product, quantity } },
    legs: async (rows, _portfolio, door) => {
      if ((await rows.runs.visibleInstrument(instrumentId, actor.userId)) === null) {
        return fail(notFound('Instrument', instrumentId));
      }
      const positions = await rows.portfolios.positions(portfolioId);
      const position = positions.find(
        (held) => held.instrumentId === instrumentId && held.product === product,
      );
      if (position === undefined) return fail({ kind: 'NOTHING_TO_EXIT', pending: [] } as const);
      const working = await rows.orders.working(portfolioId);
      const exits = exitsOf(position, await rows.risk.openLots(portfolioId), working);
      return exits.length === 0
        ? fail({ kind: 'NOTHING_TO_EXIT', pending: leavingOf(position, working) } as const)
        : succeed(await legsOf(rows, door, atMostOf(exits, quantity)));
    },
  });
  return exitAnswer(placed);
}

import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { PositionRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { exitsOf, leavingOf } from '../risk/exits-of.ts';
import { askForCancels } from './cancel-order.ts';
import { exitAnswer, legsOf, type ExitFailure } from './exit-legs.ts';
import { placeKeyedRequest, type KeyedRequestPorts } from './keyed-request.ts';

export interface ExitAllPositionsInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  /** Whether working orders of what is held are asked back first; exits on their way and stops stay. */
  readonly cancelWorkingOrders: boolean;
}

/**
 * Leaves every position of a portfolio at the market, as `exitPosition` does with one; a denied order
 * holds none of the others up. Orders that are asked back from the broker may fill until it has
 * answered, so the units that they would take off stay theirs: NOTHING_TO_EXIT shows them where they
 * are all that is held, and once they have ended another request leaves the rest.
 */
export async function exitAllPositions(
  ports: KeyedRequestPorts,
  { actor, idempotencyKey, portfolioId, cancelWorkingOrders }: ExitAllPositionsInput,
): Promise<Result<readonly OrderRecord[], ExitFailure>> {
  const placed = await placeKeyedRequest<ExitFailure>(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'EXIT',
    body: { exitAll: { portfolioId, cancelWorkingOrders } },
    ...(cancelWorkingOrders
      ? {
          first: async (rows) => {
            const held = await openPositions(rows, portfolioId);
            const working = await rows.orders.working(portfolioId);
            const theirs = working.filter(
              (order) =>
                order.requestKind !== 'EXIT' &&
                !isProtective(order) &&
                held.some(({ instrumentId }) => instrumentId === order.instrumentId),
            );
            return (await askForCancels(rows, ports, theirs, actor)).drafts;
          },
        }
      : {}),
    legs: async (rows, _portfolio, door) => {
      const working = await rows.orders.working(portfolioId);
      const lots = await rows.risk.openLots(portfolioId);
      const held = await openPositions(rows, portfolioId);
      const exits = held.flatMap((position) => exitsOf(position, lots, working));
      if (exits.length > 0) return succeed(await legsOf(rows, door, exits));
      const pending = held.flatMap((position) => leavingOf(position, working));
      return fail({ kind: 'NOTHING_TO_EXIT', pending } as const);
    },
  });
  return exitAnswer(placed);
}

async function openPositions(
  rows: StoreTransaction,
  portfolioId: string,
): Promise<readonly PositionRecord[]> {
  const positions = await rows.portfolios.positions(portfolioId);
  return positions.filter((position) => !netQuantityOf(position).isZero());
}

import { createUnionType, ObjectType } from 'type-graphql';
import type { CloseTradeFailure } from '@nandax/app/orders/close-trade.ts';
import { deniedOf } from '@nandax/app/orders/order-denied.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { Result } from '@nandax/core/result.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../failure/failure.ts';
import { Trade } from '../trade/trade.ts';
import { OrderDenied } from './order-denied.ts';
import { Order } from './order.ts';
import { placementFailure } from './placement-failure.ts';

export const ExitLeg = createUnionType({
  name: 'ExitLeg',
  description: 'One order of an exit: on its way, or refused.',
  types: () => [Order, OrderDenied] as const,
  resolveType: (leg: object) => ('__typename' in leg ? 'OrderDenied' : 'Order'),
});

@ObjectType({
  description:
    'The orders that leave: one for each owner of the units, more where the freeze quantity asks for slices. At least one is on its way.',
})
export class PlacedExits {
  @Visible(
    WITH_PARENT,
    () => [ExitLeg],
    'Each by itself: a refused one held up none of the others.',
  )
  legs!: object[];
}

@ObjectType({
  implements: Failure,
  description: 'Nothing is held that no order takes off already.',
})
export class NothingToExit extends Failure {
  @Visible(WITH_PARENT, () => [Order], 'The orders that take off what is held.')
  pending!: object[];
}

@ObjectType({
  implements: Failure,
  description:
    'Trades close first in, first out, and an older one of the same owner is open; nothing was sent.',
})
export class OlderTradeOpen extends Failure {
  @Visible(WITH_PARENT, () => Trade, 'The trade that would close first.')
  trade!: object;
}

/** The answer of a mutation that leaves positions. */
export async function answerExit(
  context: Context,
  placed: Result<readonly OrderRecord[], CloseTradeFailure>,
): Promise<object> {
  const { loaders } = context;
  const load = (orders: readonly OrderRecord[]) =>
    Promise.all(orders.map(({ id }) => loaders.order.load(id)));
  if (placed.ok) {
    const legs = placed.value.map((order) =>
      order.status === 'DENIED'
        ? placementFailure(context, deniedOf(order))
        : loaders.order.load(order.id),
    );
    return { __typename: 'PlacedExits', legs: await Promise.all(legs) };
  }
  const { failure } = placed;
  switch (failure.kind) {
    case 'NOTHING_TO_EXIT':
      return {
        __typename: 'NothingToExit',
        message:
          failure.pending.length === 0
            ? 'Nothing is held.'
            : 'All that is held leaves by orders that work already.',
        pending: await load(failure.pending),
      };
    case 'OLDER_TRADE_OPEN':
      return {
        __typename: 'OlderTradeOpen',
        message: 'Trades close first in, first out; an older one is open.',
        trade: await loaders.trade.load(failure.tradeId),
      };
    default:
      return placementFailure(context, failure);
  }
}

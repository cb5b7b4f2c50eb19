import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { mostBasketLegs } from '@nandax/app/orders/asked-orders.ts';
import { placeBasket } from '@nandax/app/orders/place-basket.ts';
import { succeed } from '@nandax/core/result.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from './order-denied.ts';
import { askedOf, OrderInput } from './order-input.ts';
import { OrderRequest } from './order-request.ts';
import { placementFailure } from './placement-failure.ts';

@InputType({ description: 'Orders to place one after the other.' })
class PlaceBasketInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and orders give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'For which portfolio.')
  portfolioId!: string;

  @InputField(() => [OrderInput], `The orders, 1 to ${mostBasketLegs}.`)
  legs!: OrderInput[];
}

const PlaceBasketResult = resultUnion(
  'PlaceBasketResult',
  'The request with all of its orders, or why none left.',
  () => OrderRequest,
  [OrderDenied, IdempotencyKeyReused, InvalidInput, NotFound],
);

@Resolver()
export class PlaceBasketMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => PlaceBasketResult, {
    description:
      'Places several orders through the risk door as one: margin and limits are judged over all of them, and they pass together or not at all. Those that buy leave first, then those that sell, each when the broker has taken the one before. The first that comes to nothing stops those behind it, which end DENIED with OTHER_LEG; what has left stays.',
  })
  async placeBasket(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => PlaceBasketInput, { description: 'The orders, and their key.' })
    input: PlaceBasketInput,
  ) {
    const { idempotencyKey, legs } = input;
    const portfolioId = localIdOf('Portfolio', input.portfolioId);
    const placed = await placeBasket(context.ports, {
      actor,
      idempotencyKey,
      portfolioId,
      legs: legs.map(askedOf),
    });
    if (!placed.ok) return placementFailure(context, placed.failure);
    const [first] = placed.value;
    if (first === undefined) throw new Error('the door wrote no order');
    return answer(context, 'OrderRequest', succeed({ id: first.orderRequestId }));
  }
}

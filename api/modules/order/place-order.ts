import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from './order-denied.ts';
import { askedOf, OrderInput } from './order-input.ts';
import { Order } from './order.ts';
import { placementFailure } from './placement-failure.ts';

@InputType({ description: 'An order to place.' })
class PlaceOrderInput extends OrderInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and order give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'For which portfolio.')
  portfolioId!: string;
}

const PlaceOrderResult = resultUnion(
  'PlaceOrderResult',
  'The order on its way, of slices the first (its `request` shows all of them), or why it is not.',
  () => Order,
  [OrderDenied, IdempotencyKeyReused, InvalidInput, NotFound],
);

@Resolver()
export class PlaceOrderMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => PlaceOrderResult, {
    description:
      'Places an order through the risk door. One key makes at most one order, or its slices, however often it is sent. Limits on the quantity and the value of an order hold for each slice; margin, capital for a trade, exposure and the number of orders are judged over all of them, and they leave together or not at all.',
  })
  async placeOrder(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => PlaceOrderInput, { description: 'What to trade, and its key.' })
    input: PlaceOrderInput,
  ) {
    const result = await placeOrder(context.ports, {
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
      ...askedOf(input),
    });
    return result.ok ? answer(context, 'Order', result) : placementFailure(context, result.failure);
  }
}

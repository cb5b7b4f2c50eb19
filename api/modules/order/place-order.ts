import { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { describeDenial } from '@nandax/core/risk/denial.ts';
import type { AccountActor } from '@nandax/app/actor.ts';
import { invalidInput } from '@nandax/app/failures.ts';
import { placeOrder, type PlaceOrderFailure } from '@nandax/app/orders/place-order.ts';
import type { OrderView } from '@nandax/app/views.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Quantity } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from './order-denied.ts';
import { OrderSide, OrderType, ProductType } from './order-terms.ts';
import { Order } from './order.ts';

@InputType({ description: 'An order to place.' })
class PlaceOrderInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and order give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'For which portfolio.')
  portfolioId!: string;

  @InputField(() => ID, 'What to trade.')
  instrumentId!: string;

  @InputField(() => OrderSide, 'Which way.')
  side!: OrderView['side'];

  @InputField(() => OrderType, 'How it is priced.', { defaultValue: OrderType.MARKET })
  type!: OrderView['type'];

  @InputField(() => ProductType, 'What becomes of the position.')
  product!: OrderView['product'];

  @InputField(() => Quantity, 'Units, a multiple of the lot size.')
  quantity!: Decimal;
}

const PlaceOrderResult = resultUnion(
  'PlaceOrderResult',
  'The order on its way, or why it is not.',
  () => Order,
  [OrderDenied, IdempotencyKeyReused, InvalidInput, NotFound],
);

@Resolver()
export class PlaceOrderMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => PlaceOrderResult, {
    description:
      'Places an order through the risk door. One key makes at most one order, however often it is sent.',
  })
  async placeOrder(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => PlaceOrderInput, { description: 'What to trade, and its key.' })
    input: PlaceOrderInput,
  ) {
    const { product } = input;
    if (product !== 'CNC' && product !== 'MIS') {
      return contractFailure(invalidInput('product', 'Only CNC and MIS can be traded yet.'));
    }
    const result = await placeOrder(context.ports, {
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
      instrumentId: localIdOf('Instrument', input.instrumentId),
      side: input.side,
      type: input.type,
      product,
      quantity: input.quantity,
    });
    return result.ok
      ? answer(context, 'Order', result)
      : placeOrderFailure(context, result.failure);
  }
}

async function placeOrderFailure(
  { loaders }: Context,
  failure: PlaceOrderFailure,
): Promise<object> {
  switch (failure.kind) {
    case 'IDEMPOTENCY_KEY_REUSED':
      return {
        __typename: 'IdempotencyKeyReused',
        message: 'This idempotency key already stands for another order.',
        idempotencyKey: failure.idempotencyKey,
      };
    case 'ORDER_DENIED': {
      const denial = {
        code: failure.code,
        limit: failure.limit === null ? null : new Decimal(failure.limit),
        actual: failure.actual === null ? null : new Decimal(failure.actual),
        scope: failure.scope,
      };
      return {
        __typename: 'OrderDenied',
        message: describeDenial(denial),
        ...denial,
        order: await loaders.order.load(failure.order.id),
      };
    }
    case 'SCOPE_MISSING':
    case 'INVALID_INPUT':
    case 'NOT_FOUND':
      return contractFailure(failure);
  }
}

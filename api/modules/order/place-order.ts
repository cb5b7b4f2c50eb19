import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { placeOrder, type PlaceOrderFailure } from '@nandax/app/orders/place-order.ts';
import type { OrderView } from '@nandax/app/views.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Decimal as DecimalScalar, Price, Quantity } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied, orderDenied } from './order-denied.ts';
import { OrderSide, OrderType, OrderValidity, OrderVariety, ProductType } from './order-terms.ts';
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

  @InputField(() => OrderVariety, 'By which way it goes to the exchange.', {
    defaultValue: OrderVariety.REGULAR,
  })
  variety!: OrderView['variety'];

  @InputField(() => Quantity, 'Units, a multiple of the lot size.')
  quantity!: Decimal;

  @InputField(() => Price, 'The limit of LIMIT and SL orders, a multiple of the tick size.', {
    nullable: true,
  })
  price?: Decimal | null;

  @InputField(() => Price, 'The last price that wakes SL and SL-M orders and the stop of a CO.', {
    nullable: true,
  })
  triggerPrice?: Decimal | null;

  @InputField(() => OrderValidity, 'How long it works.', { defaultValue: OrderValidity.DAY })
  validity!: OrderView['validity'];

  @InputField(() => Int, 'Minutes that a TTL order works.', { nullable: true })
  validityMinutes?: number | null;

  @InputField(() => Quantity, 'Units shown in the exchange’s book; none given: all.', {
    nullable: true,
  })
  disclosedQuantity?: Decimal | null;

  @InputField(
    () => DecimalScalar,
    'Percent of the last price, above 0 and at most 100, within which MARKET and SL-M orders may execute; none given: by the broker’s table.',
    { nullable: true },
  )
  marketProtectionPercent?: Decimal | null;

  @InputField(() => Int, 'Legs of an ICEBERG order.', { nullable: true })
  icebergLegs?: number | null;

  @InputField(
    () => String,
    'A mark of your own, 1 to 20 letters, digits and spaces; it does not leave NandaX.',
    { nullable: true },
  )
  tag?: string | null;

  @InputField(
    () => Boolean,
    'Whether it must only take something off the position; more than is held less exits on their way is denied.',
    { defaultValue: false },
  )
  reduceOnly!: boolean;
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
    const result = await placeOrder(context.ports, {
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
      instrumentId: localIdOf('Instrument', input.instrumentId),
      side: input.side,
      type: input.type,
      product: input.product,
      variety: input.variety,
      quantity: input.quantity,
      price: input.price ?? null,
      triggerPrice: input.triggerPrice ?? null,
      validity: input.validity,
      validityMinutes: input.validityMinutes ?? null,
      disclosedQuantity: input.disclosedQuantity ?? null,
      marketProtectionPercent: input.marketProtectionPercent ?? null,
      icebergLegs: input.icebergLegs ?? null,
      tag: input.tag ?? null,
      reduceOnly: input.reduceOnly,
    });
    return result.ok
      ? answer(context, 'Order', result)
      : placeOrderFailure(context, result.failure);
  }
}

function placeOrderFailure(context: Context, failure: PlaceOrderFailure): Promise<object> | object {
  return failure.kind === 'ORDER_DENIED' ? orderDenied(context, failure) : contractFailure(failure);
}

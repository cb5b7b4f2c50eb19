import type { Decimal } from 'decimal.js';
import { ID, InputType, Int } from 'type-graphql';
import type { AskedOrder } from '@nandax/app/orders/asked-orders.ts';
import type { OrderView } from '@nandax/app/views/order.ts';
import { InputField } from '../../access/declare.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Decimal as DecimalScalar, Price, Quantity } from '../../scalars/scalars.ts';
import { OrderSide, OrderType, OrderValidity, OrderVariety, ProductType } from './order-terms.ts';

@InputType({ description: 'What to trade and how.' })
export class OrderInput {
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

  @InputField(
    () => Boolean,
    'Whether an order above the freeze quantity leaves in slices of whole lots, the largest first; off: it is denied.',
    { defaultValue: false },
  )
  autoSlice!: boolean;

  @InputField(
    () => Boolean,
    'Whether it must only take something off the position; more than is held less exits on their way is denied.',
    { defaultValue: false },
  )
  reduceOnly!: boolean;

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
    'Percent of the last price (of an SL-M, its trigger price), above 0 and at most 100, within which MARKET and SL-M orders may execute; the rest waits as a limit there. None given: by the broker’s table.',
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
}

/** What was asked for, as the use-cases take it. */
export function askedOf(input: OrderInput): AskedOrder {
  return {
    instrumentId: localIdOf('Instrument', input.instrumentId),
    side: input.side,
    type: input.type,
    product: input.product,
    variety: input.variety,
    quantity: input.quantity,
    autoSlice: input.autoSlice,
    reduceOnly: input.reduceOnly,
    price: input.price ?? null,
    triggerPrice: input.triggerPrice ?? null,
    validity: input.validity,
    validityMinutes: input.validityMinutes ?? null,
    disclosedQuantity: input.disclosedQuantity ?? null,
    marketProtectionPercent: input.marketProtectionPercent ?? null,
    icebergLegs: input.icebergLegs ?? null,
    tag: input.tag ?? null,
  };
}

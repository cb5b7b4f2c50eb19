import { Int, ObjectType } from 'type-graphql';
import type { FillView, OrderEventView, OrderView } from '@nandax/app/views/order.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { DateTime, Decimal, Price, Quantity } from '../../scalars/scalars.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';
import {
  OrderSide,
  OrderSource,
  OrderStatus,
  OrderType,
  OrderValidity,
  OrderVariety,
  ProductType,
} from './order-terms.ts';
import { RequestedTerms } from './requested-terms.ts';

@ObjectType({
  implements: Node,
  description: 'An order of one instrument, from the risk door to its end.',
})
export class Order implements Partial<OrderView> {
  @Visible(
    OWNER,
    () => String,
    'Our own id of 20 alphanumeric characters, minted before anything is sent; the broker’s tag.',
  )
  clientOrderId!: string;

  @Visible(OWNER, () => String, 'The broker’s id; null: the broker has not taken it.', {
    nullable: true,
  })
  brokerOrderId!: string | null;

  @Visible(OWNER, () => OrderSource, 'Who asked for it.')
  source!: OrderView['source'];

  @Visible(OWNER, () => OrderSide, 'Which way it trades.')
  side!: OrderView['side'];

  @Visible(OWNER, () => OrderType, 'How it is priced.')
  type!: OrderView['type'];

  @Visible(OWNER, () => ProductType, 'What becomes of the position.')
  product!: OrderView['product'];

  @Visible(OWNER, () => OrderVariety, 'By which way it goes to the exchange.')
  variety!: OrderView['variety'];

  @Visible(OWNER, () => OrderValidity, 'How long it works.')
  validity!: OrderView['validity'];

  @Visible(OWNER, () => Int, 'Minutes that it works; null: its validity is not TTL.', {
    nullable: true,
  })
  validityMinutes!: OrderView['validityMinutes'];

  @Visible(OWNER, () => Price, 'Its limit; null: it has none.', { nullable: true })
  price!: OrderView['price'];

  @Visible(OWNER, () => Price, 'The last price that wakes it; null: it waits for none.', {
    nullable: true,
  })
  triggerPrice!: OrderView['triggerPrice'];

  @Visible(OWNER, () => Boolean, 'Whether its trigger price has traded.')
  triggered!: OrderView['triggered'];

  @Visible(OWNER, () => Quantity, 'Units shown in the exchange’s book; null: all.', {
    nullable: true,
  })
  disclosedQuantity!: OrderView['disclosedQuantity'];

  @Visible(
    OWNER,
    () => Decimal,
    'Percent of the last price (of an SL-M, its trigger price) within which it may execute; null: by the broker’s table.',
    { nullable: true },
  )
  marketProtectionPercent!: OrderView['marketProtectionPercent'];

  @Visible(OWNER, () => Int, 'Legs of an iceberg; null: it is none.', { nullable: true })
  icebergLegs!: OrderView['icebergLegs'];

  @Visible(OWNER, () => String, 'Your own mark; it does not leave NandaX.', { nullable: true })
  tag!: OrderView['tag'];

  @Visible(
    OWNER,
    () => Boolean,
    'Whether it leaves a position and must never open the other side, also when it is changed.',
  )
  reduceOnly!: OrderView['reduceOnly'];

  @Visible(OWNER, () => Int, 'Its place among the orders of its request, from 1.')
  legNumber!: OrderView['legNumber'];

  @Visible(OWNER, () => Int, 'Changes asked of the broker so far.')
  modificationCount!: OrderView['modificationCount'];

  @Visible(
    OWNER,
    () => RequestedTerms,
    'The change that the broker was asked for; null: none waits for its answer.',
    { nullable: true },
  )
  requestedTerms!: OrderView['requestedTerms'];

  @Visible(OWNER, () => Quantity, 'Units asked for.')
  quantity!: OrderView['quantity'];

  @Visible(OWNER, () => Quantity, 'Units executed so far.')
  filledQuantity!: OrderView['filledQuantity'];

  @Visible(OWNER, () => Price, 'Average price of what executed; null: nothing yet.', {
    nullable: true,
  })
  averagePrice!: OrderView['averagePrice'];

  @Visible(OWNER, () => OrderStatus, 'Where in its life it is.')
  status!: OrderView['status'];

  @Visible(OWNER, () => String, 'What the door, the broker or the exchange had to say.', {
    nullable: true,
  })
  statusMessage!: string | null;

  @Visible(OWNER, () => DateTime, 'The portfolio’s market clock when it passed the door.')
  marketTime!: Date;

  @Visible(OWNER, () => DateTime, 'When it was written down, by the wall clock.')
  createdAt!: Date;

  @Visible(OWNER, () => DateTime, 'When anything last happened to it, by the wall clock.')
  updatedAt!: Date;
}

@ObjectType({ description: 'Something that happened to an order.' })
export class OrderEvent implements Partial<OrderEventView> {
  @Visible(WITH_PARENT, () => Int, 'Its place in the order’s life, 1 is the first.')
  number!: number;

  @Visible(WITH_PARENT, () => String, 'What happened, e.g. `ACCEPTED` or `EXECUTED`.')
  type!: string;

  @Visible(WITH_PARENT, () => OrderStatus, 'The order’s status after it.')
  statusAfter!: OrderEventView['statusAfter'];

  @Visible(WITH_PARENT, () => DateTime, 'When it was recorded, by the wall clock.')
  createdAt!: Date;
}

@ObjectType({ implements: Node, description: 'An execution of an order, in whole or in part.' })
export class Fill implements Partial<FillView> {
  @Visible(OWNER, () => String, 'The broker’s id of the execution; each is taken once.')
  tradeId!: string;

  @Visible(OWNER, () => Quantity, 'Units executed.')
  quantity!: FillView['quantity'];

  @Visible(OWNER, () => Price, 'Price of a unit.')
  price!: FillView['price'];

  @Visible(OWNER, () => DateTime, 'When, by the market clock.')
  executedAt!: Date;

  @Visible(OWNER, () => ChargeBreakdown, 'Charges it accrued.')
  charges!: FillView['charges'];
}

export const OrderConnection = connectionOf('Order', () => Order);

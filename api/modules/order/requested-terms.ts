import { Int, ObjectType } from 'type-graphql';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Decimal, Price, Quantity } from '../../scalars/scalars.ts';
import { OrderType, OrderValidity } from './order-terms.ts';

type Requested = NonNullable<OrderView['requestedTerms']>;

@ObjectType({
  description:
    'The terms that the broker was asked to change an order to and has not answered about: all of them, those that stay too. Until it has, the order may execute by the old ones or by these.',
})
export class RequestedTerms implements Requested {
  @Visible(WITH_PARENT, () => OrderType, 'How it is to be priced.')
  type!: Requested['type'];

  @Visible(WITH_PARENT, () => OrderValidity, 'How long it is to work.')
  validity!: Requested['validity'];

  @Visible(WITH_PARENT, () => Int, 'Minutes that it is to work; null: its validity is not TTL.', {
    nullable: true,
  })
  validityMinutes!: Requested['validityMinutes'];

  @Visible(WITH_PARENT, () => Quantity, 'Units asked for in all, with what has executed.')
  quantity!: Requested['quantity'];

  @Visible(WITH_PARENT, () => Price, 'Its limit; null: none.', { nullable: true })
  price!: Requested['price'];

  @Visible(WITH_PARENT, () => Price, 'The last price that is to wake it; null: none.', {
    nullable: true,
  })
  triggerPrice!: Requested['triggerPrice'];

  @Visible(WITH_PARENT, () => Quantity, 'Units to be shown in the exchange’s book; null: all.', {
    nullable: true,
  })
  disclosedQuantity!: Requested['disclosedQuantity'];

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Percent of the last price (of an SL-M, its trigger price) within which it may execute; null: by the broker’s table.',
    { nullable: true },
  )
  marketProtectionPercent!: Requested['marketProtectionPercent'];
}

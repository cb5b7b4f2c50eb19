import { Ctx, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { GttDirection as GttDirectionName } from '@nandax/core/order/gtt.ts';
import type { GttView } from '@nandax/app/views/order.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Price, Quantity } from '../../scalars/scalars.ts';
import { Instrument } from '../instrument/instrument.ts';
import { OrderSide, ProductType } from '../order/order-terms.ts';
import { Order } from '../order/order.ts';
import { Portfolio } from '../portfolio/portfolio.ts';

export const GttStatus = enumOf('GttStatus', 'The life of a GTT.', {
  ACTIVE: 'It waits for its price.',
  TRIGGERED: 'Its price traded and its order left; triggered is not filled.',
  REJECTED: 'Its price traded and the risk door refused its order.',
  CANCELLED: 'It was taken back.',
  EXPIRED: 'Its time, or that of its feed, has passed.',
} satisfies Record<GttView['status'], string>);

export const GttDirection = enumOf('GttDirection', 'On which side of the market a trigger waits.', {
  AT_OR_ABOVE: 'It fires when the last price is at it or above.',
  AT_OR_BELOW: 'It fires when the last price is at it or below.',
} satisfies Record<GttDirectionName, string>);

type GttLegView = GttView['legs'][number];

@ObjectType({ description: 'A trigger, and the LIMIT order for the day that it sends.' })
class GttLeg implements Partial<GttLegView> {
  @Visible(WITH_PARENT, () => Int, 'From 1; of two the lower trigger comes first.')
  number!: number;

  @Visible(WITH_PARENT, () => GttDirection, 'On which side of the market it waits.')
  direction!: GttDirectionName;

  @Visible(WITH_PARENT, () => Price, 'The last price that fires it.')
  triggerPrice!: GttLegView['triggerPrice'];

  @Visible(WITH_PARENT, () => Price, 'The limit of its order.')
  price!: GttLegView['price'];

  @Visible(WITH_PARENT, () => Quantity, 'Units of its order.')
  quantity!: GttLegView['quantity'];
}

@Resolver(() => GttLeg)
export class GttLegFields {
  @Derived(WITH_PARENT, () => Order, 'The order that it sent; null: it has not fired.', {
    nullable: true,
  })
  order(@Root() { orderId }: GttLegView, @Ctx() { loaders }: Context) {
    return orderId === null ? null : loaders.order.load(orderId);
  }
}

@ObjectType({
  implements: Node,
  description:
    'Good till triggered: an order, or one of two of which the first to fire ends the other, that waits for a price.',
})
export class Gtt implements Partial<GttView> {
  @Visible(OWNER, () => GttStatus, 'Where in its life it is.')
  status!: GttView['status'];

  @Visible(OWNER, () => OrderSide, 'Which way its orders trade.')
  side!: GttView['side'];

  @Visible(OWNER, () => ProductType, 'What becomes of the position.')
  product!: GttView['product'];

  @Visible(OWNER, () => [GttLeg], 'One trigger; or two, the lower one first.')
  legs!: GttView['legs'];

  @Visible(OWNER, () => Price, 'The last price when it was placed or changed.')
  lastPrice!: GttView['lastPrice'];

  @Visible(OWNER, () => DateTime, 'Market time from which it hears prices.')
  watchedFrom!: Date;

  @Visible(OWNER, () => DateTime, 'Market time at which it lapses.')
  expiresAt!: Date;

  @Visible(OWNER, () => DateTime, 'Market time at which it ended; null: it is active.', {
    nullable: true,
  })
  endedAt!: Date | null;

  @Visible(OWNER, () => String, 'Why it ended; null: by its trigger or by you.', {
    nullable: true,
  })
  endReason!: string | null;

  @Visible(OWNER, () => DateTime, 'When it was placed, by the wall clock.')
  createdAt!: Date;
}

@Resolver(() => Gtt)
export class GttFields {
  @Derived(OWNER, () => Instrument, 'What it trades, and whose price it waits for.')
  instrument(@Root() gtt: GttView, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(gtt.instrumentId);
  }

  @Derived(OWNER, () => Portfolio, 'For which portfolio.')
  portfolio(@Root() gtt: GttView, @Ctx() { loaders }: Context) {
    return loaders.portfolio.load(gtt.portfolioId);
  }
}

export const GttConnection = connectionOf('Gtt', () => Gtt);

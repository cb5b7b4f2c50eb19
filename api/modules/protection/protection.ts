import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { ProtectionChangeView, ProtectionView } from '@nandax/app/views/order.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Price } from '../../scalars/scalars.ts';
import { Instrument } from '../instrument/instrument.ts';
import { OrderSide, ProductType } from '../order/order-terms.ts';
import { Order } from '../order/order.ts';
import { Portfolio } from '../portfolio/portfolio.ts';

export const ProtectionStatus = enumOf('ProtectionStatus', 'Whether a protection holds.', {
  ACTIVE: 'It follows what is held, or waits for its entry.',
  ENDED: 'Nothing is left that it protects.',
  REMOVED: 'It was taken away: by hand, by the square-off or by the kill switch.',
} satisfies Record<ProtectionView['status'], string>);

const ProtectionPhase = enumOf('ProtectionPhase', 'What a protection’s exits are about.', {
  STOP: 'An SL-M order rests at the broker for the units held.',
  TARGET: 'The target traded; the resting order is a LIMIT order at it.',
  EXIT: 'The position leaves at the market: no stop could be placed, or the price fell back.',
} satisfies Record<ProtectionView['phase'], string>);

const ProtectionChangeStatus = enumOf(
  'ProtectionChangeStatus',
  'What became of other prices that were asked for a protection.',
  {
    PENDING: 'An answer of the broker is awaited; until then the old prices rest.',
    TAKEN: 'They stand; or nothing rests at the broker that would have to be changed.',
    REFUSED: 'The broker refused; the old prices stand.',
    LAPSED: 'The protection ended, or was set anew, before the broker answered.',
  } satisfies Record<ProtectionChangeView['status'], string>,
);

@ObjectType({ description: 'Other prices that were asked for a protection.' })
class ProtectionChange implements ProtectionChangeView {
  @Visible(WITH_PARENT, () => ProtectionChangeStatus, 'What became of it.')
  status!: ProtectionChangeView['status'];

  @Visible(WITH_PARENT, () => Price, 'The stop that was asked for.')
  stopPrice!: ProtectionChangeView['stopPrice'];

  @Visible(WITH_PARENT, () => Price, 'The target that was asked for; null: none.', {
    nullable: true,
  })
  targetPrice!: ProtectionChangeView['targetPrice'];

  @Visible(WITH_PARENT, () => Price, 'The stop before.')
  stopPriceBefore!: ProtectionChangeView['stopPriceBefore'];

  @Visible(WITH_PARENT, () => Price, 'The target before; null: none.', { nullable: true })
  targetPriceBefore!: ProtectionChangeView['targetPriceBefore'];

  @Visible(WITH_PARENT, () => String, 'Why the broker refused; null: it did not.', {
    nullable: true,
  })
  reason!: string | null;

  @Visible(WITH_PARENT, () => DateTime, 'When it was asked for, by the wall clock.')
  createdAt!: Date;
}

@ObjectType({
  implements: Node,
  description:
    'A stop that rests at the broker, and perhaps a target, for what is held: of one entry (bracket) or by hand. It follows the quantity.',
})
export class Protection implements Partial<ProtectionView> {
  @Visible(OWNER, () => ProtectionStatus, 'Whether it holds.')
  status!: ProtectionView['status'];

  @Visible(OWNER, () => ProtectionPhase, 'What its exits are about.')
  phase!: ProtectionView['phase'];

  @Visible(OWNER, () => OrderSide, 'Which way its exits trade.')
  side!: ProtectionView['side'];

  @Visible(OWNER, () => ProductType, 'Of which product.')
  product!: ProtectionView['product'];

  @Visible(OWNER, () => Price, 'The last price at which the position leaves with a loss.')
  stopPrice!: ProtectionView['stopPrice'];

  @Visible(OWNER, () => Price, 'The price at which it leaves with a gain; null: none.', {
    nullable: true,
  })
  targetPrice!: ProtectionView['targetPrice'];

  @Visible(OWNER, () => ProtectionChange, 'Its last change; null: its prices never changed.', {
    nullable: true,
  })
  lastChange!: ProtectionChange | null;

  @Visible(OWNER, () => String, 'Why it ended; null: it is active.', { nullable: true })
  endReason!: string | null;

  @Visible(OWNER, () => DateTime, 'When it was set, by the wall clock.')
  createdAt!: Date;
}

@Resolver(() => Protection)
export class ProtectionFields {
  @Derived(OWNER, () => Instrument, 'What is held.')
  instrument(@Root() protection: ProtectionView, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(protection.instrumentId);
  }

  @Derived(OWNER, () => Portfolio, 'In which portfolio.')
  portfolio(@Root() protection: ProtectionView, @Ctx() { loaders }: Context) {
    return loaders.portfolio.load(protection.portfolioId);
  }

  @Derived(OWNER, () => Order, 'The entry whose units it protects; null: all held by hand.', {
    nullable: true,
  })
  entryOrder(@Root() { entryOrderId }: ProtectionView, @Ctx() { loaders }: Context) {
    return entryOrderId === null ? null : loaders.order.load(entryOrderId);
  }
}

export const ProtectionConnection = connectionOf('Protection', () => Protection);

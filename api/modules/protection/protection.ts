import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { ProtectionView } from '@nandax/app/views/order.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
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

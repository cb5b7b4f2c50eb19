import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { DifferenceKind as DifferenceKindName } from '@nandax/core/reconciliation/compare-account.ts';
import type { ReconciliationFindingView } from '@nandax/app/views/risk.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Money, Quantity } from '../../scalars/scalars.ts';
import { Instrument } from '../instrument/instrument.ts';
import { ProductType } from '../order/order-terms.ts';
import { Order } from '../order/order.ts';
import { Portfolio } from '../portfolio/portfolio.ts';

const DifferenceKind = enumOf('DifferenceKind', 'What the broker’s books and ours differ in.', {
  ORDER_UNKNOWN_TO_US: 'An order in the broker’s book that did not come from here.',
  ORDER_ABSENT_AT_BROKER: 'A working order of yours that the broker’s book does not show.',
  ORDER_DIFFERS: 'An order that both know, in another state or filled otherwise.',
  POSITION_DIFFERS: 'Another net quantity of an instrument and product.',
  AVAILABLE_FUNDS_DIFFER: 'Other money for new orders, by more than is tolerated.',
  UTILISED_FUNDS_DIFFER: 'Other money bound by orders and positions, by more than is tolerated.',
} satisfies Record<DifferenceKindName, string>);

@ObjectType({
  implements: Node,
  description:
    'A difference between a broker’s books and ours that two readings in a row showed alike.',
})
export class ReconciliationFinding implements Partial<ReconciliationFindingView> {
  @Visible(OWNER, () => DifferenceKind, 'In what the two differ.')
  kind!: DifferenceKindName;

  @Visible(OWNER, () => ProductType, 'Of an order or a position; null of funds.', {
    nullable: true,
  })
  product!: ReconciliationFindingView['product'];

  @Visible(OWNER, () => String, 'The broker’s id of the order; null: there is none.', {
    nullable: true,
  })
  brokerOrderId!: string | null;

  @Visible(OWNER, () => String, 'State of the order here; null: it is not here, or no order.', {
    nullable: true,
  })
  ourStatus!: string | null;

  @Visible(OWNER, () => String, 'State of the order at the broker; null: as above.', {
    nullable: true,
  })
  brokerStatus!: string | null;

  @Visible(
    OWNER,
    () => Quantity,
    'Units here: filled of an order, net of a position (negative when short); null of funds.',
    { nullable: true },
  )
  ourQuantity!: ReconciliationFindingView['ourQuantity'];

  @Visible(OWNER, () => Quantity, 'The same at the broker; null: it names none.', {
    nullable: true,
  })
  brokerQuantity!: ReconciliationFindingView['brokerQuantity'];

  @Visible(OWNER, () => Money, 'Rupees here; null: it is not about funds.', { nullable: true })
  ourAmount!: ReconciliationFindingView['ourAmount'];

  @Visible(OWNER, () => Money, 'Rupees at the broker; null: as above.', { nullable: true })
  brokerAmount!: ReconciliationFindingView['brokerAmount'];

  @Visible(OWNER, () => DateTime, 'When a second reading confirmed it, by the wall clock.')
  openedAt!: Date;

  @Visible(OWNER, () => DateTime, 'The last reading that showed it.')
  seenAt!: Date;

  @Visible(OWNER, () => DateTime, 'The first reading that did not show it; null: it is there.', {
    nullable: true,
  })
  endedAt!: Date | null;

  @Visible(
    OWNER,
    () => DateTime,
    'When you took note of it, so that it does not shut live trading; null: you did not.',
    { nullable: true },
  )
  acknowledgedAt!: Date | null;
}

@Resolver(() => ReconciliationFinding)
export class ReconciliationFindingFields {
  @Derived(OWNER, () => Portfolio, 'Whose account was read.')
  portfolio(@Root() finding: ReconciliationFindingView, @Ctx() { loaders }: Context) {
    return loaders.portfolio.load(finding.portfolioId);
  }

  @Derived(OWNER, () => Instrument, 'Of what; null: of funds, or of one that we do not know.', {
    nullable: true,
  })
  instrument(@Root() { instrumentId }: ReconciliationFindingView, @Ctx() { loaders }: Context) {
    return instrumentId === null ? null : loaders.instrument.load(instrumentId);
  }

  @Derived(OWNER, () => Order, 'Your order; null: there is none here.', { nullable: true })
  order(@Root() { orderId }: ReconciliationFindingView, @Ctx() { loaders }: Context) {
    return orderId === null ? null : loaders.order.load(orderId);
  }
}

export const ReconciliationFindingConnection = connectionOf(
  'ReconciliationFinding',
  () => ReconciliationFinding,
);

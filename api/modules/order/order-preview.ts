import { Ctx, Int, ObjectType, Resolver, Root } from 'type-graphql';

import type { Decimal } from 'decimal.js';
import type {
  EstimateSource as EstimateSourceName,
  PreviewedLeg,
  PreviewFailure,
  RequestPreview,
} from '@nandax/app/orders/preview-request.ts';
import type { ChargesView, OrderRequestView, OrderView } from '@nandax/app/views/order.ts';
import type { Result } from '@nandax/core/result.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import {
  DateTime,
  Decimal as DecimalScalar,
  Money,
  Price,
  Quantity,
} from '../../scalars/scalars.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { Instrument } from '../instrument/instrument.ts';
import { Denial, denialOfOrder, type DenialView } from './denial.ts';
import { OrderRequestKind, OrderSide, ProductType } from './order-terms.ts';

const EstimateSource = enumOf('EstimateSource', 'Where an estimated price comes from.', {
  LIMIT: 'The order’s limit, the worst price it trades at.',
  TRIGGER: 'The trigger of an SL-M order, about where it trades.',
  LAST_PRICE: 'The last price of the portfolio’s feed.',
} satisfies Record<EstimateSourceName, string>);

@ObjectType({ description: 'An order that would leave. Amounts are estimates until it trades.' })
export class PreviewedOrder {
  @Visible(WITH_PARENT, () => Quantity, 'Units that would open or enlarge a position.')
  openingQuantity!: PreviewedLeg['openingQuantity'];

  @Visible(WITH_PARENT, () => Quantity, 'Units that would make a position smaller.')
  reducingQuantity!: PreviewedLeg['reducingQuantity'];

  @Visible(WITH_PARENT, () => Money, 'Its contract value at that price; null without one.', {
    nullable: true,
  })
  value!: PreviewedLeg['value'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'Rupees it would hold of what is available, for the units that open; null: not known.',
    { nullable: true },
  )
  margin!: PreviewedLeg['margin'];

  @Visible(
    WITH_PARENT,
    () => [Quantity],
    'Units of each order it would leave as with autoSlice; one: it fits; none: it cannot be cut.',
  )
  slices!: PreviewedLeg['slices'];
}

@Resolver(() => PreviewedOrder)
export class PreviewedOrderFields {
  @Derived(WITH_PARENT, () => Int, 'From 1, in the order in which they leave.')
  number(@Root() { order }: PreviewedLeg): number {
    return order.legNumber;
  }

  @Derived(WITH_PARENT, () => Instrument, 'What it trades.')
  instrument(@Root() { order }: PreviewedLeg, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(order.instrumentId);
  }

  @Derived(WITH_PARENT, () => OrderSide, 'Which way.')
  side(@Root() { order }: PreviewedLeg): OrderView['side'] {
    return order.side;
  }

  @Derived(WITH_PARENT, () => ProductType, 'What becomes of the position.')
  product(@Root() { order }: PreviewedLeg): OrderView['product'] {
    return order.product;
  }

  @Derived(WITH_PARENT, () => Quantity, 'Units.')
  quantity(@Root() { order }: PreviewedLeg): Decimal {
    return order.quantity;
  }

  @Derived(WITH_PARENT, () => Price, 'Where it is taken to trade; null: no price is known.', {
    nullable: true,
  })
  price(@Root() { price }: PreviewedLeg): Decimal | null {
    return price?.amount ?? null;
  }

  @Derived(WITH_PARENT, () => EstimateSource, 'Where that price comes from; null without one.', {
    nullable: true,
  })
  priceSource(@Root() { price }: PreviewedLeg): EstimateSourceName | null {
    return price?.source ?? null;
  }

  @Derived(
    WITH_PARENT,
    () => DecimalScalar,
    'Percent of its value that is asked for; of an option sold, of the value at its strike.',
  )
  marginPercent(@Root() { marginRate }: PreviewedLeg): Decimal {
    return marginRate.rate.times(100);
  }

  @Derived(
    WITH_PARENT,
    () => Boolean,
    'True: the percentage stands in for the exchange’s own figure (SPAN and exposure), which is not public.',
  )
  marginEstimate(@Root() { marginRate }: PreviewedLeg): boolean {
    return marginRate.estimate;
  }

  @Derived(WITH_PARENT, () => String, 'Where the percentage comes from.')
  marginSource(@Root() { marginRate }: PreviewedLeg): string {
    return marginRate.source;
  }

  @Derived(
    WITH_PARENT,
    () => ChargeBreakdown,
    'What executing all of it at that price would cost; null: no price or no rate card is known.',
    { nullable: true },
  )
  charges(@Root() { estimate }: PreviewedLeg): ChargesView | null {
    return estimate?.charges ?? null;
  }

  @Derived(WITH_PARENT, () => String, 'The rate card the charges are taken from; null: none.', {
    nullable: true,
  })
  rateCardId(@Root() { estimate }: PreviewedLeg): string | null {
    return estimate?.rateCardId ?? null;
  }

  @Derived(
    WITH_PARENT,
    () => Boolean,
    'False: no rate card covers the day, the nearest one serves; null: none.',
    { nullable: true },
  )
  covered(@Root() { estimate }: PreviewedLeg): boolean | null {
    return estimate?.covered ?? null;
  }
}

@ObjectType({
  description:
    'What a request for orders would come to if it were placed now. Nothing was written down, and nobody waits for it.',
})
export class OrderPreview {
  @Visible(WITH_PARENT, () => OrderRequestKind, 'How it would become its orders.')
  kind!: OrderRequestView['kind'];

  @Visible(WITH_PARENT, () => DateTime, 'The market clock it was judged by.')
  marketTime!: Date;

  @Visible(WITH_PARENT, () => Money, 'Contract value of all orders; null: one is not known.', {
    nullable: true,
  })
  value!: RequestPreview['value'];

  @Visible(WITH_PARENT, () => Money, 'Margin of all orders; null: one is not known.', {
    nullable: true,
  })
  margin!: RequestPreview['margin'];

  @Visible(
    WITH_PARENT,
    () => ChargeBreakdown,
    'Charges of all orders, which leave with the contract note of the day; null: one is not known.',
    { nullable: true },
  )
  charges!: RequestPreview['charges'];

  @Visible(WITH_PARENT, () => Money, 'Rupees free for new positions now, as `funds.available`.')
  availableBefore!: RequestPreview['availableBefore'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'Rupees free once it is on its way: less its margin and charges, below zero where that is not there; null: not known.',
    { nullable: true },
  )
  availableAfter!: RequestPreview['availableAfter'];
}

@Resolver(() => OrderPreview)
export class OrderPreviewFields {
  @Derived(WITH_PARENT, () => [PreviewedOrder], 'Its orders, in the order in which they leave.')
  orders(@Root() { legs }: RequestPreview): readonly PreviewedLeg[] {
    return legs;
  }

  @Derived(WITH_PARENT, () => Denial, 'What would refuse it; null: it would leave.', {
    nullable: true,
  })
  denial(@Root() { denial }: RequestPreview): DenialView | null {
    return denial === null ? null : denialOfOrder(denial.order);
  }
}

/** The answer of a query that previews. */
export function answerPreview(preview: Result<RequestPreview, PreviewFailure>): object {
  return preview.ok
    ? { __typename: 'OrderPreview', ...preview.value }
    : contractFailure(preview.failure);
}

import { ObjectType, Resolver, Root } from 'type-graphql';
import { Decimal } from 'decimal.js';
import {
  dayViewOf,
  markToMarketOf,
  netViewOf,
  type DayPrices,
} from '@nandax/core/portfolio/day-book.ts';
import {
  averageBuyPriceOf,
  averagePriceOf,
  averageSellPriceOf,
  netQuantityOf,
  pnlOf,
  type Position as PositionSums,
} from '@nandax/core/portfolio/position.ts';
import { isDelivery } from '@nandax/core/portfolio/settlement.ts';
import type { PositionView } from '@nandax/app/views/portfolio.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Money, Price, Quantity } from '../../scalars/scalars.ts';
import { Position } from './portfolio.ts';

const zero = new Decimal(0);

/** A view of a position, and what its gains are worked out from. */
interface ViewedPosition extends PositionSums, DayPrices {
  /** Units of it that were carried into the day. */
  readonly carriedQuantity: Decimal;
  /** What of it traded in the day. */
  readonly traded: PositionSums;
}

@ObjectType({
  description:
    'A position in one of the broker’s two views. Averages are over all purchases and over all sales of the view.',
})
export class PositionFigures implements Partial<ViewedPosition> {
  @Visible(
    WITH_PARENT,
    () => Quantity,
    'Units bought; carried long units are among those of `net`.',
  )
  buyQuantity!: ViewedPosition['buyQuantity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees paid for them, before charges.')
  buyValue!: ViewedPosition['buyValue'];

  @Visible(WITH_PARENT, () => Quantity, 'Units sold; carried short units are among those of `net`.')
  sellQuantity!: ViewedPosition['sellQuantity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees received for them, before charges.')
  sellValue!: ViewedPosition['sellValue'];
}

@Resolver(() => PositionFigures)
export class PositionFiguresFields {
  @Derived(WITH_PARENT, () => Quantity, 'Bought less sold: negative when short.')
  quantity(@Root() view: ViewedPosition): Decimal {
    return netQuantityOf(view);
  }

  @Derived(WITH_PARENT, () => Price, 'Average of the purchases; null: none.', { nullable: true })
  buyPrice(@Root() view: ViewedPosition): Decimal | null {
    return averageBuyPriceOf(view);
  }

  @Derived(WITH_PARENT, () => Price, 'Average of the sales; null: none.', { nullable: true })
  sellPrice(@Root() view: ViewedPosition): Decimal | null {
    return averageSellPriceOf(view);
  }

  @Derived(WITH_PARENT, () => Price, 'Average of the open side; null: closed.', { nullable: true })
  averagePrice(@Root() view: ViewedPosition): Decimal | null {
    return averagePriceOf(view);
  }

  @Derived(WITH_PARENT, () => Money, 'Rupees received less rupees paid.')
  value(@Root() view: ViewedPosition): Decimal {
    return view.sellValue.minus(view.buyValue);
  }

  @Derived(
    WITH_PARENT,
    () => Money,
    'Gain at the last price since it was opened, before charges; null: it is open and has no price.',
    { nullable: true },
  )
  pnl(@Root() view: ViewedPosition): Decimal | null {
    if (view.lastPrice !== null) return pnlOf(view, view.lastPrice);
    return netQuantityOf(view).isZero() ? view.sellValue.minus(view.buyValue) : null;
  }

  @Derived(
    WITH_PARENT,
    () => Money,
    'Gain since the close of the day before, before charges; null: a price that it needs is missing.',
    { nullable: true },
  )
  markToMarket(@Root() view: ViewedPosition): Decimal | null {
    return markToMarketOf(view.carriedQuantity, view.traded, view);
  }
}

@Resolver(() => Position)
export class PositionViewFields {
  @Derived(
    WITH_PARENT,
    () => Quantity,
    'Units carried into the market’s day: negative when short. Of CNC and MTF these are the holding.',
  )
  overnightQuantity(@Root() { book }: PositionView): Decimal {
    return book.overnightQuantity;
  }

  @Derived(WITH_PARENT, () => PositionFigures, 'What traded in the market’s day alone.')
  day(@Root() { book, multiplier, closePrice, lastPrice }: PositionView): ViewedPosition {
    const traded = dayViewOf(book, multiplier);
    return { ...traded, closePrice, lastPrice, traded, carriedQuantity: zero };
  }

  @Derived(
    WITH_PARENT,
    () => PositionFigures,
    'What was carried and what traded in the market’s day; of CNC and MTF, the day alone.',
  )
  net(@Root() { book, product, multiplier, closePrice, lastPrice }: PositionView): ViewedPosition {
    const carriedQuantity = isDelivery(product) ? zero : book.overnightQuantity;
    const traded = dayViewOf(book, multiplier);
    const view = netViewOf(book, product, multiplier);
    return { ...view, closePrice, lastPrice, traded, carriedQuantity };
  }
}

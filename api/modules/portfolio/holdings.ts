import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import { holdingsOf, type PortfolioHolding } from '@nandax/app/portfolios/holdings-of.ts';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Decimal, Money, Price, Quantity } from '../../scalars/scalars.ts';
import { Instrument } from '../instrument/instrument.ts';
import { ProductType } from '../order/order-terms.ts';
import { Portfolio } from './portfolio.ts';

@ObjectType({
  description:
    'Shares for delivery that were carried into the market’s day. What is bought on a day is a position until the next.',
})
export class Holding implements Partial<PortfolioHolding> {
  @Visible(WITH_PARENT, () => ProductType, 'CNC or MTF.')
  product!: PortfolioHolding['product'];

  @Visible(WITH_PARENT, () => Quantity, 'Units that were delivered.')
  quantity!: PortfolioHolding['quantity'];

  @Visible(
    WITH_PARENT,
    () => Quantity,
    'Units bought on the trading day before, which are delivered at the end of this one (T+1).',
  )
  t1Quantity!: PortfolioHolding['t1Quantity'];

  @Visible(WITH_PARENT, () => Quantity, 'Units carried into the day: `quantity` and `t1Quantity`.')
  openingQuantity!: PortfolioHolding['openingQuantity'];

  @Visible(WITH_PARENT, () => Quantity, 'Units of them sold today, over what was bought today.')
  usedQuantity!: PortfolioHolding['usedQuantity'];

  @Visible(
    WITH_PARENT,
    () => Quantity,
    'Units that are left to sell, those in settlement too (BTST); working orders are not taken off.',
  )
  sellableQuantity!: PortfolioHolding['sellableQuantity'];

  @Visible(
    WITH_PARENT,
    () => Price,
    'What a unit that is left was bought at, first in first out; null: all are sold.',
    { nullable: true },
  )
  averagePrice!: PortfolioHolding['averagePrice'];

  @Visible(WITH_PARENT, () => Price, 'Last price on the portfolio’s feed; null: none yet.', {
    nullable: true,
  })
  lastPrice!: PortfolioHolding['lastPrice'];

  @Visible(WITH_PARENT, () => Price, 'Close of the day before; null: it was held at no close.', {
    nullable: true,
  })
  closePrice!: PortfolioHolding['closePrice'];

  @Visible(
    WITH_PARENT,
    () => Price,
    'Last price less that close, rupees a unit; null: one of them is missing.',
    { nullable: true },
  )
  dayChange!: PortfolioHolding['dayChange'];

  @Visible(WITH_PARENT, () => Decimal, '`dayChange` in percent of the close.', { nullable: true })
  dayChangePercent!: PortfolioHolding['dayChangePercent'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'Gain of what is left at the last price, before charges; null: no price.',
    { nullable: true },
  )
  pnl!: PortfolioHolding['pnl'];
}

@Resolver(() => Holding)
export class HoldingFields {
  @Derived(WITH_PARENT, () => Instrument, 'What is held.')
  instrument(@Root() { instrumentId }: PortfolioHolding, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(instrumentId);
  }
}

@Resolver(() => Portfolio)
export class PortfolioHoldings {
  @Derived(OWNER, () => [Holding], 'Shares for delivery that it holds, by symbol.')
  async holdings(
    @Root() { id }: PortfolioView,
    @Ctx() { loaders, ports }: Context,
  ): Promise<readonly PortfolioHolding[]> {
    const [positions, lots] = await Promise.all([
      loaders.positionsOfPortfolio.load(id),
      loaders.deliveryLotsOfPortfolio.load(id),
    ]);
    const exchanges = [...new Set((positions ?? []).map(({ exchange }) => exchange))];
    const calendars = new Map(
      await Promise.all(
        exchanges.map(
          async (exchange) => [exchange, await ports.history.calendar(exchange)] as const,
        ),
      ),
    );
    return holdingsOf(positions ?? [], lots ?? [], calendars);
  }
}

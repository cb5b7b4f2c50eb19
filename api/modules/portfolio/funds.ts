import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { Decimal as DecimalNumber } from 'decimal.js';
import {
  fundsOf,
  type Funds as FundsOfAccount,
  type OrderMargin as MarginOfOrder,
} from '@nandax/app/portfolios/funds-of.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import { chargesDueOf } from '@nandax/app/risk/charges-due.ts';
import { readAccount } from '@nandax/app/risk/read-account.ts';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Decimal, Money, Quantity } from '../../scalars/scalars.ts';
import { Order } from '../order/order.ts';
import { Portfolio } from './portfolio.ts';

@ObjectType({
  description: 'What a working order holds of the money at hand until it fills or ends.',
})
export class OrderMargin implements Partial<MarginOfOrder> {
  @Visible(WITH_PARENT, () => Quantity, 'Quantity that would open or enlarge a position.')
  openingQuantity!: MarginOfOrder['openingQuantity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees it holds.')
  margin!: MarginOfOrder['margin'];
}

@Resolver(() => OrderMargin)
export class OrderMarginFields {
  @Derived(WITH_PARENT, () => Order, 'The order.')
  order(@Root() { order }: MarginOfOrder, @Ctx() { loaders }: Context) {
    return loaders.order.load(order.id);
  }

  @Derived(
    WITH_PARENT,
    () => Decimal,
    'Percent of its value that is asked for; of an option sold, of the value at its strike.',
  )
  percent(@Root() { rate }: MarginOfOrder): DecimalNumber {
    return rate.rate.times(100);
  }

  @Derived(
    WITH_PARENT,
    () => Boolean,
    'True: an estimate, as the exchange’s own figure (SPAN and exposure) is not public.',
  )
  estimate(@Root() { rate }: MarginOfOrder): boolean {
    return rate.estimate;
  }

  @Derived(WITH_PARENT, () => String, 'Where the percentage comes from.')
  source(@Root() { rate }: MarginOfOrder): string {
    return rate.source;
  }
}

@ObjectType({ description: 'What a portfolio may still spend, and what holds the rest.' })
export class Funds implements Partial<FundsOfAccount> {
  @Visible(WITH_PARENT, () => Money, 'Rupees at hand, which blocked margins have left.')
  cash!: FundsOfAccount['cash'];

  @Visible(WITH_PARENT, () => Money, 'Rupees blocked for positions, as the ledger’s MARGIN.')
  marginUsed!: FundsOfAccount['marginUsed'];

  @Visible(WITH_PARENT, () => Money, 'Rupees held for working orders, which posts nothing.')
  marginHeld!: FundsOfAccount['marginHeld'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'Rupees held for charges to come: of fills without a contract note, and of working orders.',
  )
  chargesHeld!: FundsOfAccount['chargesHeld'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'Rupees free for new positions: cash less what orders and charges to come hold.',
  )
  available!: FundsOfAccount['available'];

  @Visible(WITH_PARENT, () => Money, 'Rupees from pledged holdings, which are not offered: 0.')
  collateral!: FundsOfAccount['collateral'];

  @Visible(WITH_PARENT, () => [OrderMargin], 'Working orders that hold margin, oldest first.')
  orders!: FundsOfAccount['orders'];
}

@Resolver(() => Portfolio)
export class PortfolioFunds {
  @Derived(OWNER, () => Funds, 'What it may still spend, and what holds the rest.')
  async funds(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders, ports }: Context,
  ): Promise<FundsOfAccount> {
    const [figures, account, rates, rateCards] = await Promise.all([
      loaders.figuresOfPortfolio.load(portfolio.id),
      ports.store.read((rows) => readAccount(rows, portfolio.id)),
      ports.history.marginRates(),
      ports.history.rateCards(),
    ]);
    const time = figures?.marketTime ?? ports.clock.now();
    return fundsOf(account, marginRatesOn(rates, time), chargesDueOf(account, rateCards, time));
  }
}

import { Arg, Args, Ctx, Resolver, Root } from 'type-graphql';
import type { Decimal } from 'decimal.js';
import { averagePriceOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import {
  accountOf,
  unrealisedPnlOf,
  type PortfolioAccount,
} from '@nandax/app/portfolios/account-of.ts';
import type { PortfolioView, PositionView } from '@nandax/app/views/portfolio.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { DateTime, Money, Price, Quantity } from '../../scalars/scalars.ts';
import { BrokerAccount } from '../broker/broker-account.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';
import { Instrument } from '../instrument/instrument.ts';
import { OrderConnection } from '../order/order.ts';
import { OrderStatus } from '../order/order-terms.ts';
import { ReplaySession } from '../replay/replay-session.ts';
import { TradeConnection, TradeStatus } from '../trade/trade.ts';
import {
  ContractNoteConnection,
  LedgerEntryConnection,
  Portfolio,
  Position,
  TradingStateValue,
} from './portfolio.ts';

async function accountFor(
  portfolio: PortfolioView,
  { loaders }: Context,
): Promise<PortfolioAccount> {
  const [figures, positions, accrued] = await Promise.all([
    loaders.figuresOfPortfolio.load(portfolio.id),
    loaders.positionsOfPortfolio.load(portfolio.id),
    loaders.accruedChargesOfPortfolio.load(portfolio.id),
  ]);
  return accountOf(figures, positions ?? [], accrued);
}

@Resolver(() => Portfolio)
export class PortfolioFields {
  @Derived(OWNER, () => Money, 'Rupees at hand: what neither positions nor their margins hold.')
  async cash(@Root() portfolio: PortfolioView, @Ctx() context: Context) {
    return (await accountFor(portfolio, context)).cash;
  }

  @Derived(
    OWNER,
    () => Money,
    'Cash, blocked margins, what was paid for and what it has gained, in rupees.',
  )
  async equity(@Root() portfolio: PortfolioView, @Ctx() context: Context) {
    return (await accountFor(portfolio, context)).equity;
  }

  @Derived(OWNER, () => Money, 'Gain of closed trades, first in first out, before charges.')
  async realisedPnl(@Root() portfolio: PortfolioView, @Ctx() context: Context) {
    return (await accountFor(portfolio, context)).realisedPnl;
  }

  @Derived(OWNER, () => Money, 'Gain of what is held at its last price, before charges.')
  async unrealisedPnl(@Root() portfolio: PortfolioView, @Ctx() context: Context) {
    return (await accountFor(portfolio, context)).unrealisedPnl;
  }

  @Derived(OWNER, () => ChargeBreakdown, 'Charges of all contract notes, and those accrued since.')
  async charges(@Root() portfolio: PortfolioView, @Ctx() context: Context) {
    return (await accountFor(portfolio, context)).charges;
  }

  @Derived(OWNER, () => Money, 'Realised and unrealised gain less charges.')
  async netPnl(@Root() portfolio: PortfolioView, @Ctx() context: Context) {
    return (await accountFor(portfolio, context)).netPnl;
  }

  @Derived(OWNER, () => DateTime, 'Its market clock; null: it follows no feed that has started.', {
    nullable: true,
  })
  async marketTime(@Root() portfolio: PortfolioView, @Ctx() { loaders }: Context) {
    return (await loaders.figuresOfPortfolio.load(portfolio.id))?.marketTime ?? null;
  }

  @Derived(OWNER, () => ReplaySession, 'The replay it follows; null: none.', { nullable: true })
  replaySession(@Root() portfolio: PortfolioView, @Ctx() { loaders }: Context) {
    return portfolio.feedId === null ? null : loaders.replaySession.load(portfolio.feedId);
  }

  @Derived(
    OWNER,
    () => BrokerAccount,
    'The account at a broker whose books it is; null: paper, or the account is no longer connected.',
    { nullable: true },
  )
  async brokerAccount(@Root() portfolio: PortfolioView, @Ctx() { loaders }: Context) {
    const { brokerConnectionId } = portfolio;
    const account = brokerConnectionId && (await loaders.brokerAccount.load(brokerConnectionId));
    return account && !account.deleted ? account : null;
  }

  @Derived(OWNER, () => TradingStateValue, 'Which orders pass.')
  async tradingState(@Root() portfolio: PortfolioView, @Ctx() { loaders }: Context) {
    return (await loaders.figuresOfPortfolio.load(portfolio.id))?.tradingState ?? 'ACTIVE';
  }

  @Derived(OWNER, () => [Position], 'All that traded, closed positions included, by symbol.')
  async positions(@Root() portfolio: PortfolioView, @Ctx() { loaders }: Context) {
    return (await loaders.positionsOfPortfolio.load(portfolio.id)) ?? [];
  }

  @Derived(OWNER, () => OrderConnection, 'Its orders, newest first.')
  orders(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => OrderStatus, { nullable: true, description: 'Only those in this status.' })
    status?: keyof typeof OrderStatus | null,
  ) {
    return connect(loaders, 'ordersOfPortfolio', portfolio.id, page, status);
  }

  @Derived(OWNER, () => TradeConnection, 'Its trades, newest first.')
  trades(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('status', () => TradeStatus, { nullable: true, description: 'Only those in this status.' })
    status?: keyof typeof TradeStatus | null,
  ) {
    return connect(loaders, 'tradesOfPortfolio', portfolio.id, page, status);
  }

  @Derived(OWNER, () => LedgerEntryConnection, 'Lines of its ledger, newest first.')
  ledger(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'ledgerOfPortfolio', portfolio.id, page);
  }

  @Derived(OWNER, () => ContractNoteConnection, 'Its contract notes, newest first.')
  contractNotes(
    @Root() portfolio: PortfolioView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'contractNotesOfPortfolio', portfolio.id, page);
  }
}

@Resolver(() => Position)
export class PositionFields {
  @Derived(WITH_PARENT, () => Instrument, 'What is held.')
  instrument(@Root() position: PositionView, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(position.instrumentId);
  }

  @Derived(WITH_PARENT, () => Quantity, 'Units held: negative when short, 0 when closed.')
  quantity(@Root() position: PositionView): Decimal {
    return netQuantityOf(position);
  }

  @Derived(WITH_PARENT, () => Price, 'The broker’s average of the open side; null: closed.', {
    nullable: true,
  })
  averagePrice(@Root() position: PositionView): Decimal | null {
    return averagePriceOf(position);
  }

  @Derived(WITH_PARENT, () => Money, 'Gain of what is held at the last price, before charges.')
  unrealisedPnl(@Root() position: PositionView): Decimal {
    return unrealisedPnlOf(position);
  }
}

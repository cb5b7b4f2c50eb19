import { Ctx, Resolver, Root } from 'type-graphql';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { TradeView } from '@nandax/app/views/portfolio.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { Money } from '../../scalars/scalars.ts';
import { Agent } from '../agent/agent.ts';
import { Instrument } from '../instrument/instrument.ts';
import { Portfolio } from '../portfolio/portfolio.ts';
import { Run } from '../run/run.ts';
import { Trade } from './trade.ts';

@Resolver(() => Trade)
export class TradeFields {
  @Derived(OWNER, () => Instrument, 'What was traded.')
  instrument(@Root() trade: TradeView, @Ctx() { loaders }: Context) {
    return loaders.instrument.load(trade.instrumentId);
  }

  @Derived(OWNER, () => Portfolio, 'In which portfolio; null: in a backtest.', { nullable: true })
  portfolio(@Root() trade: TradeView, @Ctx() { loaders }: Context) {
    return trade.portfolioId === null ? null : loaders.portfolio.load(trade.portfolioId);
  }

  @Derived(OWNER, () => Agent, 'By which agent; null: by none.', { nullable: true })
  agent(@Root() trade: TradeView, @Ctx() { loaders }: Context) {
    return trade.agentId === null ? null : loaders.agent.load(trade.agentId);
  }

  @Derived(OWNER, () => Run, 'In which run; null: by hand.', { nullable: true })
  run(@Root() trade: TradeView, @Ctx() { loaders }: Context) {
    return trade.runId === null ? null : loaders.run.load(trade.runId);
  }

  @Derived(OWNER, () => Money, 'Gain after charges, in rupees; null: still open.', {
    nullable: true,
  })
  netPnl(@Root() { grossPnl, charges }: TradeView) {
    return grossPnl === null ? null : grossPnl.minus(totalOfCharges(charges));
  }
}

import { Args, Ctx, Resolver, Root } from 'type-graphql';
import type { AgentDecisionView, AgentView } from '@nandax/app/views/strategy.ts';
import { Derived } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connect, PageArguments } from '../../relay/connection.ts';
import { Order } from '../order/order.ts';
import { Portfolio } from '../portfolio/portfolio.ts';
import { Run, RunConnection } from '../run/run.ts';
import { Strategy, StrategyPerformance } from '../strategy/strategy.ts';
import { noPerformance } from '../strategy/strategy-fields.ts';
import { TradeConnection } from '../trade/trade.ts';
import { Agent, AgentDecision, AgentDecisionConnection, DecisionInput, Signal } from './agent.ts';

@Resolver(() => Agent)
export class AgentFields {
  @Derived(OWNER, () => Strategy, 'What it trades by.')
  strategy(@Root() agent: AgentView, @Ctx() { loaders }: Context) {
    return loaders.strategy.load(agent.strategyId);
  }

  @Derived(OWNER, () => Portfolio, 'Where it trades.')
  portfolio(@Root() agent: AgentView, @Ctx() { loaders }: Context) {
    return loaders.portfolio.load(agent.portfolioId);
  }

  @Derived(OWNER, () => Run, 'The run under way or paused; null: none is.', { nullable: true })
  currentRun(@Root() agent: AgentView, @Ctx() { loaders }: Context) {
    return agent.currentRunId === null ? null : loaders.run.load(agent.currentRunId);
  }

  @Derived(OWNER, () => Run, 'Its newest run, ended or not; null: never started.', {
    nullable: true,
  })
  lastRun(@Root() agent: AgentView, @Ctx() { loaders }: Context) {
    return loaders.lastRunOfAgent.load(agent.id);
  }

  @Derived(OWNER, () => RunConnection, 'Its runs, newest first.')
  runs(
    @Root() agent: AgentView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'runsOfAgent', agent.id, page);
  }

  @Derived(OWNER, () => AgentDecisionConnection, 'What it decided in all its runs, newest first.')
  decisions(
    @Root() agent: AgentView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'decisionsOfAgent', agent.id, page);
  }

  @Derived(OWNER, () => TradeConnection, 'Its trades in all its runs, newest first.')
  trades(
    @Root() agent: AgentView,
    @Ctx() { loaders }: Context,
    @Args(() => PageArguments) page: PageArguments,
  ) {
    return connect(loaders, 'tradesOfAgent', agent.id, page);
  }

  @Derived(OWNER, () => StrategyPerformance, 'What it made so far.')
  async performance(@Root() agent: AgentView, @Ctx() { loaders }: Context) {
    return (await loaders.performanceOfAgent.load(agent.id)) ?? noPerformance;
  }
}

@Resolver(() => AgentDecision)
export class AgentDecisionFields {
  @Derived(OWNER, () => [Signal], 'What it wants done; empty: nothing.')
  async signals(@Root() decision: AgentDecisionView, @Ctx() { loaders }: Context) {
    return Promise.all(
      decision.signals.map(async ({ instrumentId, ...signal }) => ({
        ...signal,
        instrument: await loaders.instrument.load(instrumentId),
      })),
    );
  }

  @Derived(OWNER, () => [DecisionInput], 'Every number it looked at.')
  async inputs(@Root() decision: AgentDecisionView, @Ctx() { loaders }: Context) {
    return Promise.all(
      decision.inputs.map(async ({ instrumentId, ...input }) => ({
        ...input,
        instrument: await loaders.instrument.load(instrumentId),
      })),
    );
  }

  @Derived(OWNER, () => [Order], 'Orders that came of it.')
  async orders(@Root() decision: AgentDecisionView, @Ctx() { loaders }: Context) {
    return (await loaders.ordersOfDecision.load(decision.id)) ?? [];
  }
}

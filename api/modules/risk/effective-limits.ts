import { Ctx, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import type { EffectiveLimitsView } from '@nandax/app/views/risk.ts';
import type { AgentView } from '@nandax/app/views/strategy.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { globalIdOf } from '../../relay/global-id.ts';
import { Agent } from '../agent/agent.ts';
import { Portfolio, TradingStateValue } from '../portfolio/portfolio.ts';
import { RiskLimitUse } from './risk-usage.ts';

@ObjectType({
  description:
    'What an order that opens a position has to keep: of all scopes it belongs to, the strictest.',
})
export class EffectiveRiskLimits {
  @Visible(WITH_PARENT, () => TradingStateValue, 'Which orders pass at all.')
  tradingState!: TradingState;

  @Visible(
    WITH_PARENT,
    () => [RiskLimitUse],
    'For each limit (and each instrument, of a limit on one) that of the scope that leaves the least.',
  )
  uses!: readonly object[];
}

@Resolver(() => EffectiveRiskLimits)
export class EffectiveRiskLimitsFields {
  @Derived(WITH_PARENT, () => [ID], 'Instruments that all scopes allow; empty: none; null: all.', {
    nullable: true,
  })
  allowedInstrumentIds(@Root() { conditions }: EffectiveLimitsView) {
    return conditions.allowedInstrumentIds?.map((id) => globalIdOf('Instrument', id)) ?? null;
  }

  @Derived(
    WITH_PARENT,
    () => Int,
    'Minute of the day from which entries pass; null: from its start.',
    {
      nullable: true,
    },
  )
  entriesFromMinute(@Root() { conditions }: EffectiveLimitsView) {
    return conditions.entriesFromMinute;
  }

  @Derived(WITH_PARENT, () => Int, 'Minute at which they no longer do; null: to its end.', {
    nullable: true,
  })
  entriesUntilMinute(@Root() { conditions }: EffectiveLimitsView) {
    return conditions.entriesUntilMinute;
  }
}

const description = 'The limits that an order of its has to keep, with what is left of them now.';

@Resolver(() => Portfolio)
export class PortfolioLimitsField {
  @Derived(OWNER, () => EffectiveRiskLimits, description)
  effectiveRiskLimits(@Root() { id }: PortfolioView, @Ctx() { loaders }: Context) {
    return loaders.effectiveLimitsOfPortfolio.load(id);
  }
}

@Resolver(() => Agent)
export class AgentLimitsField {
  @Derived(OWNER, () => EffectiveRiskLimits, description)
  effectiveRiskLimits(@Root() { id }: AgentView, @Ctx() { loaders }: Context) {
    return loaders.effectiveLimitsOfAgent.load(id);
  }
}

import { Arg, Ctx, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import {
  activateKillSwitch,
  releaseKillSwitch,
  type KillSwitchTarget,
} from '@nandax/app/risk/kill-switch.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { Access, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { TradingStateValue } from '../portfolio/portfolio.ts';

@ObjectType({ description: 'A kill switch that was pulled, and what it found to be ended.' })
class ActivatedKillSwitch {
  @Visible(WITH_PARENT, () => TradingStateValue, 'REDUCING until all is flat, then HALTED.')
  state!: TradingState;

  @Visible(WITH_PARENT, () => Int, 'Portfolios that it shuts.')
  portfolios!: number;

  @Visible(WITH_PARENT, () => Int, 'Agents that ran or were paused; they are stopped.')
  agents!: number;

  @Visible(WITH_PARENT, () => Int, 'Orders that could still execute; they are taken back.')
  workingOrders!: number;

  @Visible(WITH_PARENT, () => Int, 'Positions that are left at the market.')
  openPositions!: number;
}

@ObjectType({ description: 'A kill switch that was released.' })
class ReleasedKillSwitch {
  @Visible(WITH_PARENT, () => TradingStateValue, 'ACTIVE; a wider one may still hold.')
  state!: TradingState;
}

@InputType({ description: 'What to shut, and why.' })
class ActivateKillSwitchInput {
  @InputField(() => ID, 'One portfolio; null: all of yours.', { nullable: true })
  portfolioId?: string | null;

  @InputField(() => String, 'Why, in up to 200 characters; it is shown beside the state.')
  reason!: string;
}

@InputType({ description: 'What to let trade again.' })
class ReleaseKillSwitchInput {
  @InputField(() => ID, 'One portfolio; null: all of yours.', { nullable: true })
  portfolioId?: string | null;
}

const ActivateKillSwitchResult = resultUnion(
  'ActivateKillSwitchResult',
  'The kill switch, or why it was not pulled.',
  () => ActivatedKillSwitch,
  [InvalidInput, NotFound],
);

const ReleaseKillSwitchResult = resultUnion(
  'ReleaseKillSwitchResult',
  'The release, or why there was none.',
  () => ReleasedKillSwitch,
  [IllegalState, NotFound],
);

@Resolver()
export class KillSwitchMutations {
  @Access(SIGNED_IN, ['RISK_HALT'])
  @Mutation(() => ActivateKillSwitchResult, {
    description:
      'Blocks every order that opens a position, stops agents, takes orders back, leaves positions at the market and halts trading.',
  })
  async activateKillSwitch(
    @Caller() actor: AccountActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => ActivateKillSwitchInput, { description: 'What, and why.' })
    { portfolioId, reason }: ActivateKillSwitchInput,
  ) {
    const target = targetOf(portfolioId);
    const result = await activateKillSwitch(ports, { actor, target, reason });
    if (!result.ok) return contractFailure(result.failure);
    const { state, ...found } = result.value;
    return { __typename: 'ActivatedKillSwitch', ...found, state: state.state };
  }

  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => ReleaseKillSwitchResult, {
    description: 'Lets what a kill switch shut trade again. Agents stay stopped.',
  })
  async releaseKillSwitch(
    @Caller() actor: AccountActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => ReleaseKillSwitchInput, { description: 'What.' })
    { portfolioId }: ReleaseKillSwitchInput,
  ) {
    const result = await releaseKillSwitch(ports, { actor, target: targetOf(portfolioId) });
    return result.ok
      ? { __typename: 'ReleasedKillSwitch', state: result.value.state }
      : contractFailure(result.failure);
  }
}

function targetOf(portfolioId: string | null | undefined): KillSwitchTarget {
  return portfolioId == null
    ? { scope: 'USER', portfolioId: null }
    : { scope: 'PORTFOLIO', portfolioId: localIdOf('Portfolio', portfolioId) };
}

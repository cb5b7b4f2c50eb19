import { Arg, Ctx, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import {
  activateKillSwitch,
  releaseKillSwitch,
  type KillSwitchTarget,
} from '@nandax/app/risk/kill-switch.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import type { KillSwitchView } from '@nandax/app/views/risk.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { Access, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Caller, Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { DateTime } from '../../scalars/scalars.ts';
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

@ObjectType({ description: 'A kill switch that holds, and what there is still to be ended.' })
export class KillSwitch implements KillSwitchView {
  @Visible(WITH_PARENT, () => TradingStateValue, 'REDUCING until all is flat, then HALTED.')
  state!: TradingState;

  @Visible(WITH_PARENT, () => String, 'Why it was pulled.', { nullable: true })
  reason!: string | null;

  @Visible(WITH_PARENT, () => DateTime, 'When it was pulled, or else came to be halted.')
  changedAt!: Date;

  @Visible(WITH_PARENT, () => Int, 'Portfolios that it shuts.')
  portfolios!: number;

  @Visible(WITH_PARENT, () => Int, 'Agents that still run or are paused.')
  agents!: number;

  @Visible(WITH_PARENT, () => Int, 'Orders that can still execute.')
  workingOrders!: number;

  @Visible(WITH_PARENT, () => Int, 'Positions that are still open.')
  openPositions!: number;

  @Visible(
    WITH_PARENT,
    () => Int,
    'Live portfolios that are not called flat yet: no reading of their broker’s books agreed since the switch was pulled and the books here last changed. 0 when halted.',
  )
  unreadAccounts!: number;
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

  @InputField(() => Boolean, 'The whole installation. For administrators.', {
    defaultValue: false,
  })
  platform!: boolean;

  @InputField(() => String, 'Why, in up to 200 characters; it is shown beside the state.')
  reason!: string;
}

@InputType({ description: 'What to let trade again.' })
class ReleaseKillSwitchInput {
  @InputField(() => ID, 'One portfolio; null: all of yours.', { nullable: true })
  portfolioId?: string | null;

  @InputField(() => Boolean, 'The whole installation. For administrators.', {
    defaultValue: false,
  })
  platform!: boolean;
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
  [IllegalState, InvalidInput, NotFound],
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
    @Viewer() { role }: UserView,
    @Ctx() { ports }: Context,
    @Arg('input', () => ActivateKillSwitchInput, { description: 'What, and why.' })
    { reason, ...named }: ActivateKillSwitchInput,
  ) {
    const target = targetOf(named);
    const administrates = role === 'ADMIN';
    const result = await activateKillSwitch(ports, { actor, administrates, target, reason });
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
    @Viewer() { role }: UserView,
    @Ctx() { ports }: Context,
    @Arg('input', () => ReleaseKillSwitchInput, { description: 'What.' })
    named: ReleaseKillSwitchInput,
  ) {
    const target = targetOf(named);
    const administrates = role === 'ADMIN';
    const result = await releaseKillSwitch(ports, { actor, administrates, target });
    return result.ok
      ? { __typename: 'ReleasedKillSwitch', state: result.value.state }
      : contractFailure(result.failure);
  }
}

type NamedTarget = Pick<ReleaseKillSwitchInput, 'portfolioId' | 'platform'>;

function targetOf({ portfolioId, platform }: NamedTarget): KillSwitchTarget {
  const named = portfolioId == null ? null : localIdOf('Portfolio', portfolioId);
  if (platform) return { scope: 'PLATFORM', portfolioId: named };
  return { scope: named === null ? 'USER' : 'PORTFOLIO', portfolioId: named };
}

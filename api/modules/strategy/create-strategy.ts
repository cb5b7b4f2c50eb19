import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { TimeFrame as TimeFrameName } from '@nandax/core/market/time-frame.ts';
import type { AccountActor } from '@nandax/app/actor.ts';
import { createStrategy } from '@nandax/app/strategies/create-strategy.ts';
import { textOfNewRules } from '@nandax/app/strategies/rules-text.ts';
import type { StrategyView } from '@nandax/app/views/strategy.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { TimeFrame } from '../dataset/candle.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, InvalidRules, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { RulesInput } from './rules-input.ts';
import { Strategy, StrategyType } from './strategy.ts';

@InputType({ description: 'A strategy to make.' })
class CreateStrategyInput extends RulesInput {
  @InputField(() => String, 'Name for people.')
  name!: string;

  @InputField(() => StrategyType, 'What it lives on.', { defaultValue: StrategyType.CUSTOM })
  type!: StrategyView['type'];

  @InputField(() => TimeFrame, 'Length of the bars it decides on.')
  timeFrame!: TimeFrameName;

  @InputField(() => [ID], 'What it trades, in the order in which entries are decided.')
  instrumentIds!: string[];
}

const CreateStrategyResult = resultUnion(
  'CreateStrategyResult',
  'The strategy, or why there is none.',
  () => Strategy,
  [InvalidInput, InvalidRules, NotFound, TierLimitReached],
);

@Resolver()
export class CreateStrategyMutation {
  @Access(SIGNED_IN, ['STRATEGIES_WRITE'])
  @Mutation(() => CreateStrategyResult, {
    description: 'Makes a strategy with its first version, as a draft.',
  })
  async createStrategy(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CreateStrategyInput, { description: 'Its name and rules.' })
    input: CreateStrategyInput,
  ) {
    const document = textOfNewRules({ document: input.document ?? null, tree: input.tree });
    if (!document.ok) return answer(context, 'Strategy', document);
    const result = await createStrategy(context.ports, {
      actor,
      name: input.name,
      type: input.type,
      timeFrame: input.timeFrame,
      instrumentIds: input.instrumentIds.map((id) => localIdOf('Instrument', id)),
      document: document.value,
      configuration: input.configuration ?? {},
    });
    return answer(context, 'Strategy', result);
  }
}

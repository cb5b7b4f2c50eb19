import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { TimeFrame as TimeFrameName } from '@nandax/core/market/time-frame.ts';
import type { AccountActor } from '@nandax/app/actor.ts';
import { updateStrategy } from '@nandax/app/strategies/update-strategy.ts';
import { textOfRules } from '@nandax/app/strategies/rules-text.ts';
import type { StrategyView } from '@nandax/app/views/strategy.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { TimeFrame } from '../dataset/candle.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, InvalidRules, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { RulesInput } from './rules-input.ts';
import { Strategy, StrategyStatus, StrategyType } from './strategy.ts';

@InputType({ description: 'Changes of a strategy; what is left out stays as it is.' })
class UpdateStrategyInput extends RulesInput {
  @InputField(() => ID, 'The strategy.')
  id!: string;

  @InputField(() => String, 'A new name.', { nullable: true })
  name?: string | null;

  @InputField(() => StrategyType, 'What it lives on.', { nullable: true })
  type?: StrategyView['type'] | null;

  @InputField(() => StrategyStatus, 'Where in its life it is.', { nullable: true })
  status?: StrategyView['status'] | null;

  @InputField(() => TimeFrame, 'Length of the bars it decides on.', { nullable: true })
  timeFrame?: TimeFrameName | null;

  @InputField(() => [ID], 'What it trades, in the order in which entries are decided.', {
    nullable: true,
  })
  instrumentIds?: string[] | null;
}

const UpdateStrategyResult = resultUnion(
  'UpdateStrategyResult',
  'The strategy as it was changed, or why it was not.',
  () => Strategy,
  [InvalidInput, InvalidRules, NotFound],
);

@Resolver()
export class UpdateStrategyMutation {
  @Access(SIGNED_IN, ['STRATEGIES_WRITE'])
  @Mutation(() => UpdateStrategyResult, {
    description:
      'Changes a strategy. Other rules, bars, instruments or settings make a new version; runs keep theirs.',
  })
  async updateStrategy(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => UpdateStrategyInput, { description: 'What to change.' })
    input: UpdateStrategyInput,
  ) {
    const document = textOfRules({ document: input.document ?? null, tree: input.tree });
    if (!document.ok) return answer(context, 'Strategy', document);
    const result = await updateStrategy(context.ports, {
      actor,
      strategyId: localIdOf('Strategy', input.id),
      name: input.name ?? null,
      type: input.type ?? null,
      status: input.status ?? null,
      timeFrame: input.timeFrame ?? null,
      instrumentIds: input.instrumentIds?.map((id) => localIdOf('Instrument', id)) ?? null,
      document: document.value,
      configuration: input.configuration ?? null,
    });
    return answer(context, 'Strategy', result);
  }
}

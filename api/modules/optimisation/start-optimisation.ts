import { Arg, Ctx, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { startOptimisation } from '@nandax/app/optimisations/start-optimisation.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { askedTestOf, HistoryTestInput } from '../run/history-test-input.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { AimDirection, Optimisation, OptimisationSearch, WalkForwardKind } from './optimisation.ts';
import { statisticNameOf, TrialStatistic } from './statistic.ts';

@InputType({ description: 'How the best of each window is tried on the bars after it.' })
class WalkForwardInput {
  @InputField(() => WalkForwardKind, 'How windows move on.')
  kind!: keyof typeof WalkForwardKind;

  @InputField(() => Int, 'Bars that a window searches, those of the strategy’s time frame.')
  inSampleBars!: number;

  @InputField(() => Int, 'Bars after them on which the best is tried.')
  outOfSampleBars!: number;
}

@InputType({ description: 'A search of the parameters of a strategy.' })
class StartOptimisationInput extends HistoryTestInput {
  @InputField(() => TrialStatistic, 'The statistic that is looked for.', {
    defaultValue: TrialStatistic.SHARPE_RATIO,
  })
  aim!: keyof typeof TrialStatistic;

  @InputField(() => AimDirection, 'What is better; left out: what is usually wanted of it.', {
    nullable: true,
  })
  direction?: keyof typeof AimDirection | null;

  @InputField(() => OptimisationSearch, 'How points to try are chosen.', {
    defaultValue: OptimisationSearch.GUIDED,
  })
  search!: keyof typeof OptimisationSearch;

  @InputField(() => Int, 'Most trials of one search, 1 to 10,000.', { defaultValue: 200 })
  trialLimit!: number;

  @InputField(() => Int, 'Start of the random numbers, 0 or above.', { defaultValue: 1 })
  seed!: number;

  @InputField(
    () => [String],
    'Conditions over the parameters, such as `fast < slow`, and over what a trial gave, such as `totalTrades >= 30` (the values of `TrialStatistic`, written so): a trial that breaks one is refused.',
    {
      defaultValue: [],
    },
  )
  constraints!: string[];

  @InputField(() => WalkForwardInput, 'How to walk forward; left out: not at all.', {
    nullable: true,
  })
  walkForward?: WalkForwardInput | null;
}

const StartOptimisationResult = resultUnion(
  'StartOptimisationResult',
  'The optimisation in its queue, or why there is none.',
  () => Optimisation,
  [InvalidInput, NotFound, TierLimitReached],
);

@Resolver()
export class StartOptimisationMutation {
  @Access(SIGNED_IN, ['BACKTESTS_RUN'])
  @Mutation(() => StartOptimisationResult, {
    description:
      'Queues a search of parameters; its progress comes with `optimisationUpdates`. Trials trade whole bars of the strategy’s time frame with the dated charges; a backtest of what was found goes minute by minute and may differ.',
  })
  async startOptimisation(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => StartOptimisationInput, { description: 'What to search on what.' })
    input: StartOptimisationInput,
  ) {
    const { walkForward } = input;
    const result = await startOptimisation(context.ports, {
      ...askedTestOf(viewer, input),
      aim: statisticNameOf(input.aim),
      direction: input.direction ?? null,
      search: input.search,
      seed: input.seed,
      trialLimit: input.trialLimit,
      constraints: input.constraints,
      walkForward:
        walkForward === undefined || walkForward === null
          ? null
          : {
              kind: walkForward.kind,
              inSample: walkForward.inSampleBars,
              outOfSample: walkForward.outOfSampleBars,
            },
    });
    return answer(context, 'Optimisation', result);
  }
}

import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import { startBacktest } from '@nandax/app/backtests/start-backtest.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { DateTime, Money } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { FillModelInput, fillModelOf } from '../replay/fill-model.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { BacktestRun } from './run.ts';

@InputType({ description: 'A backtest to run.' })
class RunBacktestInput {
  @InputField(() => ID, 'The strategy.')
  strategyId!: string;

  @InputField(() => ID, 'Which version of it; left out: the current one.', { nullable: true })
  strategyVersionId?: string | null;

  @InputField(() => ID, 'The history to run on.')
  datasetId!: string;

  @InputField(() => Money, 'Rupees to begin with.', { defaultValue: new DecimalNumber(1_000_000) })
  initialCapital!: DecimalNumber;

  @InputField(() => DateTime, 'Beginning of the range; left out: that of the dataset.', {
    nullable: true,
  })
  from?: Date | null;

  @InputField(() => DateTime, 'End of the range; left out: that of the dataset.', {
    nullable: true,
  })
  to?: Date | null;

  @InputField(() => FillModelInput, 'How orders fill; left out: by the defaults of its parts.', {
    nullable: true,
  })
  fillModel?: FillModelInput | null;
}

const RunBacktestResult = resultUnion(
  'RunBacktestResult',
  'The backtest in its queue, or why there is none.',
  () => BacktestRun,
  [InvalidInput, NotFound, TierLimitReached],
);

@Resolver()
export class RunBacktestMutation {
  @Access(SIGNED_IN, ['BACKTESTS_RUN'])
  @Mutation(() => RunBacktestResult, {
    description: 'Queues a backtest; its progress comes with `runUpdates`.',
  })
  async runBacktest(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => RunBacktestInput, { description: 'What to test on what.' })
    input: RunBacktestInput,
  ) {
    const result = await startBacktest(context.ports, {
      userId: viewer.id,
      strategyId: localIdOf('Strategy', input.strategyId),
      strategyVersionId:
        typeof input.strategyVersionId === 'string'
          ? localIdOf('StrategyVersion', input.strategyVersionId)
          : null,
      datasetId: localIdOf('Dataset', input.datasetId),
      initialCapital: input.initialCapital,
      from: input.from ?? null,
      to: input.to ?? null,
      fillModel: fillModelOf(input.fillModel),
    });
    return answer(context, 'Run', result);
  }
}

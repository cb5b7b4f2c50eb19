import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { startBacktest } from '@nandax/app/backtests/start-backtest.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { askedTestOf, HistoryTestInput } from './history-test-input.ts';
import { BacktestRun } from './run.ts';

@InputType({ description: 'A backtest to run.' })
class RunBacktestInput extends HistoryTestInput {}

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
    const result = await startBacktest(context.ports, askedTestOf(viewer, input));
    return answer(context, 'Run', result);
  }
}

import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { cancelBacktest } from '@nandax/app/backtests/cancel-backtest.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { BacktestRun } from './run.ts';

@InputType({ description: 'What to cancel.' })
class CancelBacktestInput {
  @InputField(() => ID, 'The backtest.')
  id!: string;
}

const CancelBacktestResult = resultUnion(
  'CancelBacktestResult',
  'The backtest as it was cancelled, or why it did not happen.',
  () => BacktestRun,
  [IllegalState, NotFound],
);

@Resolver()
export class CancelBacktestMutation {
  @Access(SIGNED_IN, ['BACKTESTS_RUN'])
  @Mutation(() => CancelBacktestResult, {
    description: 'Cancels a backtest that waits or runs.',
  })
  async cancelBacktest(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => CancelBacktestInput, { description: 'Which one.' })
    input: CancelBacktestInput,
  ) {
    const result = await cancelBacktest(context.ports, {
      userId: viewer.id,
      runId: localIdOf('Run', input.id),
    });
    return answer(context, 'Run', result);
  }
}

import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { stopReplay } from '@nandax/app/replay/stop-replay.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ReplaySession } from './replay-session.ts';

@InputType({ description: 'What to end.' })
class StopReplayInput {
  @InputField(() => ID, 'The replay session.')
  id!: string;
}

const StopReplayResult = resultUnion(
  'StopReplayResult',
  'The replay as it was stopped, or why it did not happen.',
  () => ReplaySession,
  [IllegalState, NotFound],
);

@Resolver()
export class StopReplayMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => StopReplayResult, {
    description: 'Ends a replay for good, and the runs on it; open positions stay.',
  })
  async stopReplay(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => StopReplayInput, { description: 'Which one.' }) input: StopReplayInput,
  ) {
    const result = await stopReplay(context.ports, {
      userId: viewer.id,
      replaySessionId: localIdOf('ReplaySession', input.id),
    });
    return answer(context, 'ReplaySession', result);
  }
}

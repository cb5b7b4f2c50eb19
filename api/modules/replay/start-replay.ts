import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { startReplay } from '@nandax/app/replay/start-replay.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ReplaySession } from './replay-session.ts';

@InputType({ description: 'What to start.' })
class StartReplayInput {
  @InputField(() => ID, 'The replay session.')
  id!: string;
}

const StartReplayResult = resultUnion(
  'StartReplayResult',
  'The replay as it was started, or why it did not happen.',
  () => ReplaySession,
  [IllegalState, NotFound],
);

@Resolver()
export class StartReplayMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => StartReplayResult, {
    description: 'Starts a replay, or lets a paused one go on from where it stands.',
  })
  async startReplay(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => StartReplayInput, { description: 'Which one.' }) input: StartReplayInput,
  ) {
    const result = await startReplay(context.ports, {
      userId: viewer.id,
      replaySessionId: localIdOf('ReplaySession', input.id),
    });
    return answer(context, 'ReplaySession', result);
  }
}

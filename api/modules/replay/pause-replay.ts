import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { pauseReplay } from '@nandax/app/replay/pause-replay.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ReplaySession } from './replay-session.ts';

@InputType({ description: 'What to hold.' })
class PauseReplayInput {
  @InputField(() => ID, 'The replay session.')
  id!: string;
}

const PauseReplayResult = resultUnion(
  'PauseReplayResult',
  'The replay as it was paused, or why it did not happen.',
  () => ReplaySession,
  [IllegalState, NotFound],
);

@Resolver()
export class PauseReplayMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => PauseReplayResult, {
    description: 'Holds a running replay after the minute under way; nothing is lost.',
  })
  async pauseReplay(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => PauseReplayInput, { description: 'Which one.' }) input: PauseReplayInput,
  ) {
    const result = await pauseReplay(context.ports, {
      userId: viewer.id,
      replaySessionId: localIdOf('ReplaySession', input.id),
    });
    return answer(context, 'ReplaySession', result);
  }
}

import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { restartReplay } from '@nandax/app/replay/restart-replay.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ReplaySession } from './replay-session.ts';

@InputType({ description: 'What to begin again.' })
class RestartReplayInput {
  @InputField(() => ID, 'The replay session.')
  id!: string;
}

const RestartReplayResult = resultUnion(
  'RestartReplayResult',
  'The new replay session, or why it did not happen.',
  () => ReplaySession,
  [NotFound],
);

@Resolver()
export class RestartReplayMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => RestartReplayResult, {
    description:
      'Begins a replay again as a new session: runs on the old one end, its portfolios follow the new one.',
  })
  async restartReplay(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => RestartReplayInput, { description: 'Which one.' })
    input: RestartReplayInput,
  ) {
    const result = await restartReplay(context.ports, {
      userId: viewer.id,
      replaySessionId: localIdOf('ReplaySession', input.id),
    });
    return answer(context, 'ReplaySession', result);
  }
}

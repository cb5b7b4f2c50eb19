import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Decimal as DecimalNumber } from 'decimal.js';
import { setReplaySpeed } from '@nandax/app/replay/set-replay-speed.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Decimal } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ReplaySession } from './replay-session.ts';

@InputType({ description: 'A new pace.' })
class SetReplaySpeedInput {
  @InputField(() => ID, 'The replay session.')
  id!: string;

  @InputField(() => Decimal, 'Multiple of real time; left out: as fast as possible.', {
    nullable: true,
  })
  speed?: DecimalNumber | null;
}

const SetReplaySpeedResult = resultUnion(
  'SetReplaySpeedResult',
  'The replay at its new pace, or why it did not change.',
  () => ReplaySession,
  [IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class SetReplaySpeedMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => SetReplaySpeedResult, {
    description: 'Changes the pace of a replay from its next tick on.',
  })
  async setReplaySpeed(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => SetReplaySpeedInput, { description: 'Which replay, and how fast.' })
    input: SetReplaySpeedInput,
  ) {
    const result = await setReplaySpeed(context.ports, {
      userId: viewer.id,
      replaySessionId: localIdOf('ReplaySession', input.id),
      speed: input.speed?.toNumber() ?? null,
    });
    return answer(context, 'ReplaySession', result);
  }
}

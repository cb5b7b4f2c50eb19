import { Arg, Ctx, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { Decimal as DecimalNumber } from 'decimal.js';
import { createReplay } from '@nandax/app/replay/create-replay.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { DateTime, Decimal } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { FillModelInput, fillModelOf } from './fill-model.ts';
import { ReplaySession } from './replay-session.ts';

@InputType({ description: 'A replay to make.' })
class CreateReplayInput {
  @InputField(() => String, 'Name for people.')
  name!: string;

  @InputField(() => ID, 'The history to play.')
  datasetId!: string;

  @InputField(() => [ID], 'What to give ticks of; left out or empty: all of the dataset.', {
    nullable: true,
  })
  instrumentIds?: string[] | null;

  @InputField(() => DateTime, 'Beginning of the range; left out: that of the dataset.', {
    nullable: true,
  })
  from?: Date | null;

  @InputField(() => DateTime, 'End of the range, itself not replayed; left out: the dataset’s.', {
    nullable: true,
  })
  to?: Date | null;

  @InputField(() => Decimal, 'Multiple of real time; left out: as fast as possible.', {
    nullable: true,
  })
  speed?: DecimalNumber | null;

  @InputField(() => Int, 'Seed of everything drawn by lot.', { defaultValue: 0 })
  seed!: number;

  @InputField(() => FillModelInput, 'How orders fill; left out: by the defaults of its parts.', {
    nullable: true,
  })
  fillModel?: FillModelInput | null;
}

const CreateReplayResult = resultUnion(
  'CreateReplayResult',
  'The replay, ready to start, or why there is none.',
  () => ReplaySession,
  [InvalidInput, NotFound],
);

@Resolver()
export class CreateReplayMutation {
  @Access(SIGNED_IN, ['AGENTS_CONTROL'])
  @Mutation(() => CreateReplayResult, {
    description: 'Makes a replay of recorded history, ready to start.',
  })
  async createReplay(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => CreateReplayInput, { description: 'What to play, and how fast.' })
    input: CreateReplayInput,
  ) {
    const result = await createReplay(context.ports, {
      userId: viewer.id,
      name: input.name,
      datasetId: localIdOf('Dataset', input.datasetId),
      instrumentIds: (input.instrumentIds ?? []).map((id) => localIdOf('Instrument', id)),
      from: input.from ?? null,
      to: input.to ?? null,
      speed: input.speed?.toNumber() ?? null,
      seed: input.seed,
      fillModel: fillModelOf(input.fillModel),
    });
    return answer(context, 'ReplaySession', result);
  }
}

import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { cancelOptimisation } from '@nandax/app/optimisations/cancel-optimisation.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Optimisation } from './optimisation.ts';

@InputType({ description: 'What to cancel.' })
class CancelOptimisationInput {
  @InputField(() => ID, 'The optimisation.')
  id!: string;
}

const CancelOptimisationResult = resultUnion(
  'CancelOptimisationResult',
  'The optimisation as it was cancelled, or why it did not happen.',
  () => Optimisation,
  [IllegalState, NotFound],
);

@Resolver()
export class CancelOptimisationMutation {
  @Access(SIGNED_IN, ['BACKTESTS_RUN'])
  @Mutation(() => CancelOptimisationResult, {
    description: 'Cancels an optimisation that waits or runs; its trials so far stay.',
  })
  async cancelOptimisation(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => CancelOptimisationInput, { description: 'Which one.' })
    input: CancelOptimisationInput,
  ) {
    const result = await cancelOptimisation(context.ports, {
      userId: viewer.id,
      optimisationId: localIdOf('Optimisation', input.id),
    });
    return answer(context, 'Optimisation', result);
  }
}

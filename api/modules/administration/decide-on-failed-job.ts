import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import {
  decideOnFailedJob,
  type FailedJobDecision,
} from '@nandax/app/administration/decide-on-failed-job.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { JobFailure } from './job-failure.ts';

@InputType({ description: 'A failed job to run again.' })
class RetryFailedJobInput {
  @InputField(() => ID, 'The failed job, which nobody has decided about yet.')
  id!: string;
}

@InputType({ description: 'A failed job to put away.' })
class DiscardFailedJobInput {
  @InputField(() => ID, 'The failed job, which nobody has decided about yet.')
  id!: string;
}

const resultOf = (name: string) =>
  resultUnion(
    name,
    'The failed job as it stands now, or why it was not changed.',
    () => JobFailure,
    [IllegalState, NotFound],
  );
const RetryFailedJobResult = resultOf('RetryFailedJobResult');
const DiscardFailedJobResult = resultOf('DiscardFailedJobResult');

@Resolver()
export class FailedJobMutations {
  @Access(ADMIN, NO_KEY)
  @Mutation(() => RetryFailedJobResult, {
    description:
      'Puts a failed job back into its queue with all its attempts. Jobs are safe to repeat: what was done meanwhile is not done twice, and an order that may have left is asked for, never sent again. For administrators.',
  })
  retryFailedJob(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => RetryFailedJobInput, { description: 'Which job.' })
    input: RetryFailedJobInput,
  ) {
    return decide(context, actor, input, 'RETRY');
  }

  @Access(ADMIN, NO_KEY)
  @Mutation(() => DiscardFailedJobResult, {
    description:
      'Puts a failed job away: it will not run again. An order that has not left for its broker is taken back with it; what may have left goes on being asked about. For administrators.',
  })
  discardFailedJob(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => DiscardFailedJobInput, { description: 'Which job.' })
    input: DiscardFailedJobInput,
  ) {
    return decide(context, actor, input, 'DISCARD');
  }
}

async function decide(
  context: Context,
  actor: UserActor,
  { id }: { readonly id: string },
  decision: FailedJobDecision,
) {
  const failureId = localIdOf('JobFailure', id);
  const result = await decideOnFailedJob(context.ports, { actor, failureId, decision });
  return answer(context, 'JobFailure', result);
}

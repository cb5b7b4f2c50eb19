import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { acknowledgeFinding } from '@nandax/app/reconciliation/acknowledge-finding.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ReconciliationFinding } from './reconciliation-finding.ts';

@InputType({ description: 'A difference to take note of.' })
class AcknowledgeFindingInput {
  @InputField(() => ID, 'The finding, which has not ended.')
  id!: string;
}

const AcknowledgeFindingResult = resultUnion(
  'AcknowledgeFindingResult',
  'The finding as it stands now, or why it was left.',
  () => ReconciliationFinding,
  [IllegalState, NotFound],
);

@Resolver()
export class AcknowledgeFindingMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => AcknowledgeFindingResult, {
    description:
      'Says that you know of a difference: it shuts live trading no longer. One that was noted keeps its time.',
  })
  async acknowledgeFinding(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => AcknowledgeFindingInput, { description: 'Which one.' })
    input: AcknowledgeFindingInput,
  ) {
    const findingId = localIdOf('ReconciliationFinding', input.id);
    const result = await acknowledgeFinding(context.ports, { actor, findingId });
    return answer(context, 'ReconciliationFinding', result);
  }
}

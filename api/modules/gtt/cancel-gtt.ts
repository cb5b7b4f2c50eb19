import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { cancelGtt } from '@nandax/app/gtt/cancel-gtt.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Gtt } from './gtt.ts';

@InputType({ description: 'A GTT to take back.' })
class CancelGttInput {
  @InputField(() => ID, 'The GTT.')
  id!: string;
}

const CancelGttResult = resultUnion(
  'CancelGttResult',
  'The GTT, which waits no more, or why it could not be taken back.',
  () => Gtt,
  [IllegalState, NotFound],
);

@Resolver()
export class CancelGttMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => CancelGttResult, {
    description: 'Takes an active GTT back. Doing so again changes nothing.',
  })
  async cancelGtt(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CancelGttInput, { description: 'Which one.' }) { id }: CancelGttInput,
  ) {
    const gttId = localIdOf('Gtt', id);
    return answer(context, 'Gtt', await cancelGtt(context.ports, { actor, gttId }));
  }
}

import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { modifyGtt } from '@nandax/app/gtt/modify-gtt.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { GttDenied, gttFailure, GttLegInput } from './gtt-input.ts';
import { Gtt } from './gtt.ts';

@InputType({ description: 'An active GTT, and how it is to wait from now on.' })
class ModifyGttInput {
  @InputField(() => ID, 'The GTT.')
  id!: string;

  @InputField(() => [GttLegInput], 'All of its legs anew, as many as it has.')
  legs!: GttLegInput[];
}

const ModifyGttResult = resultUnion(
  'ModifyGttResult',
  'The GTT as it waits now, or why it stays as it is.',
  () => Gtt,
  [GttDenied, IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class ModifyGttMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => ModifyGttResult, {
    description:
      'Gives an active GTT other triggers, prices and quantities. It is judged as a new one, and its year begins anew.',
  })
  async modifyGtt(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ModifyGttInput, { description: 'Which one, and its legs.' })
    { id, legs }: ModifyGttInput,
  ) {
    const result = await modifyGtt(context.ports, {
      actor,
      gttId: localIdOf('Gtt', id),
      legs: legs.map(({ triggerPrice, price, quantity }) => ({ triggerPrice, price, quantity })),
    });
    return result.ok ? answer(context, 'Gtt', result) : gttFailure(result.failure);
  }
}

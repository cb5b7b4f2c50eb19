import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { GttDenied, gttFailure, GttInput, gttOf } from './gtt-input.ts';
import { Gtt } from './gtt.ts';

@InputType({ description: 'A GTT to place.' })
class PlaceGttInput extends GttInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and GTT give the same answer for ever. Keys of GTTs are counted apart from those of orders.',
  )
  idempotencyKey!: string;
}

const PlaceGttResult = resultUnion(
  'PlaceGttResult',
  'The GTT that waits, or why it does not.',
  () => Gtt,
  [GttDenied, IdempotencyKeyReused, IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class PlaceGttMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => PlaceGttResult, {
    description:
      'Lets an order wait for a price, for a year of the market clock. Its order passes the risk door when the trigger fires, and may be refused then.',
  })
  async placeGtt(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => PlaceGttInput, { description: 'What to wait for, and its key.' })
    input: PlaceGttInput,
  ) {
    const result = await placeGtt(context.ports, {
      ...gttOf(input),
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
    });
    return result.ok ? answer(context, 'Gtt', result) : gttFailure(result.failure);
  }
}

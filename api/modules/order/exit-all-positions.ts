import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { exitAllPositions } from '@nandax/app/orders/exit-all-positions.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from './order-denied.ts';
import { answerExit, NothingToExit, PlacedExits } from './placed-exits.ts';

@InputType({ description: 'A portfolio whose positions are to be left.' })
class ExitAllPositionsInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and exit give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'The portfolio.')
  portfolioId!: string;

  @InputField(
    () => Boolean,
    'Whether working orders of what is held are asked back first; exits on their way stay. Until the broker has answered, the units they would take off stay theirs; another call leaves those.',
    { defaultValue: false },
  )
  cancelWorkingOrders!: boolean;
}

const ExitAllPositionsResult = resultUnion(
  'ExitAllPositionsResult',
  'The orders that leave, or why none does.',
  () => PlacedExits,
  [OrderDenied, NothingToExit, IdempotencyKeyReused, InvalidInput, NotFound],
);

@Resolver()
export class ExitAllPositionsMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => ExitAllPositionsResult, {
    description: 'Leaves every position of a portfolio, as `exitPosition` does with one.',
  })
  async exitAllPositions(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ExitAllPositionsInput, { description: 'Which portfolio, and the key.' })
    { idempotencyKey, portfolioId, cancelWorkingOrders }: ExitAllPositionsInput,
  ) {
    const placed = await exitAllPositions(context.ports, {
      actor,
      idempotencyKey,
      portfolioId: localIdOf('Portfolio', portfolioId),
      cancelWorkingOrders,
    });
    return answerExit(context, placed);
  }
}

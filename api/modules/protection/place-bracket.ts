import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { placeBracket } from '@nandax/app/protection/place-bracket.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from '../order/order-denied.ts';
import { placementFailure } from '../order/placement-failure.ts';
import { Order } from '../order/order.ts';
import { BracketInput, bracketOf } from './bracket-input.ts';

@InputType({ description: 'A bracket to place.' })
class PlaceBracketInput extends BracketInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and bracket give the same answer for ever.',
  )
  idempotencyKey!: string;
}

const PlaceBracketResult = resultUnion(
  'PlaceBracketResult',
  'The entry on its way, or why it is not.',
  () => Order,
  [OrderDenied, IdempotencyKeyReused, InvalidInput, NotFound],
);

@Resolver()
export class PlaceBracketMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => PlaceBracketResult, {
    description:
      'Places an entry with a stop and perhaps a target. The stop rests at the broker as soon as units are filled, and follows their quantity.',
  })
  async placeBracket(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => PlaceBracketInput, { description: 'The entry, its exits and its key.' })
    input: PlaceBracketInput,
  ) {
    const result = await placeBracket(context.ports, {
      ...bracketOf(input),
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
    });
    return result.ok ? answer(context, 'Order', result) : placementFailure(context, result.failure);
  }
}

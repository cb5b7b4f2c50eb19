import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Quantity } from '../../scalars/scalars.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from './order-denied.ts';
import { ProductType } from './order-terms.ts';
import { answerExit, NothingToExit, PlacedExits } from './placed-exits.ts';

@InputType({ description: 'A position to leave.' })
class ExitPositionInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and exit give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'Of which portfolio.')
  portfolioId!: string;

  @InputField(() => ID, 'In what.')
  instrumentId!: string;

  @InputField(() => ProductType, 'The position’s product.')
  product!: OrderView['product'];

  @InputField(() => Quantity, 'Units that leave at most; none given: all.', { nullable: true })
  quantity?: Decimal | null;
}

const ExitPositionResult = resultUnion(
  'ExitPositionResult',
  'The orders that leave, or why none does.',
  () => PlacedExits,
  [OrderDenied, NothingToExit, IdempotencyKeyReused, InvalidInput, NotFound],
);

@Resolver()
export class ExitPositionMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => ExitPositionResult, {
    description:
      'Leaves a position at the market: what is held less what working orders take off already, so that the other side is never opened. Limits on entries do not hold it up. Your own units go first, then those of agents, each by an order of its owner.',
  })
  async exitPosition(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ExitPositionInput, { description: 'What to leave, and its key.' })
    { idempotencyKey, portfolioId, instrumentId, product, quantity }: ExitPositionInput,
  ) {
    const placed = await exitPosition(context.ports, {
      actor,
      idempotencyKey,
      portfolioId: localIdOf('Portfolio', portfolioId),
      instrumentId: localIdOf('Instrument', instrumentId),
      product,
      quantity: quantity ?? null,
    });
    return answerExit(context, placed);
  }
}

import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { closeTrade } from '@nandax/app/orders/close-trade.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Quantity } from '../../scalars/scalars.ts';
import { IdempotencyKeyReused, IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from './order-denied.ts';
import { answerExit, NothingToExit, OlderTradeOpen, PlacedExits } from './placed-exits.ts';

@InputType({ description: 'An open trade to close.' })
class CloseTradeInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and trade give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'The trade.')
  id!: string;

  @InputField(() => Quantity, 'Units that leave at most; none given: all.', { nullable: true })
  quantity?: Decimal | null;
}

const CloseTradeResult = resultUnion(
  'CloseTradeResult',
  'The orders that close the trade, or why none does.',
  () => PlacedExits,
  [
    OrderDenied,
    NothingToExit,
    OlderTradeOpen,
    IllegalState,
    IdempotencyKeyReused,
    InvalidInput,
    NotFound,
  ],
);

@Resolver()
export class CloseTradeMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => CloseTradeResult, {
    description:
      'Closes an open trade at the market, by an order of its owner (you, or the run of an agent). It has to be the oldest of its owner, since trades close first in, first out.',
  })
  async closeTrade(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CloseTradeInput, { description: 'Which trade, and the key.' })
    { idempotencyKey, id, quantity }: CloseTradeInput,
  ) {
    const placed = await closeTrade(context.ports, {
      actor,
      idempotencyKey,
      tradeId: localIdOf('Trade', id),
      quantity: quantity ?? null,
    });
    return answerExit(context, placed);
  }
}

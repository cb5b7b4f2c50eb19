import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import type { GttView } from '@nandax/app/views/order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderSide, ProductType } from '../order/order-terms.ts';
import { GttDenied, gttFailure, GttLegInput } from './gtt-input.ts';
import { Gtt } from './gtt.ts';

@InputType({ description: 'A GTT to place.' })
class PlaceGttInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and GTT give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'For which portfolio; it hears the feed that this follows.')
  portfolioId!: string;

  @InputField(() => ID, 'What to trade, and whose price to wait for.')
  instrumentId!: string;

  @InputField(() => OrderSide, 'Which way its orders trade.')
  side!: GttView['side'];

  @InputField(() => ProductType, 'What becomes of the position; not intraday.')
  product!: GttView['product'];

  @InputField(
    () => [GttLegInput],
    'One trigger; or two around the last price, the lower one first, of which the first to fire ends the other (OCO).',
  )
  legs!: GttLegInput[];
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
    { idempotencyKey, portfolioId, instrumentId, side, product, legs }: PlaceGttInput,
  ) {
    const result = await placeGtt(context.ports, {
      actor,
      idempotencyKey,
      portfolioId: localIdOf('Portfolio', portfolioId),
      instrumentId: localIdOf('Instrument', instrumentId),
      side,
      product,
      legs: legs.map(({ triggerPrice, price, quantity }) => ({ triggerPrice, price, quantity })),
    });
    return result.ok ? answer(context, 'Gtt', result) : gttFailure(result.failure);
  }
}

import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { placeBracket } from '@nandax/app/protection/place-bracket.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Price, Quantity } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { OrderDenied } from '../order/order-denied.ts';
import { OrderSide, OrderType, ProductType } from '../order/order-terms.ts';
import { placementFailure } from '../order/placement-failure.ts';
import { Order } from '../order/order.ts';

@InputType({ description: 'An entry, and the prices at which what it fills is left.' })
class PlaceBracketInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and bracket give the same answer for ever.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'For which portfolio.')
  portfolioId!: string;

  @InputField(() => ID, 'What to trade.')
  instrumentId!: string;

  @InputField(() => OrderSide, 'Which way the entry trades.')
  side!: OrderView['side'];

  @InputField(() => OrderType, 'How the entry is priced.', { defaultValue: OrderType.MARKET })
  type!: OrderView['type'];

  @InputField(() => ProductType, 'What becomes of the position.')
  product!: OrderView['product'];

  @InputField(() => Quantity, 'Units, a multiple of the lot size.')
  quantity!: Decimal;

  @InputField(() => Price, 'The limit of LIMIT and SL entries.', { nullable: true })
  price?: Decimal | null;

  @InputField(() => Price, 'The last price that wakes SL and SL-M entries.', { nullable: true })
  triggerPrice?: Decimal | null;

  @InputField(() => Price, 'The last price at which what filled leaves with a loss.')
  stopPrice!: Decimal;

  @InputField(() => Price, 'The price at which it leaves with a gain; none given: none.', {
    nullable: true,
  })
  targetPrice?: Decimal | null;
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
      ...plainTerms,
      actor,
      idempotencyKey: input.idempotencyKey,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
      instrumentId: localIdOf('Instrument', input.instrumentId),
      side: input.side,
      type: input.type,
      product: input.product,
      quantity: input.quantity,
      price: input.price ?? null,
      triggerPrice: input.triggerPrice ?? null,
      stopPrice: input.stopPrice,
      targetPrice: input.targetPrice ?? null,
    });
    return result.ok ? answer(context, 'Order', result) : placementFailure(context, result.failure);
  }
}

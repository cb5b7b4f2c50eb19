import type { Decimal } from 'decimal.js';
import { ID, InputType } from 'type-graphql';
import type { AskedBracket } from '@nandax/app/protection/place-bracket.ts';
import type { OrderView } from '@nandax/app/views/order.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { InputField } from '../../access/declare.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Price, Quantity } from '../../scalars/scalars.ts';
import { OrderSide, OrderType, ProductType } from '../order/order-terms.ts';

@InputType({ description: 'An entry, and the prices at which what it fills is left.' })
export class BracketInput {
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

/** What was asked for, as the use-cases take it. */
export function bracketOf(input: BracketInput): AskedBracket {
  return {
    ...plainTerms,
    instrumentId: localIdOf('Instrument', input.instrumentId),
    side: input.side,
    type: input.type,
    product: input.product,
    quantity: input.quantity,
    price: input.price ?? null,
    triggerPrice: input.triggerPrice ?? null,
    stopPrice: input.stopPrice,
    targetPrice: input.targetPrice ?? null,
  };
}

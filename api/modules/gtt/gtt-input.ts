import type { Decimal } from 'decimal.js';
import { ID, InputType, ObjectType } from 'type-graphql';
import type { PlaceGttFailure } from '@nandax/app/gtt/place-gtt.ts';
import type { GttView } from '@nandax/app/views/order.ts';
import type { GttDenialCode as GttDenialCodeName, GttTerms } from '@nandax/core/order/gtt.ts';
import { InputField, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Decimal as DecimalScalar, Price, Quantity } from '../../scalars/scalars.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { Failure } from '../failure/failure.ts';
import { OrderSide, ProductType } from '../order/order-terms.ts';

@InputType({ description: 'A trigger, and the LIMIT order for the day that it sends.' })
export class GttLegInput {
  @InputField(() => Price, 'The last price that fires it, a multiple of the tick size.')
  triggerPrice!: Decimal;

  @InputField(() => Price, 'The limit of its order, a multiple of the tick size.')
  price!: Decimal;

  @InputField(() => Quantity, 'Units of its order, a multiple of the lot size.')
  quantity!: Decimal;
}

@InputType({ description: 'What to wait for, and what to trade then.' })
export class GttInput {
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

/** What was asked for, as the use-cases take it. */
export function gttOf({
  instrumentId,
  side,
  product,
  legs,
}: GttInput): GttTerms & { readonly instrumentId: string } {
  return {
    instrumentId: localIdOf('Instrument', instrumentId),
    side,
    product,
    legs: legs.map(({ triggerPrice, price, quantity }) => ({ triggerPrice, price, quantity })),
  };
}

const GttDenialCode = enumOf(
  'GttDenialCode',
  'Why a GTT was refused. `limit` and `actual` of the denial carry the numbers.',
  {
    INSTRUMENT_NOT_TRADABLE: 'The instrument is not traded; an index, for instance.',
    PRODUCT_NOT_OF_INSTRUMENT: 'CNC and MTF are for shares, NRML is for derivatives.',
    PRODUCT_IS_INTRADAY: 'Intraday positions do not outlast the day.',
    FREEZE_QUANTITY: 'More units than one order may carry (limit).',
    LOT_SIZE: 'The quantity is not a positive multiple of the lot size (limit).',
    TICK_SIZE: 'A price is not a positive multiple of the tick size (limit).',
    NO_REFERENCE_PRICE: 'The instrument has no last price yet to hold the trigger against.',
    TRIGGER_TOO_NEAR: 'Fewer percent between trigger and last price than the limit.',
    TRIGGERS_NOT_AROUND_LAST_PRICE:
      'The two triggers do not stand below and above the last price (limit).',
    ACTIVE_TRIGGERS: 'One more active GTT than the limit.',
  } satisfies Record<GttDenialCodeName, string>,
);

@ObjectType({
  implements: Failure,
  description: 'A GTT, or a change of one, that NandaX refuses; nothing is written down.',
})
export class GttDenied extends Failure {
  @Visible(WITH_PARENT, () => GttDenialCode, 'Why.')
  code!: GttDenialCodeName;

  @Visible(WITH_PARENT, () => DecimalScalar, 'What was allowed; null: the code has no number.', {
    nullable: true,
  })
  limit!: object | null;

  @Visible(WITH_PARENT, () => DecimalScalar, 'What was asked for; null: the code has no number.', {
    nullable: true,
  })
  actual!: object | null;
}

/** A refusal as the contract shows it. */
export function gttFailure(failure: PlaceGttFailure): object {
  if (failure.kind !== 'GTT_DENIED') return contractFailure(failure);
  const { message, code, limit, actual } = failure;
  return { __typename: 'GttDenied', message, code, limit, actual };
}

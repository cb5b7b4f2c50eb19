import { ObjectType } from 'type-graphql';
import type { DenialCode as DenialCodeName } from '@nandax/core/risk/denial.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Decimal } from '../../scalars/scalars.ts';
import { Failure } from '../failure/failure.ts';
import { Order } from './order.ts';

export const DenialCode = enumOf(
  'DenialCode',
  'Why the risk door refused an order. `limit` and `actual` of the denial carry the numbers.',
  {
    TRADING_HALTED: 'Trading is halted for the platform, the user or the portfolio.',
    INSTRUMENT_NOT_TRADABLE: 'The instrument is not traded; an index, for instance.',
    LOT_SIZE: 'The quantity is not a positive multiple of the lot size (limit).',
    TICK_SIZE: 'A price is not a positive multiple of the tick size (limit).',
    NOT_REDUCING: 'Only reducing is allowed, and at most `limit` units can be reduced.',
    INSUFFICIENT_HOLDINGS: 'Delivery can only be sold to the units held (limit).',
    NO_REFERENCE_PRICE: 'The instrument has no last price yet to value the order at.',
    MAX_ORDER_QUANTITY: 'More opening units than the limit.',
    MAX_ORDER_VALUE: 'More opening value in rupees than the limit.',
    MAX_OPEN_POSITIONS: 'One more position than the limit.',
    INSUFFICIENT_MARGIN: 'More margin needed in rupees (actual) than there is (limit).',
  } satisfies Record<DenialCodeName, string>,
);

@ObjectType({
  implements: Failure,
  description: 'The order was written down and refused by NandaX; nothing was sent.',
})
export class OrderDenied extends Failure {
  @Visible(WITH_PARENT, () => DenialCode, 'Why.')
  code!: DenialCodeName;

  @Visible(WITH_PARENT, () => Decimal, 'What was allowed; null: the code has no number.', {
    nullable: true,
  })
  limit!: object | null;

  @Visible(WITH_PARENT, () => Decimal, 'What the order came to; null: the code has no number.', {
    nullable: true,
  })
  actual!: object | null;

  @Visible(WITH_PARENT, () => Order, 'The order as it was refused.')
  order!: object;
}

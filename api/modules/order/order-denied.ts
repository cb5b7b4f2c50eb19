import { ObjectType } from 'type-graphql';
import type { SessionPhase as PhaseName } from '@nandax/core/calendar/session-plan.ts';
import type { SessionDenialCode } from '@nandax/core/order/check-session.ts';
import type { TermsDenialCode } from '@nandax/core/order/check-terms.ts';
import type { DenialCode as RiskDenialCode } from '@nandax/core/risk/denial.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Decimal } from '../../scalars/scalars.ts';
import { Failure } from '../failure/failure.ts';
import { SessionPhase } from '../instrument/market-session.ts';
import { RiskScope } from '../risk/risk-scope.ts';
import { Order } from './order.ts';

type DenialCodeName = RiskDenialCode | TermsDenialCode | SessionDenialCode | 'PRICE_BAND';

export const DenialCode = enumOf(
  'DenialCode',
  'Why the risk door refused an order. `limit` and `actual` of the denial carry the numbers.',
  {
    BROKER_NOT_RECONCILED:
      'The books of the live account at its broker have not been found to agree with ours since the start; positions can be left.',
    TRADING_HALTED: 'Trading is halted for the platform, the user or the portfolio.',
    INSTRUMENT_NOT_TRADABLE:
      'The instrument may not be entered: an index, for instance, or no rate card states its charges.',
    LOT_SIZE:
      'The quantity is not positive, or what it opens is no multiple of the lot size (limit).',
    TICK_SIZE: 'A price is not a positive multiple of the tick size (limit).',
    NOT_REDUCING: 'Only reducing is allowed, and at most `limit` units can be reduced.',
    INSUFFICIENT_HOLDINGS: 'Delivery can only be sold to the units held (limit).',
    NO_REFERENCE_PRICE: 'The instrument has no last price yet to value the order at.',
    MAX_ORDER_QUANTITY: 'More opening units than the limit.',
    MAX_ORDER_VALUE: 'More opening value in rupees than the limit.',
    MAX_OPEN_POSITIONS: 'One more position than the limit.',
    MAX_CAPITAL_PER_TRADE: 'More margin in rupees for one trade than the limit.',
    MAX_INSTRUMENT_EXPOSURE: 'More rupees in the instrument than the limit.',
    MAX_TOTAL_EXPOSURE: 'More rupees in all instruments than the limit.',
    MAX_PRICE_DEVIATION: 'More percent between the price and the last one than the limit.',
    MAX_ORDERS_PER_SECOND: 'One more order in this second than the limit.',
    MAX_ORDERS_PER_MINUTE: 'One more order in this minute than the limit.',
    MAX_ORDERS_PER_DAY: 'One more order in this day than the limit.',
    MAX_DAILY_LOSS: 'The rupees lost in the day have come to the limit.',
    MAX_DAILY_PROFIT: 'The rupees gained in the day have come to the limit.',
    MAX_DRAWDOWN: 'The rupees below the highest result have come to the limit.',
    MAX_CONSECUTIVE_LOSSES:
      'The trades lost in a row have come to the limit; `until` is when it has cooled down.',
    INSTRUMENT_NOT_ALLOWED: 'The instrument is not among those that may be entered.',
    OUTSIDE_ALLOWED_HOURS:
      'No position is opened at this time of the day; `until` is when the next may be.',
    INSUFFICIENT_MARGIN:
      'More margin needed in rupees (actual) than there is once its charges are paid (limit).',
    BROKER_NOT_CONNECTED: 'The connection to the broker of a live portfolio has ended.',
    BROKER_ORDERS_PER_DAY:
      'One more order of the account in this exchange day than its broker takes (limit).',
    PRODUCT_NOT_OF_INSTRUMENT: 'CNC and MTF are for shares, NRML is for derivatives.',
    FREEZE_QUANTITY: 'More units than one order may carry (limit).',
    SLICES: 'Cut into slices it comes to more orders than the broker takes (limit).',
    OTHER_LEG: 'Another leg (actual) of the same request came to nothing before this one left.',
    DISCLOSED_QUANTITY: 'Fewer units shown than the limit.',
    DISCLOSED_LOT_SIZE: 'The units shown are not a multiple of the lot size (limit).',
    DISCLOSED_NOT_OF_INSTRUMENT: 'Units can be kept out of sight in shares only.',
    ICEBERG_LEGS: 'Fewer or more legs than the limit.',
    ICEBERG_LEG_LOT_SIZE:
      'A leg, the quantity divided by the legs (actual), is no multiple of the lot size (limit).',
    MODIFICATIONS: 'One more change of the order than the broker takes (limit).',
    STOP_LEG_PRICE:
      'The stop of a cover order (actual) is not on the losing side of its price (limit).',
    STOP_LIMIT_PRICE:
      'The limit of a stop (actual) lies short of its trigger price (limit): below it to buy, above it to sell.',
    TRIGGER_PRICE_PASSED: 'The last price (limit) is already beyond the trigger price.',
    PRICE_BAND: 'A price is outside those that trade today; the limit is the end overstepped.',
    MARKET_CLOSED: 'The market takes no orders now; `phase` and `until` say why and how long.',
    NOT_TAKEN_IN_PHASE:
      'The `phase` of the market takes no order of this type, validity or variety.',
    INTRADAY_CUT_OFF: 'From the square-off time on no intraday position is opened.',
    AFTER_MARKET_HOURS: 'After-market orders are taken in their own hours only.',
  } satisfies Record<DenialCodeName, string>,
);

@ObjectType({
  implements: Failure,
  description: 'An order, or a change of one, that NandaX refused; nothing was sent.',
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

  @Visible(WITH_PARENT, () => RiskScope, 'Whose limit; null: a rule that no one sets.', {
    nullable: true,
  })
  scope!: RiskScopeName | null;

  @Visible(
    WITH_PARENT,
    () => SessionPhase,
    'What the market was doing; null: not its hours refused.',
    {
      nullable: true,
    },
  )
  phase!: PhaseName | null;

  @Visible(
    WITH_PARENT,
    () => DateTime,
    'Market time at which what stands in the way ends; null: it ends at no time, or none that is known.',
    { nullable: true },
  )
  until!: Date | null;

  @Visible(WITH_PARENT, () => Order, 'The order as it was refused, or as it stays.')
  order!: object;
}

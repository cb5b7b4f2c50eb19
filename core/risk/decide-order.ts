import { Decimal } from 'decimal.js';
import type { Product, Side } from '../order/order-terms.ts';
import { contractValueOf } from '../portfolio/contract-value.ts';
import { isDelivery } from '../portfolio/settlement.ts';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import { checkLimits } from './check-limits.ts';
import type { Denial, DenialCode } from './denial.ts';
import { marginBaseOf, marginOf, type MarginedInstrument } from './margin.ts';
import type { ScopedLimits } from './scope-usage.ts';
import type { TradingState } from './trading-state.ts';

/** An order at the door. */
export interface ProposedOrder {
  readonly side: Side;
  readonly product: Product;
  /** Units. */
  readonly quantity: Decimal;
  /** Limit in rupees; null for orders without one. */
  readonly price: Decimal | null;
  /** Trigger in rupees; null for orders without one. */
  readonly triggerPrice: Decimal | null;
  /** Whether the trigger is that of the order's stop (CO), and names no price of its own; left out: no. */
  readonly cover?: boolean;
  /** True for exits (of a rule, a stop, the square-off): it must never open the other side. */
  readonly reduceOnly: boolean;
  /** Rupees of charges that it is estimated to cost, which have to be there beside its margin; left out: 0. */
  readonly charges?: Decimal;
  /** Rupees of margin that legs of its request before it need for the same position; left out: 0. */
  readonly marginAhead?: Decimal;
  /** Whether it changes an order that passed before, which no sum includes then; left out: it is new. */
  readonly changes?: boolean;
}

/** The instrument, as far as the door cares. */
export interface InstrumentTerms extends MarginedInstrument {
  readonly id: string;
  /** What people call it, `NSE:YESBANK`. */
  readonly name: string;
  /** Whether it may be entered: it is traded, and what trading it costs is known. */
  readonly tradable: boolean;
  /** Units in a lot, of which what is opened is a multiple. */
  readonly lotSize: Decimal;
  /** Rupees in a tick. */
  readonly tickSize: Decimal;
}

/** The account's exposure, read under the portfolio's lock. */
export interface Exposure {
  /** Units held in this instrument and product: positive long, negative short. */
  readonly netQuantity: Decimal;
  /** Unfilled units of working orders on the side that reduces `netQuantity`. */
  readonly pendingExitQuantity: Decimal;
  /** Rupees free for new positions, what working orders hold and charges to come already taken off. */
  readonly availableMargin: Decimal;
}

/** Everything the decision depends on. */
export interface RiskContext {
  /** The strictest of platform, user and portfolio. */
  readonly tradingState: TradingState;
  /** Whether the broker's books were read and found to agree; until then nothing is opened. */
  readonly brokerReconciled: boolean;
  /** Whether there is somebody to send it to. */
  readonly reachesBroker: boolean;
  /** The limits of every scope the order belongs to; all must be kept. */
  readonly limits: readonly ScopedLimits[];
  readonly instrument: InstrumentTerms;
  readonly exposure: Exposure;
  /** The last price in rupees, at which orders without a limit are valued; null: none is known. */
  readonly referencePrice: Decimal | null;
  /** Fraction of what `marginBaseOf` states that opening on the order's side needs as margin. */
  readonly marginRate: Decimal;
  /** Market time at which it was decided. */
  readonly marketTime: Date;
}

/** How an order divides, and what its opening units need, whether it may be sent or not. */
export interface OrderMeasure {
  /** Units that make the open position smaller. */
  readonly reducingQuantity: Decimal;
  /** Units that open or enlarge a position. */
  readonly openingQuantity: Decimal;
  /** Rupees at which the opening units are valued: the limit, else the last price; null: there is none. */
  readonly price: Decimal | null;
  /** Rupees of margin the opening units need; null: there is no price, or no strike, to take it of. */
  readonly requiredMargin: Decimal | null;
}

/** What an order that passes does to the account. */
export interface Approval extends Pick<OrderMeasure, 'reducingQuantity' | 'openingQuantity'> {
  /** Rupees of margin the opening units need. */
  readonly requiredMargin: Decimal;
}

/** What the measure of an order depends on. */
export type MeasureContext = Pick<
  RiskContext,
  'instrument' | 'exposure' | 'referencePrice' | 'marginRate'
>;

const zero = new Decimal(0);

/**
 * Whether an order may be sent. An order is divided into the units that reduce the open position
 * (opposite side, at most what is held less exits on their way) and those that open; limits, margin,
 * the lot and whether the instrument may be traded are asked of the opening units only, so that
 * nothing of that kind ever holds up an exit: a lot that the exchange changed while it was held leaves
 * odd units, which whole or in whole units may go; what the broker says to them is the broker's.
 * The first denial in the order below decides.
 */
export function decideOrder(order: ProposedOrder, context: RiskContext): Result<Approval, Denial> {
  const { tradingState, instrument } = context;
  if (tradingState === 'HALTED') return deny('TRADING_HALTED');
  if (!context.reachesBroker) return deny('BROKER_NOT_CONNECTED');
  const { lotSize } = instrument;
  if (!isPositive(order.quantity)) return deny('LOT_SIZE', lotSize, order.quantity);
  for (const price of [order.price, order.triggerPrice]) {
    if (price !== null && !isPositiveMultiple(price, instrument.tickSize)) {
      return deny('TICK_SIZE', instrument.tickSize, price);
    }
  }

  const measure = measureOrder(order, context);
  const { reducingQuantity, openingQuantity } = measure;
  const reducible = reducibleQuantityOf(order.side, context.exposure);
  if (!reducingQuantity.isInteger() && !reducingQuantity.equals(reducible)) {
    return deny('LOT_SIZE', lotSize, order.quantity);
  }
  if (openingQuantity.isZero()) {
    return succeed({ reducingQuantity, openingQuantity, requiredMargin: zero });
  }
  if (!instrument.tradable) return deny('INSTRUMENT_NOT_TRADABLE', null, null, instrument.name);
  if (!isPositiveMultiple(openingQuantity, lotSize)) {
    return deny('LOT_SIZE', lotSize, openingQuantity);
  }
  if (tradingState === 'REDUCING' || order.reduceOnly) {
    return deny('NOT_REDUCING', reducible, order.quantity);
  }
  if (!context.brokerReconciled) return deny('BROKER_NOT_RECONCILED');
  if (isDelivery(order.product) && order.side === 'SELL') {
    return deny('INSUFFICIENT_HOLDINGS', reducible, order.quantity);
  }
  const opening = decideOpening(order, measure, context);
  return opening.ok
    ? succeed({ reducingQuantity, openingQuantity, requiredMargin: opening.value })
    : opening;
}

/**
 * Divides an order into the units that reduce the open position (opposite side, at most what is held
 * less exits on their way) and those that open, and says what the latter need.
 */
export function measureOrder(order: ProposedOrder, context: MeasureContext): OrderMeasure {
  const { instrument, exposure, referencePrice, marginRate } = context;
  const { side, product, quantity } = order;
  const reducingQuantity = Decimal.min(quantity, reducibleQuantityOf(side, exposure));
  const openingQuantity = quantity.minus(reducingQuantity);
  const price = order.price ?? (isPositive(referencePrice) ? referencePrice : null);
  if (openingQuantity.isZero()) {
    return { reducingQuantity, openingQuantity, price, requiredMargin: zero };
  }
  const base = price === null ? null : marginBaseOf({ instrument, product, side }, price);
  const requiredMargin = base === null ? null : marginOf(openingQuantity, base, marginRate);
  return { reducingQuantity, openingQuantity, price, requiredMargin };
}

/** Units an order on `side` can take off the open position, exits on their way already taken off. */
export function reducibleQuantityOf(side: Side, exposure: Exposure): Decimal {
  const { netQuantity, pendingExitQuantity } = exposure;
  const reduces = side === 'SELL' ? netQuantity.greaterThan(0) : netQuantity.lessThan(0);
  if (!reduces) return zero;
  return Decimal.max(netQuantity.abs().minus(pendingExitQuantity), zero);
}

/** The margin the opening units need, if no limit forbids them. */
function decideOpening(
  order: ProposedOrder,
  { openingQuantity, price, requiredMargin }: OrderMeasure,
  { limits, instrument, exposure, referencePrice, marketTime }: RiskContext,
): Result<Decimal, Denial> {
  if (price === null || requiredMargin === null) {
    return deny('NO_REFERENCE_PRICE', null, null, instrument.name);
  }
  const value = contractValueOf(openingQuantity, price, instrument.multiplier);
  const broken = checkLimits(
    {
      instrumentId: instrument.id,
      instrumentName: instrument.name,
      quantity: openingQuantity,
      value,
      namedPrice: order.price ?? (order.cover === true ? null : order.triggerPrice),
      lastPrice: isPositive(referencePrice) ? referencePrice : null,
      tradeMargin: requiredMargin.plus(order.marginAhead ?? zero),
      isNew: order.changes !== true,
      marketTime,
    },
    limits,
  );
  if (broken !== null) return fail(broken);
  const available = exposure.availableMargin.minus(order.charges ?? zero);
  if (requiredMargin.greaterThan(available)) {
    return deny('INSUFFICIENT_MARGIN', available, requiredMargin);
  }
  return succeed(requiredMargin);
}

function isPositive(amount: Decimal | null): boolean {
  return amount !== null && amount.isFinite() && amount.greaterThan(0);
}

function isPositiveMultiple(amount: Decimal, unit: Decimal): boolean {
  return isPositive(amount) && amount.modulo(unit).isZero();
}

function deny(
  code: DenialCode,
  limit: Decimal | null = null,
  actual: Decimal | null = null,
  instrument: string | null = null,
): { readonly ok: false; readonly failure: Denial } {
  return fail({ code, limit, actual, scope: null, instrument });
}

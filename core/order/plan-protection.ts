import { Decimal } from 'decimal.js';
import { isStop, type Side } from './order-terms.ts';
import {
  changeableTermsOf,
  sameTerms,
  unfilledQuantityOf,
  type AskedTerms,
  type ChangeableTerms,
  type Order,
} from './order.ts';

/**
 * What a protection is about:
 * - STOP: a stop rests at the broker: SL-M, and SL on options.
 * - TARGET: the target price has traded; the resting order is a LIMIT order at it.
 * - EXIT: the position is to leave at the market, because no stop could be placed or the price fell
 *   back from the target through the stop.
 */
export type ProtectionPhase = 'STOP' | 'TARGET' | 'EXIT';

/** The prices of a protection, rupees. */
export interface ProtectionPrices {
  readonly stopPrice: Decimal;
  /** Null: it has none. */
  readonly targetPrice: Decimal | null;
}

/** The prices of the stop that a CO brings with it (it has no target); null: the order is no CO. */
export function coverOf({
  variety,
  triggerPrice,
}: Pick<AskedTerms, 'variety' | 'triggerPrice'>): ProtectionPrices | null {
  return variety === 'CO' && triggerPrice !== null
    ? { stopPrice: triggerPrice, targetPrice: null }
    : null;
}

/** A resting exit of a protection, as the plan reads it. */
export interface ProtectiveOrder extends Order {
  readonly id: string;
}

/** What is to be asked of the broker next. */
export type ProtectionStep =
  | { readonly kind: 'PLACE'; readonly quantity: Decimal }
  | { readonly kind: 'MODIFY'; readonly orderId: string; readonly terms: ChangeableTerms }
  | { readonly kind: 'CANCEL'; readonly orderId: string };

/** How an exit of a protection is priced. */
export type ExitTerms = Pick<ChangeableTerms, 'type' | 'price' | 'triggerPrice'>;

/**
 * Percent behind its trigger to which an option's stop may slip. A choice of our own: the exchange
 * takes no SL-M orders on options (NSE, since 27 September 2021), so its stop needs a limit.
 */
const slipPercent = 5;

/** How an exit of a protection is priced in a phase. */
export function exitTermsOf(
  phase: ProtectionPhase,
  { side, stopPrice, targetPrice }: ProtectionPrices & { readonly side: Side },
  instrument: { readonly type: string; readonly tickSize: Decimal },
): ExitTerms {
  if (phase === 'TARGET' && targetPrice !== null) {
    return { type: 'LIMIT', price: targetPrice, triggerPrice: null };
  }
  if (phase !== 'STOP') return { type: 'MARKET', price: null, triggerPrice: null };
  return instrument.type === 'CALL_OPTION' || instrument.type === 'PUT_OPTION'
    ? { type: 'SL', price: slipped(stopPrice, side, instrument.tickSize), triggerPrice: stopPrice }
    : { type: 'SL_M', price: null, triggerPrice: stopPrice };
}

/** The limit behind a trigger, at a tick and above zero. */
function slipped(stopPrice: Decimal, side: Side, tickSize: Decimal): Decimal {
  const sign = side === 'SELL' ? -1 : 1;
  const ticks = stopPrice.times(1 + (sign * slipPercent) / 100).dividedBy(tickSize);
  return Decimal.max((side === 'SELL' ? ticks.floor() : ticks.ceil()).times(tickSize), tickSize);
}

/**
 * The steps from the exits that work to exits for `wanted` units, priced as the phase asks for; none
 * while an answer of the broker is awaited, which brings the next look. An exit is changed where the
 * broker takes one more change of it, so that units which rest never stop resting; else it is taken
 * back and the next look places another. Nothing is placed beside what works beyond `wanted`.
 */
export function planProtection(
  wanted: Decimal,
  terms: ExitTerms,
  working: readonly ProtectiveOrder[],
  {
    largestOrder,
    modificationsPerOrder,
  }: {
    /** Most units of one order; null: not known. */
    readonly largestOrder: Decimal | null;
    readonly modificationsPerOrder: number;
  },
): readonly ProtectionStep[] {
  if (wanted.isZero()) {
    return working
      .filter(({ status }) => status === 'INITIALIZED' || rests(status))
      .map(({ id }) => ({ kind: 'CANCEL', orderId: id }));
  }
  if (!working.every(({ status }) => rests(status))) return [];
  const steps: ProtectionStep[] = [];
  let surplus = working
    .reduce((sum, order) => sum.plus(unfilledQuantityOf(order)), new Decimal(0))
    .minus(wanted);
  // The youngest shrink first; what is missing goes to the oldest that can take it.
  for (const order of working.toReversed()) {
    const unfilled = unfilledQuantityOf(order);
    if (surplus.greaterThanOrEqualTo(unfilled)) {
      surplus = surplus.minus(unfilled);
      steps.push({ kind: 'CANCEL', orderId: order.id });
      continue;
    }
    const change = Decimal.max(surplus, 0).negated();
    surplus = surplus.plus(change);
    const step = changeOf(order, change, terms, modificationsPerOrder);
    if (step !== null) steps.push(step);
  }
  if (!surplus.isNegative()) return steps;
  const missing = surplus.negated();
  const grown = grow(working, steps, missing, terms, { largestOrder, modificationsPerOrder });
  if (grown !== null) return grown;
  return [
    ...steps,
    {
      kind: 'PLACE',
      quantity: largestOrder === null ? missing : Decimal.min(missing, largestOrder),
    },
  ];
}

/** The steps with the oldest order made larger by what is missing; null: it cannot be. */
function grow(
  working: readonly ProtectiveOrder[],
  steps: readonly ProtectionStep[],
  missing: Decimal,
  terms: ExitTerms,
  { largestOrder, modificationsPerOrder }: Parameters<typeof planProtection>[3],
): readonly ProtectionStep[] | null {
  const [oldest] = working;
  if (oldest === undefined || oldest.triggered) return null;
  const quantity = oldest.quantity.plus(missing);
  if (largestOrder?.lessThan(quantity) === true) return null;
  const step = changeOf(oldest, missing, terms, modificationsPerOrder);
  if (step?.kind !== 'MODIFY') return null;
  return [...steps.filter((other) => other.kind === 'PLACE' || other.orderId !== oldest.id), step];
}

/** Null: it is as it is to be, or executes already. */
function changeOf(
  order: ProtectiveOrder,
  change: Decimal,
  terms: ExitTerms,
  modificationsPerOrder: number,
): ProtectionStep | null {
  // An order at the market is on its way out; a stop that was woken too, unless its limit holds it.
  const woken = isStop(order.type) && order.triggered;
  const leaves =
    order.type === 'MARKET' || (woken && (order.type === 'SL_M' || terms.type !== 'MARKET'));
  const asked: ChangeableTerms = {
    ...changeableTermsOf(order),
    ...(leaves ? {} : terms),
    quantity: order.quantity.plus(change),
  };
  if (sameTerms(order, asked)) return null;
  return order.modificationCount < modificationsPerOrder
    ? { kind: 'MODIFY', orderId: order.id, terms: asked }
    : { kind: 'CANCEL', orderId: order.id };
}

function rests(status: Order['status']): boolean {
  return status === 'ACCEPTED' || status === 'PARTIALLY_FILLED';
}

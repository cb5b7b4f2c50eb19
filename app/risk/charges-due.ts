import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { chargesOfFill } from '@nandax/core/charges/order-charges.ts';
import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import { Decimal } from 'decimal.js';
import type { InstrumentRecord } from '../records.ts';
import type { AccountState } from './read-account.ts';

const zero = new Decimal(0);

/** What an order trades, as far as its charges need it. */
export interface OrderToCharge {
  readonly instrument: InstrumentRecord;
  readonly side: Side;
  readonly product: Product;
  /** Units that have traded, and rupees a unit; null: none has. */
  readonly filledQuantity: Decimal;
  readonly averagePrice: Decimal | null;
  /** Units that may still trade, and rupees a unit at which they are estimated. */
  readonly quantity: Decimal;
  readonly price: Decimal;
}

/**
 * Rupees that the rest of an order would accrue if it traded whole at its price, 6 decimals; 0 where no
 * rate card states its charges. Without the depository's.
 */
export function estimatedChargesOf(
  rateCards: RateCardBook,
  day: string,
  { instrument, side, product, ...order }: OrderToCharge,
): Decimal {
  const serving = rateCards.serving(product, instrument, day);
  if (serving === null) return zero;
  const { multiplier } = instrument;
  const before = contractValueOf(order.filledQuantity, order.averagePrice ?? zero, multiplier);
  const rest = contractValueOf(order.quantity, order.price, multiplier);
  return rest.isZero() ? zero : totalOfCharges(chargesOfFill(serving.rates, side, before, rest));
}

/**
 * Rupees of an account's cash that charges will take: what fills without a contract note have accrued,
 * the depository's for what they sold, and what the orders on their way would cost if they traded
 * whole. Exits of protections are not counted: of each two at most one trades, if any.
 */
export function chargesDueOf(
  { accruedCharges, salesWithoutNote, working, instruments }: AccountState,
  rateCards: RateCardBook,
  marketTime: Date,
): Decimal {
  const today = exchangeDateOf(marketTime.getTime());
  let due = accruedCharges;
  const paid = new Set<string>();
  const sell = (instrumentId: string, product: Product, day: string) => {
    const instrument = instruments.get(instrumentId);
    const serving = instrument && rateCards.serving(product, instrument, day);
    if (!serving || paid.has(`${instrumentId} ${product} ${day}`)) return;
    paid.add(`${instrumentId} ${product} ${day}`);
    due = due.plus(serving.rates.depositoryParticipantCharge);
  };
  for (const { instrumentId, product, day } of salesWithoutNote) sell(instrumentId, product, day);
  for (const order of working) {
    const instrument = instruments.get(order.instrumentId);
    if (instrument === undefined) throw new Error(`no instrument ${order.instrumentId}`);
    const price = order.price ?? order.referencePrice ?? zero;
    const quantity = unfilledQuantityOf(order);
    due = due.plus(estimatedChargesOf(rateCards, today, { ...order, instrument, quantity, price }));
    if (order.side === 'SELL') sell(order.instrumentId, order.product, today);
  }
  return due;
}

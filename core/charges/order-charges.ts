import { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';
import type { AccruedCharges } from './accrued-charges.ts';
import {
  accruedChargesBy,
  accruedDecimals,
  noCharges,
  subtractCharges,
} from './accrued-charges.ts';
import type { ChargeRates } from './rate-card.ts';

/** Who sent an order: its owner, or the broker (auto square-off, call and trade) for a fee. */
export type OrderHandling = 'OWNER' | 'BROKER';

/**
 * The charges of one executed order over `turnover` rupees (price times quantity times contract
 * multiplier of all its fills; of an option, the premium), 6 decimals. Brokerage is the lower of its rate and its cap for the order as a whole,
 * however many fills it took, or flat, and carries the fee of an order that the broker sent; goods and services tax is taken on the unrounded brokerage, SEBI fee
 * and exchange charge (source: zerodha.com/charges).
 */
export function chargesOfOrder(
  rates: ChargeRates,
  side: Side,
  turnover: Decimal,
  handling: OrderHandling = 'OWNER',
): AccruedCharges {
  if (turnover.isZero()) return noCharges;
  const sideRates = rates.turnover[side];
  const ownBrokerage = Decimal.max(
    Decimal.min(turnover.times(rates.brokerageRate), rates.brokerageCap),
    rates.brokerageFloor,
  );
  const brokerage = handling === 'BROKER' ? ownBrokerage.plus(rates.squareOffFee) : ownBrokerage;
  const exchangeTransactionCharge = turnover.times(sideRates.exchangeTransactionCharge);
  const sebiTurnoverFee = turnover.times(sideRates.sebiTurnoverFee);
  const unrounded: AccruedCharges = {
    brokerage,
    securitiesTransactionTax: turnover.times(sideRates.securitiesTransactionTax),
    exchangeTransactionCharge,
    sebiTurnoverFee,
    stampDuty: turnover.times(sideRates.stampDuty),
    goodsAndServicesTax: brokerage
      .plus(exchangeTransactionCharge)
      .plus(sebiTurnoverFee)
      .times(rates.goodsAndServicesTaxRate),
  };
  return accruedChargesBy((component) =>
    unrounded[component].toDecimalPlaces(accruedDecimals, Decimal.ROUND_HALF_UP),
  );
}

/**
 * What one more fill of `fillTurnover` rupees adds to the charges of an order that had already
 * turned over `turnoverBefore`; the increments of all fills add up to the charges of the order.
 */
export function chargesOfFill(
  rates: ChargeRates,
  side: Side,
  turnoverBefore: Decimal,
  fillTurnover: Decimal,
  handling: OrderHandling = 'OWNER',
): AccruedCharges {
  const after = chargesOfOrder(rates, side, turnoverBefore.plus(fillTurnover), handling);
  return turnoverBefore.isZero()
    ? after
    : subtractCharges(after, chargesOfOrder(rates, side, turnoverBefore, handling));
}

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

/**
 * The charges of one executed order over `turnover` rupees (price times quantity of all its
 * fills), 6 decimals. Brokerage is the lower of its rate and its cap for the order as a whole,
 * however many fills it took; goods and services tax is taken on the unrounded brokerage, SEBI fee
 * and exchange charge (source: zerodha.com/charges).
 */
export function chargesOfOrder(rates: ChargeRates, side: Side, turnover: Decimal): AccruedCharges {
  if (turnover.isZero()) return noCharges;
  const sideRates = rates.turnover[side];
  const brokerage = Decimal.min(turnover.times(rates.brokerageRate), rates.brokerageCap);
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
): AccruedCharges {
  const after = chargesOfOrder(rates, side, turnoverBefore.plus(fillTurnover));
  return turnoverBefore.isZero()
    ? after
    : subtractCharges(after, chargesOfOrder(rates, side, turnoverBefore));
}

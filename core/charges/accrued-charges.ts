import { Decimal } from 'decimal.js';

/** The charges that accrue with turnover, in the order people read them. */
export const accruedComponents = [
  'brokerage',
  'securitiesTransactionTax',
  'exchangeTransactionCharge',
  'sebiTurnoverFee',
  'stampDuty',
  'goodsAndServicesTax',
] as const;

/** One charge that accrues with turnover. */
export type AccruedComponent = (typeof accruedComponents)[number];

/** Charges of an order, a fill or a trade: rupees, 6 decimals, never negative. */
export type AccruedCharges = Readonly<Record<AccruedComponent, Decimal>>;

/** Decimals of an accrued charge; the contract note rounds further. */
export const accruedDecimals = 6;

const zero = new Decimal(0);

/** Builds charges component by component. */
export function accruedChargesBy(
  amountOf: (component: AccruedComponent) => Decimal,
): AccruedCharges {
  return {
    brokerage: amountOf('brokerage'),
    securitiesTransactionTax: amountOf('securitiesTransactionTax'),
    exchangeTransactionCharge: amountOf('exchangeTransactionCharge'),
    sebiTurnoverFee: amountOf('sebiTurnoverFee'),
    stampDuty: amountOf('stampDuty'),
    goodsAndServicesTax: amountOf('goodsAndServicesTax'),
  };
}

/** No charges at all. */
export const noCharges: AccruedCharges = accruedChargesBy(() => zero);

/** Component by component `a + b`. */
export function addCharges(a: AccruedCharges, b: AccruedCharges): AccruedCharges {
  return accruedChargesBy((component) => a[component].plus(b[component]));
}

/** Component by component `a - b`. */
export function subtractCharges(a: AccruedCharges, b: AccruedCharges): AccruedCharges {
  return accruedChargesBy((component) => a[component].minus(b[component]));
}

/** The sum of all components. */
export function totalOfCharges(charges: AccruedCharges): Decimal {
  return accruedComponents.reduce((total, component) => total.plus(charges[component]), zero);
}

/**
 * Divides charges pro rata: `share` belongs to `part` units of `whole`, rounded to 6 decimals;
 * `rest` is what remains, so that the two always add up to the charges.
 */
export function splitCharges(
  charges: AccruedCharges,
  part: Decimal,
  whole: Decimal,
): { readonly share: AccruedCharges; readonly rest: AccruedCharges } {
  if (part.equals(whole)) return { share: charges, rest: noCharges };
  const share = accruedChargesBy((component) =>
    charges[component]
      .times(part)
      .dividedBy(whole)
      .toDecimalPlaces(accruedDecimals, Decimal.ROUND_HALF_UP),
  );
  return { share, rest: subtractCharges(charges, share) };
}

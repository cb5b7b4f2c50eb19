import type { ChargeRates } from '../../charges/rate-card.ts';

/** What an order costs beside its price. Each order pays, at entry and at exit. */
export type CommissionModel =
  | { readonly kind: 'NONE' }
  /** Part of the value traded: 0.002 is 0.2 %. */
  | { readonly kind: 'PERCENT'; readonly rate: number }
  /** An amount for each order and a part of its value. */
  | { readonly kind: 'FIXED_AND_PERCENT'; readonly fixed: number; readonly rate: number }
  /** An amount for each unit. */
  | { readonly kind: 'PER_UNIT'; readonly amount: number }
  /** The charges of a rate card; `ratesAt` gives those of an instrument on the day of `time`. */
  | {
      readonly kind: 'CHARGES';
      readonly ratesAt: (instrument: number, time: number) => NumericCharges;
    };

/** Rates of a rate card in float64, for loops; `chargesOfOrder` beside them is exact. */
export interface NumericCharges {
  /** Part of an order's turnover, and the most and least of it in rupees. */
  readonly brokerageRate: number;
  readonly brokerageCap: number;
  readonly brokerageFloor: number;
  /** Parts of the turnover that bear goods and services tax: exchange charge and SEBI fee. */
  readonly taxedOnBuy: number;
  readonly taxedOnSell: number;
  /** Parts that do not: transaction tax and stamp duty. */
  readonly untaxedOnBuy: number;
  readonly untaxedOnSell: number;
  /** Part of what bears it. */
  readonly taxRate: number;
  /** Rupees for each instrument and day on which delivery was sold. */
  readonly depositoryCharge: number;
}

/** The rates in float64. */
export function numericChargesOf(rates: ChargeRates): NumericCharges {
  const { BUY: buy, SELL: sell } = rates.turnover;
  return {
    brokerageRate: rates.brokerageRate.toNumber(),
    brokerageCap: rates.brokerageCap.toNumber(),
    brokerageFloor: rates.brokerageFloor.toNumber(),
    taxedOnBuy: buy.exchangeTransactionCharge.plus(buy.sebiTurnoverFee).toNumber(),
    taxedOnSell: sell.exchangeTransactionCharge.plus(sell.sebiTurnoverFee).toNumber(),
    untaxedOnBuy: buy.securitiesTransactionTax.plus(buy.stampDuty).toNumber(),
    untaxedOnSell: sell.securitiesTransactionTax.plus(sell.stampDuty).toNumber(),
    taxRate: rates.goodsAndServicesTaxRate.toNumber(),
    depositoryCharge: rates.depositoryParticipantCharge.toNumber(),
  };
}

/** Rupees that an order over `turnover` rupees is charged, without the depository's charge. */
export function chargesOf(rates: NumericCharges, isBuy: boolean, turnover: number): number {
  const share = turnover * rates.brokerageRate;
  const capped = share < rates.brokerageCap ? share : rates.brokerageCap;
  const brokerage = capped > rates.brokerageFloor ? capped : rates.brokerageFloor;
  const taxed = brokerage + turnover * (isBuy ? rates.taxedOnBuy : rates.taxedOnSell);
  return (
    taxed * (1 + rates.taxRate) + turnover * (isBuy ? rates.untaxedOnBuy : rates.untaxedOnSell)
  );
}

/** What an order costs; times are epoch ms, `units` are positive, `value` is what they are worth. */
export function commissionOf(
  model: CommissionModel,
  instrument: number,
  isBuy: boolean,
  units: number,
  value: number,
  time: number,
): number {
  switch (model.kind) {
    case 'NONE':
      return 0;
    case 'PERCENT':
      return value * model.rate;
    case 'FIXED_AND_PERCENT':
      return model.fixed + value * model.rate;
    case 'PER_UNIT':
      return units * model.amount;
    case 'CHARGES':
      return chargesOf(model.ratesAt(instrument, time), isBuy, value);
  }
}

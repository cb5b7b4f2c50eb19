import type { Dated } from '../charges/nearest-dated.ts';
import { nearestDated } from '../charges/nearest-dated.ts';

/** From a last price on (rupees, a decimal as a string), the percent of it that orders may move. */
export interface ProtectionStep {
  readonly from: string;
  /** Percent, a decimal as a string. */
  readonly percent: string;
}

/** A broker's automatic market protection, by last price, in rising order from 0. */
export interface AutomaticProtection {
  readonly options: readonly ProtectionStep[];
  /** Shares, funds and futures. */
  readonly others: readonly ProtectionStep[];
}

/** What a broker takes in a period: counts are of orders, legs and changes. */
export interface BrokerRules extends Dated {
  readonly broker: string;
  /** Orders of one account in a calendar second, minute and day. */
  readonly ordersPerSecond: number;
  readonly ordersPerMinute: number;
  readonly ordersPerDay: number;
  /** Of these, how many only exits may use; our own choice, so that at a limit one can still leave. */
  readonly exitOrdersKeptPerMinute: number;
  readonly exitOrdersKeptPerDay: number;
  /** Questions of one account in a calendar second, and how many of them only exits may use. */
  readonly readsPerSecond: number;
  readonly exitReadsKeptPerSecond: number;
  readonly modificationsPerOrder: number;
  /** Orders into which one above the freeze quantity may be cut. */
  readonly slicesPerOrder: number;
  readonly leastIcebergLegs: number;
  readonly mostIcebergLegs: number;
  /** Readings of the books without an order after which it counts as not placed. */
  readonly absentReadsUntilNotPlaced: number;
  /** Percent of an order's quantity that must show. */
  readonly leastDisclosedPercent: number;
  /** Triggers (GTT) of one account that may be active at a time. */
  readonly activeTriggers: number;
  /** Percent of the last price that a trigger must be away from it, a decimal as a string. */
  readonly leastTriggerDistancePercent: string;
  /** Days of the market clock after which a trigger lapses. */
  readonly triggerValidityDays: number;
  /** What a MARKET or SL-M order that names no protection gets. */
  readonly marketProtection: AutomaticProtection;
  /** Where the figures come from, as shown to people. */
  readonly source: string;
}

/**
 * The rules that serve an exchange date (`YYYY-MM-DD`); a date that none covers is served by the
 * nearest. Throws where there are none at all: they come with the product.
 */
export function brokerRulesOn(rules: readonly BrokerRules[], date: string): BrokerRules {
  const found = nearestDated(rules, date);
  if (found === null) throw new Error('there are no broker rules');
  return found.row;
}

/** Percent that an order at market of such an instrument may move from the last price (rupees). */
export function automaticProtectionOf(
  { options, others }: AutomaticProtection,
  instrumentType: string,
  lastPrice: number,
): number {
  const isOption = instrumentType === 'CALL_OPTION' || instrumentType === 'PUT_OPTION';
  const step = (isOption ? options : others).findLast(({ from }) => Number(from) <= lastPrice);
  if (step === undefined) throw new RangeError(`no protection from a price of ${lastPrice}`);
  return Number(step.percent);
}

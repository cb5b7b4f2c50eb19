import type { Dated } from '../charges/nearest-dated.ts';
import { nearestDated } from '../charges/nearest-dated.ts';

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

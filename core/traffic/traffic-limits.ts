import type { BrokerRules } from '../order/broker-rules.ts';
import type { TrafficLimits } from './traffic.ts';

/** Longest that a call is under way to the broker, as a rule, milliseconds. */
const marginMs = 150;

/** What a broker's dated rules let leave; of a second nothing is kept, as the next one comes soon. */
export function trafficLimitsOf(rules: BrokerRules): TrafficLimits {
  return {
    SECOND: { most: rules.ordersPerSecond, keptForExits: 0 },
    MINUTE: { most: rules.ordersPerMinute, keptForExits: rules.exitOrdersKeptPerMinute },
    READS: { most: rules.readsPerSecond, keptForExits: rules.exitReadsKeptPerSecond },
    DAY: { most: rules.ordersPerDay, keptForExits: rules.exitOrdersKeptPerDay },
    marginMs,
  };
}

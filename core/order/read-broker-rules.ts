import type { ReferenceDataFailure } from '../charges/reference-reader.ts';
import { ReferenceReader } from '../charges/reference-reader.ts';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import type { BrokerRules } from './broker-rules.ts';

/**
 * Reads broker rules from parsed JSON: a list as in `data/reference/broker-rules.json`. Fails with
 * every field that is missing or misshapen.
 */
export function readBrokerRules(
  json: unknown,
): Result<readonly BrokerRules[], readonly ReferenceDataFailure[]> {
  const reader = new ReferenceReader(json);
  const rules = reader.items().map((row): BrokerRules => ({
    broker: row.field('broker').text(),
    ...row.period(),
    ordersPerSecond: row.field('ordersPerSecond').count(),
    ordersPerMinute: row.field('ordersPerMinute').count(),
    ordersPerDay: row.field('ordersPerDay').count(),
    exitOrdersKeptPerMinute: row.field('exitOrdersKeptPerMinute').count(),
    exitOrdersKeptPerDay: row.field('exitOrdersKeptPerDay').count(),
    readsPerSecond: row.field('readsPerSecond').count(),
    exitReadsKeptPerSecond: row.field('exitReadsKeptPerSecond').count(),
    modificationsPerOrder: row.field('modificationsPerOrder').count(),
    slicesPerOrder: row.field('slicesPerOrder').count(),
    leastIcebergLegs: row.field('leastIcebergLegs').count(),
    mostIcebergLegs: row.field('mostIcebergLegs').count(),
    absentReadsUntilNotPlaced: row.field('absentReadsUntilNotPlaced').count(),
    leastDisclosedPercent: row.field('leastDisclosedPercent').count(),
    activeTriggers: row.field('activeTriggers').count(),
    leastTriggerDistancePercent: row.field('leastTriggerDistancePercent').amount(),
    triggerValidityDays: row.field('triggerValidityDays').count(),
    source: row.field('source').text(),
  }));
  return reader.failures.length === 0 ? succeed(rules) : fail(reader.failures);
}

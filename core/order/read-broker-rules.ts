import type { ReferenceDataFailure } from '../charges/reference-reader.ts';
import { ReferenceReader } from '../charges/reference-reader.ts';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import type { BrokerRules, ProtectionStep } from './broker-rules.ts';

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
    marketProtection: {
      options: stepsOf(row.field('marketProtection').field('options')),
      others: stepsOf(row.field('marketProtection').field('others')),
    },
    source: row.field('source').text(),
  }));
  return reader.failures.length === 0 ? succeed(rules) : fail(reader.failures);
}

/** Steps that rise from 0, so that every price has one. */
function stepsOf(place: ReferenceReader): readonly ProtectionStep[] {
  const steps = place.items().map((step) => ({
    from: step.field('from').amount(),
    percent: step.field('percent').amount(),
  }));
  const rises = steps.every(({ from }, index) =>
    index === 0 ? Number(from) === 0 : Number(from) > Number(steps[index - 1]?.from),
  );
  if (!rises) place.refuse('steps that rise from 0');
  return steps;
}

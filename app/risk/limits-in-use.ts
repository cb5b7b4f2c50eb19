import type { Product } from '@nandax/core/order/order-terms.ts';
import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import { exposureIn, type ScopedLimits, type ScopeUsage } from '@nandax/core/risk/scope-usage.ts';
import { Decimal } from 'decimal.js';
import type { LegAhead, OrderToJudge } from './judge-order.ts';
import type { Standing, SummedLimits } from './read-standing.ts';

/** The limits that an order meets, with what is used of them once the legs before it are on their way. */
export function limitsInUse(
  { limits }: Standing,
  { instrument, product, runId, ahead = [] }: OrderToJudge,
): readonly ScopedLimits[] {
  const met = limits.get(runId);
  if (met === undefined) throw new Error(`the limits of run ${runId ?? 'none'} were not read`);
  return met.map((summed) => {
    const { scope, scopeId } = summed;
    const theirs = ahead.filter((leg) => belongs(leg, summed));
    const place = { instrumentId: instrument.id, product };
    return { scope, scopeId, limits: summed.limits, usage: usageWith(summed, theirs, place) };
  });
}

function belongs({ judgement }: LegAhead, { scope, scopeId }: SummedLimits): boolean {
  return judgement.limits.some((met) => met.scope === scope && met.scopeId === scopeId);
}

interface Place {
  readonly instrumentId: string;
  readonly product: Product;
}

/** A scope's usage with legs that have passed, which no row and no counter shows yet. */
function usageWith(
  { usage, held }: SummedLimits,
  ahead: readonly LegAhead[],
  place: Place,
): ScopeUsage {
  const heldKeys = new Set(held.map(keyOf));
  const exposures = new Map(usage.exposures);
  const opened = new Set<string>();
  let { totalExposure } = usage;
  for (const { order, instrument, judgement } of ahead) {
    const { openingQuantity } = judgement.measure;
    // Without a feed nothing is summed: exposure is that of one feed.
    if (openingQuantity.isZero() || order.feedId === null) continue;
    const price = order.price ?? order.referencePrice ?? new Decimal(0);
    const value = contractValueOf(openingQuantity, price, instrument.multiplier);
    exposures.set(instrument.id, exposureIn({ ...usage, exposures }, instrument.id).plus(value));
    totalExposure = totalExposure.plus(value);
    if (!heldKeys.has(keyOf(order))) opened.add(keyOf(order));
  }
  return {
    ...usage,
    exposures,
    totalExposure,
    holdsPosition: heldKeys.has(keyOf(place)) || opened.has(keyOf(place)),
    openPositions: usage.openPositions.plus(opened.size),
    ordersInSecond: usage.ordersInSecond.plus(ahead.length),
    ordersInMinute: usage.ordersInMinute.plus(ahead.length),
    ordersInDay: usage.ordersInDay.plus(ahead.length),
  };
}

function keyOf({ instrumentId, product }: Place): string {
  return `${instrumentId} ${product}`;
}

import { wholeModelOf, type WholeFillModel } from '@nandax/core/exchange/fill-model.ts';

/**
 * The fill model of a JSON column, which use-cases have checked; what is left out (all of
 * it in events from before there was one) has its default.
 */
export function fillModelOf(column: unknown): WholeFillModel {
  return wholeModelOf(column ?? {});
}

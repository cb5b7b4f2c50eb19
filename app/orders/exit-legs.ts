import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { brokerRulesOn } from '@nandax/core/order/broker-rules.ts';
import { largestOrderOf } from '@nandax/core/order/check-terms.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { fail, type Result } from '@nandax/core/result.ts';
import { Decimal } from 'decimal.js';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { InstrumentRecord } from '../records.ts';
import type { Exit } from '../risk/exits-of.ts';
import type { KeyedRequestFailure, OpenDoor } from './keyed-request.ts';
import type { LegAtDoor } from './pass-door.ts';
import { denialOf, type OrderDenied } from './order-denied.ts';

/** Nothing is held that no order takes off already. */
export interface NothingToExit {
  readonly kind: 'NOTHING_TO_EXIT';
  /** The orders that take off what is held. */
  readonly pending: readonly OrderRecord[];
}

/** What an exit can end in; ORDER_DENIED where every one of its orders was refused. */
export type ExitFailure = NothingToExit | OrderDenied | KeyedRequestFailure;

/** The orders of exits: at the market, for their owners, and such that they never open anything. */
export async function legsOf(
  rows: StoreTransaction,
  door: OpenDoor,
  exits: readonly Exit[],
): Promise<readonly LegAtDoor[]> {
  const legs: LegAtDoor[] = [];
  for (const { instrumentId, product, side, quantity, runId } of exits) {
    const instrument = await rows.runs.findInstrument(instrumentId);
    if (instrument === null) throw new Error(`instrument ${instrumentId} is gone`);
    legs.push({
      instrument,
      terms: {
        ...plainTerms,
        type: 'MARKET',
        side,
        product,
        quantity: atMostSlices(quantity, instrument, door),
      },
      autoSlice: true,
      reduceOnly: true,
      parentOrderId: null,
      run: runId === null ? null : { id: runId, decisionId: null },
    });
  }
  return legs;
}

/**
 * What as many slices as one order may have take; what is beyond them stays open for the next
 * request. Where not even one lot may leave the door says so, with the numbers.
 */
function atMostSlices(
  quantity: Decimal,
  instrument: InstrumentRecord,
  { data, marketTime }: OpenDoor,
): Decimal {
  const largest = largestOrderOf(instrument);
  if (largest === null || largest.isZero()) return quantity;
  const day = exchangeDateOf(marketTime.getTime());
  const { slicesPerOrder } = brokerRulesOn(data.brokerRules, day);
  return Decimal.min(quantity, largest.times(slicesPerOrder));
}

/** The orders an exit came to, denied ones among them; a failure where none of them was let through. */
export function exitAnswer<F>(
  placed: Result<readonly OrderRecord[], F>,
): Result<readonly OrderRecord[], F | OrderDenied> {
  if (!placed.ok) return placed;
  const denial = denialOf(placed.value);
  return denial === null ? placed : fail(denial);
}

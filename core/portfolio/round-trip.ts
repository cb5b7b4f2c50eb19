import { Decimal } from 'decimal.js';
import { addCharges } from '../charges/accrued-charges.ts';
import type { Trade } from './trade.ts';

/** Whose units a trade row has, and by which requests they came and went. */
export interface TradedBy {
  readonly runId: string | null;
  readonly instrumentId: string;
  readonly product: string;
  /** The request whose orders entered; null: it is not known. */
  readonly entryRequestId: string | null;
  /** The request whose orders left; null: none did, or it is not known. */
  readonly exitRequestId: string | null;
}

/**
 * What the parts of one round trip share: the units of an owner that the orders of one request
 * entered with and those of another left with, however many fills or slices it took. So a stop-out
 * of an entry that came in three parts is one loss, and half taken at the target and half at the stop
 * are two trades. Null: the part is a round trip by itself.
 */
export function roundTripOf(by: TradedBy): string | null {
  const { runId, instrumentId, product, entryRequestId, exitRequestId } = by;
  if (entryRequestId === null || exitRequestId === null) return null;
  return [runId ?? '', instrumentId, product, entryRequestId, exitRequestId].join(' ');
}

/**
 * The round trips that closed parts make, in the order in which they ended; figures count these.
 * Rupees and units are sums, prices the averages by units, times the first entry and the last exit.
 */
export function roundTripsOf<Part extends Trade>(parts: readonly Part[]): readonly Part[] {
  const trips = new Map<unknown, Part>();
  for (const part of parts) {
    const key = part.roundTrip ?? part;
    const before = trips.get(key);
    trips.set(key, before === undefined ? part : joined(before, part));
  }
  if (trips.size === parts.length) return parts;
  return [...trips.values()].sort((a, b) => a.exitTime - b.exitTime);
}

function joined<Part extends Trade>(one: Part, other: Part): Part {
  const average = (price: 'entryPrice' | 'exitPrice'): Decimal =>
    Decimal.sum(one[price].times(one.quantity), other[price].times(other.quantity)).dividedBy(
      one.quantity.plus(other.quantity),
    );
  return {
    ...one,
    quantity: one.quantity.plus(other.quantity),
    entryPrice: average('entryPrice'),
    entryTime: Math.min(one.entryTime, other.entryTime),
    exitPrice: average('exitPrice'),
    exitTime: Math.max(one.exitTime, other.exitTime),
    grossPnl: one.grossPnl.plus(other.grossPnl),
    charges: addCharges(one.charges, other.charges),
    netPnl: one.netPnl.plus(other.netPnl),
  };
}

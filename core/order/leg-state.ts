import type { Decimal } from 'decimal.js';
import type { OrderStatus } from './status.ts';

/** What the other legs of a request ask about one. */
export interface Leg {
  readonly status: OrderStatus;
  readonly filledQuantity: Decimal;
}

/**
 * How a leg stands.
 * - PENDING: it has not left, or its broker has not answered.
 * - LIVE: it works at the broker, or units of it have executed.
 * - VOID: it ended and nothing of it executed.
 */
export type LegState = 'PENDING' | 'LIVE' | 'VOID';

/**
 * How an order stands as a leg. One that was rejected is VOID although units of it executed: the
 * broker refused it, and nothing may follow.
 */
export function legStateOf({ status, filledQuantity }: Leg): LegState {
  switch (status) {
    case 'INITIALIZED':
    case 'SUBMITTED':
    case 'UNKNOWN':
      return 'PENDING';
    case 'ACCEPTED':
    case 'PARTIALLY_FILLED':
    case 'FILLED':
    case 'MODIFY_PENDING':
    case 'CANCEL_PENDING':
      return 'LIVE';
    case 'CANCELLED':
    case 'EXPIRED':
      return filledQuantity.isZero() ? 'VOID' : 'LIVE';
    case 'DENIED':
    case 'REJECTED':
    case 'NOT_PLACED':
      return 'VOID';
  }
}

/**
 * How a request stands, by its legs.
 * - UNDER_WAY: a leg has not left, or its broker has not answered.
 * - LIVE: every leg works at the broker or executed.
 * - PARTLY_LIVE: some do, the others came to nothing.
 * - DENIED: the door refused it; nothing was sent.
 * - VOID: every leg came to nothing.
 */
export type RequestState = 'UNDER_WAY' | 'LIVE' | 'PARTLY_LIVE' | 'DENIED' | 'VOID';

/** How a request stands. Its legs are given in their order; there is at least one. */
export function requestStateOf(legs: readonly Leg[]): RequestState {
  const states = legs.map(legStateOf);
  if (states.includes('PENDING')) return 'UNDER_WAY';
  if (states.every((state) => state === 'LIVE')) return 'LIVE';
  if (states.includes('LIVE')) return 'PARTLY_LIVE';
  return legs.every(({ status }) => status === 'DENIED') ? 'DENIED' : 'VOID';
}

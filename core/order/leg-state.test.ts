import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { legStateOf, requestStateOf, type Leg } from './leg-state.ts';
import type { OrderStatus } from './status.ts';

function leg(status: OrderStatus, filled = 0): Leg {
  return { status, filledQuantity: new Decimal(filled) };
}

describe('a leg', () => {
  it.each<[OrderStatus, string, string]>([
    ['INITIALIZED', 'PENDING', 'PENDING'],
    ['SUBMITTED', 'PENDING', 'PENDING'],
    ['UNKNOWN', 'PENDING', 'PENDING'],
    ['ACCEPTED', 'LIVE', 'LIVE'],
    ['PARTIALLY_FILLED', 'LIVE', 'LIVE'],
    ['FILLED', 'LIVE', 'LIVE'],
    ['MODIFY_PENDING', 'LIVE', 'LIVE'],
    ['CANCEL_PENDING', 'LIVE', 'LIVE'],
    ['CANCELLED', 'VOID', 'LIVE'],
    ['EXPIRED', 'VOID', 'LIVE'],
    ['DENIED', 'VOID', 'VOID'],
    ['REJECTED', 'VOID', 'VOID'],
    ['NOT_PLACED', 'VOID', 'VOID'],
  ])('that is %s is %s, with units executed %s', (status, untouched, executed) => {
    expect(legStateOf(leg(status))).toBe(untouched);
    expect(legStateOf(leg(status, 5))).toBe(executed);
  });
});

describe('a request', () => {
  it.each<[string, readonly Leg[]]>([
    ['UNDER_WAY', [leg('INITIALIZED')]],
    ['UNDER_WAY', [leg('FILLED', 5), leg('UNKNOWN'), leg('INITIALIZED')]],
    // A slice was rejected while another has no answer yet.
    ['UNDER_WAY', [leg('REJECTED'), leg('SUBMITTED')]],
    ['LIVE', [leg('FILLED', 5), leg('ACCEPTED')]],
    ['PARTLY_LIVE', [leg('FILLED', 5), leg('REJECTED'), leg('DENIED')]],
    ['DENIED', [leg('DENIED'), leg('DENIED')]],
    // The door let it pass; the first leg came to nothing and stopped the second.
    ['VOID', [leg('REJECTED'), leg('DENIED')]],
    ['VOID', [leg('CANCELLED'), leg('CANCELLED')]],
  ])('is %s', (state, legs) => {
    expect(requestStateOf(legs)).toBe(state);
  });
});

import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStepsOf } from './leg-sequence.ts';
import { legStateOf } from './leg-state.ts';
import type { OrderStatus } from './status.ts';

function steps(...statuses: readonly OrderStatus[]) {
  const legs = statuses.map((status, index) => ({
    number: index + 1,
    status,
    filledQuantity: new Decimal(0),
  }));
  const { send, stoppedBy, stopped } = nextStepsOf(legs);
  return [send?.number ?? null, stoppedBy?.number ?? null, stopped.map(({ number }) => number)];
}

describe('legs that leave one after the other', () => {
  it('begin with the first, and go on when the broker has taken the one before', () => {
    expect(steps('INITIALIZED', 'INITIALIZED')).toEqual([1, null, []]);
    expect(steps('SUBMITTED', 'INITIALIZED')).toEqual([null, null, []]);
    expect(steps('ACCEPTED', 'INITIALIZED')).toEqual([2, null, []]);
    expect(steps('FILLED', 'ACCEPTED', 'INITIALIZED')).toEqual([3, null, []]);
    expect(steps('FILLED', 'FILLED')).toEqual([null, null, []]);
  });

  it('wait for one whose broker has not answered', () => {
    expect(steps('FILLED', 'UNKNOWN', 'INITIALIZED')).toEqual([null, null, []]);
  });

  it('stop behind one that came to nothing', () => {
    expect(steps('REJECTED', 'INITIALIZED', 'INITIALIZED')).toEqual([null, 1, [2, 3]]);
    expect(steps('ACCEPTED', 'NOT_PLACED', 'INITIALIZED')).toEqual([null, 2, [3]]);
    // Those stopped already are not stopped again.
    expect(steps('REJECTED', 'DENIED', 'INITIALIZED')).toEqual([null, 1, [3]]);
    // The broker took it and refused it later: what has left stays, what has not does not leave.
    expect(steps('REJECTED', 'ACCEPTED', 'INITIALIZED')).toEqual([null, 1, [3]]);
  });

  it('go on before one that was taken back in time', () => {
    expect(steps('ACCEPTED', 'INITIALIZED', 'CANCELLED', 'INITIALIZED')).toEqual([2, 3, [4]]);
  });

  it('never leave before all before them are live, and are never both sent and stopped', () => {
    const status = fc.constantFrom<OrderStatus>(
      'INITIALIZED',
      'SUBMITTED',
      'UNKNOWN',
      'ACCEPTED',
      'FILLED',
      'CANCELLED',
      'REJECTED',
      'DENIED',
      'NOT_PLACED',
    );
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 6 }), (statuses) => {
        const legs = statuses.map((one) => ({ status: one, filledQuantity: new Decimal(0) }));
        const { send, stopped } = nextStepsOf(legs);
        if (send !== null) {
          const before = legs.slice(0, legs.indexOf(send));
          expect(before.every((leg) => legStateOf(leg) === 'LIVE')).toBe(true);
          expect(stopped).not.toContain(send);
        }
        for (const leg of stopped) {
          const before = legs.slice(0, legs.indexOf(leg));
          expect(before.some((other) => legStateOf(other) === 'VOID')).toBe(true);
        }
      }),
    );
  });
});

import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { planExit, type ExitToPlan } from './plan-exit.ts';

/** What leaves in which way: reduced, set off by hand, set off against runs, opened. */
function planned(
  exit: Partial<Record<keyof ExitToPlan, number>>,
  state: ExitToPlan['tradingState'] = 'ACTIVE',
) {
  const units = (of: keyof ExitToPlan, otherwise = 0) => new Decimal(exit[of] ?? otherwise);
  const { reduce, offsetByHand, offsetByRuns, open } = planExit({
    units: units('units', 100),
    held: units('held', 100),
    reducible: units('reducible'),
    againstByHand: units('againstByHand'),
    againstByRuns: units('againstByRuns'),
    tradingState: state,
  });
  return [reduce, offsetByHand, offsetByRuns, open].map((part) => part.toNumber());
}

test('an exit of the only owner leaves by an order that only reduces, blocked or not', () => {
  expect(planned({ reducible: 100 })).toEqual([100, 0, 0, 0]);
  expect(planned({ reducible: 100 }, 'REDUCING')).toEqual([100, 0, 0, 0]);
});

test('what was sold by hand is set off, and no order opens the other side', () => {
  expect(planned({ againstByHand: 100 })).toEqual([0, 100, 0, 0]);
  expect(planned({ againstByHand: 100 }, 'REDUCING')).toEqual([0, 100, 0, 0]);
  expect(planned({ reducible: 40, againstByHand: 60 })).toEqual([40, 60, 0, 0]);
  expect(planned({ againstByHand: 150 })).toEqual([0, 100, 0, 0]);
});

test('another run keeps what it holds, unless the account may only reduce', () => {
  expect(planned({ againstByRuns: 100 })).toEqual([0, 0, 0, 100]);
  expect(planned({ againstByRuns: 100 }, 'REDUCING')).toEqual([0, 0, 100, 0]);
  expect(planned({ reducible: 50, againstByHand: 20, againstByRuns: 30 })).toEqual([50, 20, 0, 30]);
  expect(planned({ reducible: 50, againstByHand: 20, againstByRuns: 30 }, 'REDUCING')).toEqual([
    50, 20, 30, 0,
  ]);
});

test('what is still on its way is not set off; where only reducing is allowed it waits', () => {
  expect(planned({ units: 150, againstByHand: 150 })).toEqual([0, 100, 0, 50]);
  expect(planned({ units: 150, againstByHand: 150 }, 'REDUCING')).toEqual([0, 100, 0, 0]);
  expect(planned({ units: 150, reducible: 100 })).toEqual([100, 0, 0, 50]);
});

test('an exit of others that is on its way holds none up while trading is open', () => {
  expect(planned({ reducible: 0 })).toEqual([0, 0, 0, 100]);
  expect(planned({ reducible: 0 }, 'HALTED')).toEqual([0, 0, 0, 0]);
});

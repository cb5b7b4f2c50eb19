import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustCandles, adjustTicks } from './adjust-history.ts';
import {
  adjustmentFactorOn,
  compareActions,
  restateLots,
  type CorporateAction,
} from './corporate-action.ts';

const split = (exDate: string, unitsAfter: number, unitsBefore = 1): CorporateAction => ({
  kind: 'SPLIT',
  exDate,
  unitsAfter,
  unitsBefore,
  fractionPrice: null,
});
const bonus = (exDate: string, added: number, held: number, price?: string): CorporateAction => ({
  kind: 'BONUS',
  exDate,
  unitsAfter: held + added,
  unitsBefore: held,
  fractionPrice: price === undefined ? null : new Decimal(price),
});
const dividend = (exDate: string, amount: string): CorporateAction => ({
  kind: 'DIVIDEND',
  exDate,
  cashPerUnit: new Decimal(amount),
});

const lots = (...units: number[]) => units.map((one) => new Decimal(one));
const shown = (restated: ReturnType<typeof restateLots>) =>
  restated.map(({ unitsAfter, cash }) => [unitsAfter.toNumber(), cash.toNumber()]);

describe('lots', () => {
  it('of a split become more, each by the same', () => {
    expect(shown(restateLots(split('2026-08-14', 5), lots(3, 4)))).toEqual([
      [15, 0],
      [20, 0],
    ]);
  });

  it('of a bonus are counted together: 3 and 4 with one for two are 10, and half a unit is paid', () => {
    // 3 become 4.5, of which 4 are whole; all 7 become 10.5.
    expect(shown(restateLots(bonus('2026-08-14', 1, 2, '101'), lots(3, 4)))).toEqual([
      [4, 0],
      [6, 50.5],
    ]);
  });

  it('lose parts of a unit that nobody pays for', () => {
    expect(shown(restateLots(bonus('2026-08-14', 1, 2), lots(3)))).toEqual([[4, 0]]);
  });

  it('get a dividend that is rounded once for what is held together', () => {
    // 7 times 0.125 is 0.875; the first three bring 0.375.
    expect(shown(restateLots(dividend('2026-08-14', '0.125'), lots(3, 4)))).toEqual([
      [3, 0.38],
      [4, 0.5],
    ]);
  });

  it('come to the whole units and the cash of the account, however it is divided', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 100_000 }),
        (units, added, held, paise) => {
          const price = new Decimal(paise).dividedBy(100);
          const restated = restateLots(
            bonus('2026-08-14', added, held, price.toFixed()),
            lots(...units),
          );
          const total = new Decimal(units.reduce((sum, one) => sum + one, 0));
          const exact = total.times(held + added).dividedBy(held);
          const sum = (of: (lot: (typeof restated)[number]) => Decimal) =>
            Decimal.sum(0, ...restated.map(of));
          expect(sum((lot) => lot.unitsAfter).toFixed()).toBe(exact.floor().toFixed());
          expect(sum((lot) => lot.cash).toFixed(2)).toBe(
            exact.minus(exact.floor()).times(price).toFixed(2, Decimal.ROUND_HALF_UP),
          );
          for (const lot of restated) {
            expect(lot.unitsAfter.isInteger()).toBe(true);
            expect(lot.unitsAfter.greaterThanOrEqualTo(lot.unitsBefore)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('recorded history', () => {
  const actions = [split('2026-08-14', 2), bonus('2026-08-20', 1, 1), dividend('2026-08-18', '5')];
  const times = ['2026-08-13', '2026-08-14', '2026-08-20'].map((day) =>
    Date.parse(`${day}T09:15:00+05:30`),
  );

  it('is in the units of after the last action, so that nothing jumps on an ex-date', () => {
    expect(adjustmentFactorOn('2026-08-13', actions)).toBe(4);
    expect(adjustmentFactorOn('2026-08-14', actions)).toBe(2);
    expect(adjustmentFactorOn('2026-08-20', actions)).toBe(1);
    const column = (...values: number[]) => Float64Array.from(values);
    const candles = {
      length: 3,
      openTime: Float64Array.from(times),
      open: column(400, 200, 100),
      high: column(402.1, 201, 101),
      low: column(398, 199, 99),
      close: column(400, 200, 100),
      volume: column(10, NaN, 40),
    };
    const restated = adjustCandles(candles, actions);
    expect([...restated.close]).toEqual([100, 100, 100]);
    // To the paisa: 402.1 / 4 is 100.525.
    expect([...restated.high]).toEqual([100.53, 100.5, 101]);
    expect([...restated.volume]).toEqual([40, NaN, 40]);
    expect([...restated.openTime]).toEqual(times);
    const ticks = adjustTicks(
      {
        length: 3,
        time: Float64Array.from(times),
        price: column(400, 200, 100),
        dayVolume: column(1, 2, 3),
      },
      actions,
    );
    expect([...ticks.price]).toEqual([100, 100, 100]);
    expect([...ticks.dayVolume]).toEqual([4, 4, 3]);
  });

  it('is left alone by dividends and by what was before it', () => {
    const candles = {
      length: 1,
      openTime: Float64Array.of(times[2] ?? NaN),
      open: Float64Array.of(100),
      high: Float64Array.of(100),
      low: Float64Array.of(100),
      close: Float64Array.of(100),
      volume: Float64Array.of(1),
    };
    expect(adjustCandles(candles, [dividend('2026-09-01', '5')])).toBe(candles);
    expect(adjustCandles(candles, actions)).toBe(candles);
  });
});

it('actions take effect by ex-date, and a dividend on the units of before', () => {
  const actions = [split('2026-08-20', 2), split('2026-08-14', 5), dividend('2026-08-14', '1')];
  expect(actions.sort(compareActions).map(({ kind, exDate }) => `${kind} ${exDate}`)).toEqual([
    'DIVIDEND 2026-08-14',
    'SPLIT 2026-08-14',
    'SPLIT 2026-08-20',
  ]);
});

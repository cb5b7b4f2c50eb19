import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute } from '../metrics/attribution.ts';
import { instantOf } from '../calendar/exchange-time.ts';
import { resultPartsOf, type MarkedInstant, type Movement } from './result-parts.ts';
import { shareOut } from './share-out.ts';

/** 2026-09-07, a Monday. */
const monday = 20_703;
const at = (day: number, minute: number) => instantOf(monday + day, minute);
const rupees = (amount: Decimal.Value) => new Decimal(amount);

const move = (
  time: number,
  owner: string,
  instrument: string,
  units: number,
  price: number,
  charges: Decimal.Value = 0,
): Movement => ({
  time,
  owner,
  instrument,
  units: rupees(units),
  cash: rupees(-units).times(price),
  charges: rupees(charges),
  trades: units < 0 ? 1 : 0,
});

const close = (day: number, marks: Record<string, readonly [number, number]>): MarkedInstant => ({
  time: at(day, 930),
  marks: new Map(
    Object.entries(marks).map(([instrument, [units, price]]) => [
      instrument,
      { value: rupees(units).times(price), unitValue: rupees(price) },
    ]),
  ),
});

describe('what a result is made of', () => {
  it('gives each day the change of what is held, and to each owner their own', () => {
    const parts = resultPartsOf(
      [close(0, { YES: [150, 95] }), close(1, { YES: [50, 98] }), close(2, { YES: [50, 97] })],
      [
        // The agent buys 100 at 90 and a person 50 at 94; the agent leaves at 99 the next day.
        move(at(0, 600), 'agent', 'YES', 100, 90, '1.25'),
        move(at(0, 610), 'person', 'YES', 50, 94, '0.75'),
        move(at(1, 600), 'agent', 'YES', -100, 99, '2'),
      ],
    );
    const said = parts.map(({ day, owner, grossPnl, charges, trades }) =>
      [day, owner, grossPnl.toFixed(), charges.toFixed(), trades].join(' '),
    );
    expect(said).toEqual([
      '2026-09-07 agent 500 1.25 0',
      '2026-09-07 person 50 0.75 0',
      '2026-09-08 agent 400 2 1',
      '2026-09-08 person 150 0 0',
      '2026-09-09 person -50 0 0',
    ]);
  });

  it('marks owners who hold against each other, though nothing is left over', () => {
    const parts = resultPartsOf(
      [close(0, { YES: [0, 95] })],
      [move(at(0, 600), 'bull', 'YES', 10, 90), move(at(0, 601), 'bear', 'YES', -10, 90)],
    );
    expect(parts.map(({ owner, grossPnl }) => [owner, grossPnl.toFixed()])).toEqual([
      ['bull', '50'],
      ['bear', '-50'],
    ]);
  });

  it('sums to the change of equity to the paisa, in every dimension', () => {
    const owners = ['', 'first', 'second'];
    const instruments = ['A', 'B'];
    const price = fc.integer({ min: 1, max: 5_000_000 }).map((ticks) => ticks / 10_000);
    const fill = fc.record({
      day: fc.integer({ min: 0, max: 4 }),
      owner: fc.constantFrom(...owners),
      instrument: fc.constantFrom(...instruments),
      units: fc.integer({ min: -500, max: 500 }).filter((units) => units !== 0),
      price,
      paise: fc.integer({ min: 0, max: 9_999 }),
    });
    const prices = fc.array(fc.record({ A: price, B: price }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fill, { maxLength: 40 }), prices, (drawn, closes) => {
        const fills = drawn.sort((a, b) => a.day - b.day);
        const movements = fills.map(
          ({ day, owner, instrument, units, price: at4, paise }, index) => ({
            time: at(day, 600) + index,
            owner,
            instrument,
            units: rupees(units),
            cash: rupees(-units).times(at4).toDecimalPlaces(2, Decimal.ROUND_HALF_UP),
            charges: rupees(paise).dividedBy(100),
            trades: 0,
          }),
        );
        let cash = rupees(1_000_000);
        const instants: MarkedInstant[] = [];
        const equities = closes.map((closing, day) => {
          const upTo = movements.filter(({ time }) => time <= at(day, 930));
          cash = upTo.reduce(
            (sum, one) => sum.plus(one.cash).minus(one.charges),
            rupees(1_000_000),
          );
          const marks = new Map(
            instruments.map((instrument) => {
              const units = upTo
                .filter((one) => one.instrument === instrument)
                .reduce((sum, one) => sum.plus(one.units), rupees(0));
              const unitValue = rupees(closing[instrument as 'A' | 'B']);
              const value = units.times(unitValue).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
              return [instrument, { value, unitValue }];
            }),
          );
          instants.push({ time: at(day, 930), marks });
          return [...marks.values()].reduce((sum, { value }) => sum.plus(value), cash);
        });
        const parts = resultPartsOf(instants, movements);
        for (const [day, equity] of equities.entries()) {
          const before = equities[day - 1] ?? rupees(1_000_000);
          const own = parts.filter(({ instant }) => instant === day);
          const net = own.reduce((sum, p) => sum.plus(p.grossPnl).minus(p.charges), rupees(0));
          expect(net.toFixed(2)).toBe(equity.minus(before).toFixed(2));
        }
        const whole = (equities.at(-1) ?? rupees(0)).minus(1_000_000).toFixed(2);
        for (const keyOf of [
          ({ day }: { day: string }) => day,
          ({ owner }: { owner: string }) => owner,
          ({ instrument }: { instrument: string }) => instrument,
        ]) {
          const sums = attribute(parts, keyOf);
          expect(Decimal.sum(0, ...sums.map(({ netPnl }) => netPnl)).toFixed(2)).toBe(whole);
        }
      }),
    );
  });
});

describe('sharing out', () => {
  it('gives what rounding leaves to those who lost most by it', () => {
    const shares = shareOut(rupees('1.00'), [1, 1, 1].map(rupees));
    expect(shares.map((share) => share.toFixed(2))).toEqual(['0.34', '0.33', '0.33']);
    expect(shareOut(rupees('0.05'), [0, 0].map(rupees)).map(String)).toEqual(['0.03', '0.02']);
  });

  it('leaves nothing over', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), weights, (paise, drawn) => {
        const amount = rupees(paise).dividedBy(100);
        const shares = shareOut(amount, drawn.map(rupees));
        expect(Decimal.sum(...shares).equals(amount)).toBe(true);
        expect(shares.every((share) => share.decimalPlaces() <= 2)).toBe(true);
      }),
    );
  });
});

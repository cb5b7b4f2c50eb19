import { describe, expect, it } from 'vitest';
import {
  decideSignals,
  decideSquareOff,
  type DecisionBar,
  type DecisionContext,
  type Holding,
} from './decide-signals.ts';
import type { RuleOutcome, RuleReading } from './evaluate/rule-reading.ts';
import { compiled } from './testing/compiled.ts';

const flat: Holding = { quantity: 0, averageEntryPrice: NaN, openedAt: Infinity, working: false };
const long: Holding = { quantity: 100, averageEntryPrice: 100, openedAt: 0, working: false };
const short: Holding = { quantity: -100, averageEntryPrice: 100, openedAt: 0, working: false };

/** A bar on which these rules are true. */
function bar(close: number, truths: Partial<RuleOutcome>, instrument = 0): DecisionBar {
  const outcome = {
    longEntry: false,
    longExit: false,
    shortEntry: false,
    shortExit: false,
    ...truths,
  };
  const reading = { outcome: () => outcome, value: () => NaN } as unknown as RuleReading;
  return { instrument, close, reading, since: null, entriesOpen: true };
}

const always =
  'long entry when close > 0 long exit when close > 0 short entry when close > 0 short exit when close > 0';

function context(
  holdings: readonly Holding[],
  statements = '',
  lotSize = 1,
  multiplier = 1,
): DecisionContext {
  const size = /_per_trade/.test(statements) ? '' : 'capital_per_trade 100000';
  return {
    strategy: compiled(`${size} ${statements} ${always}`),
    holdings,
    lots: holdings.map(() => ({ lotSize, multiplier })),
    memories: holdings.map(() => null),
    equity: () => 1_000_000,
    lastClose: () => 100,
  };
}

/** Signals as `action quantity reason`, passed entries as their cause. */
function decide(
  where: DecisionContext,
  bars: readonly DecisionBar[],
  entriesOpen = true,
): string[] {
  const { signals, passedEntries } = decideSignals(
    where,
    bars.map((one) => ({ ...one, entriesOpen })),
  );
  return [
    ...signals.map(({ instrument, action, quantity, reason }) =>
      [instrument, action, quantity, reason].join(' '),
    ),
    ...passedEntries.map(({ instrument, cause }) => `${instrument} ${cause}`),
  ];
}

describe('an entry', () => {
  it('buys or sells as many whole lots as the capital per trade pays', () => {
    // 100000 / 93 = 1075.27
    expect(decide(context([flat]), [bar(93, { longEntry: true })])).toEqual([
      '0 ENTER_LONG 1075 RULE',
    ]);
    expect(decide(context([flat], '', 50), [bar(93, { shortEntry: true })])).toEqual([
      '0 ENTER_SHORT 1050 RULE',
    ]);
  });

  it('counts lots exactly: 0.3 rupees buy three at 0.1', () => {
    const tiny = context([flat], 'capital_per_trade 0.3');
    expect(decide(tiny, [bar(0.1, { longEntry: true })])).toEqual(['0 ENTER_LONG 3 RULE']);
  });

  it('names its side and its reason in words', () => {
    const { signals } = decideSignals(context([flat]), [bar(93, { shortEntry: true })]);
    expect(signals).toMatchObject([{ side: 'SELL', text: 'short entry rule at close 93' }]);
  });

  it('is passed over, and says why, when one lot is too dear', () => {
    const { signals, passedEntries } = decideSignals(context([flat], '', 2000), [
      bar(93, { longEntry: true }),
    ]);
    expect(signals).toEqual([]);
    expect(passedEntries).toEqual([
      {
        instrument: 0,
        cause: 'LESS_THAN_ONE_LOT',
        text: 'one lot of 2000 at 93 costs more than 100000 rupees',
      },
    ]);
  });

  it('buys as many lots as the capital is worth where a lot is worth a thousand times its price', () => {
    const usdInr = context([flat], '', 1, 1_000);
    // 100000 / (83.2 x 1000) = 1.2.
    expect(decideSignals(usdInr, [bar(83.2, { longEntry: true })]).signals).toMatchObject([
      { side: 'BUY', quantity: 1 },
    ]);
  });

  it('is passed over when both entry rules are true, or entries are closed', () => {
    const both = bar(93, { longEntry: true, shortEntry: true });
    expect(decide(context([flat]), [both])).toEqual(['0 BOTH_ENTRIES']);
    expect(decide(context([flat]), [bar(93, { longEntry: true })], false)).toEqual([
      '0 ENTRIES_CLOSED',
    ]);
  });

  it('is given once: not while a position is held, nor while an order works', () => {
    const entry = [bar(100, { longEntry: true })];
    expect(decide(context([long]), entry)).toEqual([]);
    expect(decide(context([{ ...flat, working: true }]), entry)).toEqual([]);
  });

  it("is given in the strategy's order until the most positions are held", () => {
    const bars = [0, 1, 2].map((index) => bar(100, { longEntry: true }, index));
    expect(decide(context([flat, flat, flat], 'max_positions 2'), bars)).toEqual([
      '0 ENTER_LONG 1000 RULE',
      '1 ENTER_LONG 1000 RULE',
      '2 MAX_POSITIONS',
    ]);
    // A held position and a working entry take the two places.
    const held = context([long, { ...flat, working: true }, flat], 'max_positions 2');
    expect(decide(held, bars)).toEqual(['2 MAX_POSITIONS']);
  });

  it('does not take the place of a position that only now leaves', () => {
    const bars = [bar(100, { longExit: true }, 0), bar(100, { longEntry: true }, 1)];
    expect(decide(context([long, flat], 'max_positions 1'), bars)).toEqual([
      '0 EXIT_LONG 100 RULE',
      '1 MAX_POSITIONS',
    ]);
  });
});

describe('an exit', () => {
  it('sells what is held long and buys back what is held short, all of it', () => {
    expect(decide(context([long]), [bar(99, { longExit: true })])).toEqual([
      '0 EXIT_LONG 100 RULE',
    ]);
    expect(decide(context([short]), [bar(99, { shortExit: true })])).toEqual([
      '0 EXIT_SHORT 100 RULE',
    ]);
    expect(decide(context([long]), [bar(99, { shortExit: true })])).toEqual([]);
  });

  it('is given after entries are closed too', () => {
    expect(decide(context([long]), [bar(99, { longExit: true })], false)).toHaveLength(1);
  });

  it('waits for the end of a working order', () => {
    const leaving = context([{ ...long, working: true }]);
    expect(decide(leaving, [bar(99, { longExit: true })])).toEqual([]);
  });

  it.each([
    [long, 98.51, []],
    [long, 98.5, ['0 EXIT_LONG 100 STOP_LOSS']],
    [long, 102.99, []],
    [long, 103, ['0 EXIT_LONG 100 TAKE_PROFIT']],
    [short, 101.49, []],
    [short, 101.5, ['0 EXIT_SHORT 100 STOP_LOSS']],
    [short, 97.01, []],
    [short, 97, ['0 EXIT_SHORT 100 TAKE_PROFIT']],
  ])('by stop loss 1.5 %% or take profit 3 %% of %j at %d is %j', (holding, close, expected) => {
    const stops = context([holding], 'stop_loss 1.5% take_profit 3%');
    expect(decide(stops, [bar(close, {})])).toEqual(expected);
  });

  it('by stop loss meets the price that binary fractions would just miss', () => {
    // The ratio of each price to its stop is 0.98 only up to the last bits of a float64.
    for (const price of [93.55, 95.05, 101.35, 2345.65]) {
      const holding = { ...long, quantity: 1, averageEntryPrice: price };
      const stop = Number((price * 0.98).toFixed(6));
      const stops = context([holding], 'stop_loss 2%');
      expect(decide(stops, [bar(stop, {})])).toEqual(['0 EXIT_LONG 1 STOP_LOSS']);
    }
  });

  it('by stop loss comes before the rules, and turns nothing round', () => {
    const stops = context([long], 'stop_loss 1.5%');
    expect(decide(stops, [bar(98, { longExit: true, shortEntry: true })])).toEqual([
      '0 EXIT_LONG 100 STOP_LOSS',
    ]);
  });

  it('by rule turns the position round where the other entry rule is true', () => {
    const turn = [bar(100, { longExit: true, shortEntry: true })];
    const reversed = ['0 EXIT_LONG 100 RULE', '0 ENTER_SHORT 1000 RULE'];
    expect(decide(context([long], 'max_positions 1'), turn)).toEqual(reversed);
    expect(decide(context([long]), turn, false)).toEqual([
      '0 EXIT_LONG 100 RULE',
      '0 ENTRIES_CLOSED',
    ]);
  });

  it('by rule does not enter the same direction again', () => {
    expect(decide(context([long]), [bar(100, { longExit: true, longEntry: true })])).toEqual([
      '0 EXIT_LONG 100 RULE',
    ]);
  });
});

describe('the square-off', () => {
  it('closes every position that no working order looks after', () => {
    const holdings = [long, flat, short, { ...long, working: true }];
    expect(decideSquareOff(holdings, () => true)).toMatchObject([
      { instrument: 0, action: 'EXIT_LONG', side: 'SELL', quantity: 100, reason: 'SQUARE_OFF' },
      { instrument: 2, action: 'EXIT_SHORT', side: 'BUY', quantity: 100, reason: 'SQUARE_OFF' },
    ]);
  });

  it('leaves what is not due yet to a later look', () => {
    const signals = decideSquareOff([long, short], (instrument) => instrument === 1);
    expect(signals.map(({ instrument }) => instrument)).toEqual([1]);
  });
});

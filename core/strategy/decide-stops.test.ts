import { describe, expect, it } from 'vitest';
import { BarHistory } from './decide/bar-history.ts';
import {
  decideSignals,
  type DecisionBar,
  type DecisionContext,
  type Holding,
  type HoldingMemory,
} from './decide-signals.ts';
import type { RuleOutcome, RuleReading } from './evaluate/rule-reading.ts';
import { compiled } from './testing/compiled.ts';

const flat: Holding = { quantity: 0, averageEntryPrice: NaN, openedAt: Infinity, working: false };
const rules = `long entry when close > 1 long exit when close < 1
  short entry when close < 1 short exit when close > 1`;

/** One instrument (or a pair) on its way from bar to bar; prices are closes, highs and lows alike. */
class Story {
  holdings: Holding[];
  memories: (HoldingMemory | null)[];
  equity = 100_000;
  distance = NaN;
  readonly #context: Omit<DecisionContext, 'memories' | 'holdings'>;
  readonly #history = new BarHistory();
  #time = 0;

  constructor(statements: string, lotSizes: readonly number[] = [1], otherClose = 50) {
    this.#context = {
      strategy: compiled(`${statements} ${rules}`),
      lots: lotSizes.map((lotSize) => ({ lotSize, multiplier: 1 })),
      equity: () => this.equity,
      lastClose: () => otherClose,
    };
    this.holdings = lotSizes.map(() => flat);
    this.memories = lotSizes.map(() => null);
  }

  hold(quantity: number, price: number, instrument = 0): void {
    const openedAt = this.#time;
    this.holdings[instrument] =
      quantity === 0 ? flat : { quantity, averageEntryPrice: price, openedAt, working: false };
  }

  /** The next bar: signals as `instrument action quantity reason`, passed entries as their cause. */
  bar(close: number, truths: Partial<RuleOutcome> = {}, high = close, low = close): string[] {
    this.#time += 1;
    this.#history.add(this.#time, high, low);
    const none = { longEntry: false, longExit: false, shortEntry: false, shortExit: false };
    const outcome = { ...none, ...truths };
    const reading = {
      outcome: () => outcome,
      value: () => this.distance,
    } as unknown as RuleReading;
    const history = this.#history;
    const since: DecisionBar['since'] = (time) => history.since(time, history.length);
    const { holdings, memories } = this;
    const { signals, passedEntries } = decideSignals({ ...this.#context, holdings, memories }, [
      { instrument: 0, close, reading, since, entriesOpen: true },
    ]);
    return [
      ...signals.map(({ instrument, action, quantity, reason }) =>
        [instrument, action, quantity, reason].join(' '),
      ),
      ...passedEntries.map(({ cause }) => cause),
    ];
  }
}

describe('the size of an entry', () => {
  const enter = { longEntry: true };

  it.each([
    ['quantity_per_trade 130', 50, ['0 ENTER_LONG 100 RULE']],
    ['quantity_per_trade 30', 50, ['LESS_THAN_ONE_LOT']],
    ['lots_per_trade 3', 50, ['0 ENTER_LONG 150 RULE']],
    // A tenth of 100000 rupees buys 100 at 99.5 rupees.
    ['equity_per_trade 10%', 1, ['0 ENTER_LONG 100 RULE']],
    // 1000 rupees are at risk; 2 % of 99.5 is 1.99 a unit.
    ['risk_per_trade 1% stop_loss 2%', 1, ['0 ENTER_LONG 502 RULE']],
  ])('by %s in lots of %d is %j', (statement, lotSize, expected) => {
    expect(new Story(statement, [lotSize]).bar(99.5, enter)).toEqual(expected);
  });

  it('by risk follows a distance in rupees, and waits until there is one', () => {
    const story = new Story('risk_per_trade 1% by 2 * atr(14)');
    expect(story.bar(99.5, enter)).toEqual(['NO_RISK_DISTANCE']);
    story.distance = 4;
    expect(story.bar(99.5, enter)).toEqual(['0 ENTER_LONG 250 RULE']);
    story.equity = -5;
    expect(story.bar(99.5, enter)).toEqual(['LESS_THAN_ONE_LOT']);
  });
});

describe('a distance in rupees', () => {
  it('is that of the bar that decided the entry, whatever it is later', () => {
    const story = new Story('capital_per_trade 1000 stop_loss 2 * atr(14)');
    story.distance = 5;
    expect(story.bar(100, { longEntry: true })).toEqual(['0 ENTER_LONG 10 RULE']);
    story.hold(10, 101);
    story.distance = 1;
    expect(story.bar(96.5)).toEqual([]);
    expect(story.bar(96)).toEqual(['0 EXIT_LONG 10 STOP_LOSS']);
  });

  it('survives a restart: the memory is plain data', () => {
    const story = new Story('capital_per_trade 1000 trailing_stop 2 * atr(14) take_profit 9%');
    story.distance = 5;
    story.bar(100, { longEntry: true });
    story.hold(10, 100);
    story.bar(108);
    story.memories = JSON.parse(JSON.stringify(story.memories)) as (HoldingMemory | null)[];
    story.distance = 1;
    expect(story.bar(103.5)).toEqual([]);
    expect(story.bar(103)).toEqual(['0 EXIT_LONG 10 TRAILING_STOP']);
  });
});

describe('a trailing stop', () => {
  it('follows the best price since the entry, of a long position its high', () => {
    const story = new Story('capital_per_trade 1000 trailing_stop 10%');
    story.hold(10, 100);
    expect(story.bar(100, {}, 120)).toEqual(['0 EXIT_LONG 10 TRAILING_STOP']);
    const calm = new Story('capital_per_trade 1000 trailing_stop 10%');
    // What was before the position was opened does not count.
    calm.bar(300);
    calm.hold(10, 100);
    expect(calm.bar(109, {}, 120)).toEqual([]);
    expect(calm.bar(108)).toEqual(['0 EXIT_LONG 10 TRAILING_STOP']);
  });

  it('follows the low of a short one', () => {
    const story = new Story('capital_per_trade 1000 trailing_stop 10%');
    story.hold(-10, 100);
    expect(story.bar(87, {}, 88, 80)).toEqual([]);
    expect(story.bar(88)).toEqual(['0 EXIT_SHORT 10 TRAILING_STOP']);
  });
});

describe('a break-even stop', () => {
  it('stands at the entry once the price was far enough in favour', () => {
    const story = new Story('capital_per_trade 1000 break_even_at 2%');
    story.hold(10, 100);
    expect(story.bar(99)).toEqual([]);
    expect(story.bar(101, {}, 101.9)).toEqual([]);
    expect(story.bar(99)).toEqual([]);
    expect(story.bar(101, {}, 102)).toEqual([]);
    expect(story.bar(100)).toEqual(['0 EXIT_LONG 10 BREAK_EVEN']);
  });
});

describe('a time stop', () => {
  it('counts from the bar after that of the entry', () => {
    const story = new Story('capital_per_trade 1000 time_stop 2 bars');
    story.hold(10, 100);
    expect([story.bar(100), story.bar(100), story.bar(100)]).toEqual([
      [],
      [],
      ['0 EXIT_LONG 10 TIME_STOP'],
    ]);
  });
});

describe('profit targets', () => {
  const targets = `capital_per_trade 1000
    take_profit 2% for 50% take_profit 4% for 25% take_profit 6%`;

  it('take their part of the quantity first entered, once each', () => {
    const story = new Story(targets);
    story.hold(100, 100);
    expect(story.bar(101.9)).toEqual([]);
    expect(story.bar(102)).toEqual(['0 EXIT_LONG 50 TAKE_PROFIT']);
    story.hold(50, 100);
    expect(story.bar(103)).toEqual([]);
    expect(story.bar(104)).toEqual(['0 EXIT_LONG 25 TAKE_PROFIT']);
    story.hold(25, 100);
    expect(story.bar(106)).toEqual(['0 EXIT_LONG 25 TAKE_PROFIT']);
  });

  it('that are passed at once are taken together, in whole lots, and again where nothing came of it', () => {
    const story = new Story(targets, [10]);
    story.hold(-70, 100);
    // Three quarters of 70 are 52.5: five lots.
    expect(story.bar(96)).toEqual(['0 EXIT_SHORT 50 TAKE_PROFIT']);
    expect(story.bar(96)).toEqual(['0 EXIT_SHORT 50 TAKE_PROFIT']);
  });

  it('give way to an exit rule for the whole', () => {
    const story = new Story(targets);
    story.hold(100, 100);
    expect(story.bar(102, { longExit: true })).toEqual(['0 EXIT_LONG 100 RULE']);
  });

  it('begin afresh with the next position', () => {
    const story = new Story(targets);
    story.hold(100, 100);
    story.bar(102);
    story.hold(0, NaN);
    story.bar(102);
    expect(story.memories).toEqual([null]);
    story.hold(40, 100);
    expect(story.bar(102)).toEqual(['0 EXIT_LONG 20 TAKE_PROFIT']);
  });
});

describe('a pair', () => {
  const pair = 'capital_per_trade 10000 pair with "NSE:ICICIBANK" ratio 1.2';
  const enter = { longEntry: true };

  it('enters the other side of the other leg, worth the ratio of the first', () => {
    // 100 at 100 rupees; 12000 rupees of the other at 50 are 240.
    expect(new Story(pair, [1, 1]).bar(100, enter)).toEqual([
      '0 ENTER_LONG 100 RULE',
      '1 ENTER_SHORT 240 RULE',
    ]);
  });

  it('enters neither leg where one cannot be sized or has no price', () => {
    expect(new Story(pair, [1, 500]).bar(100, enter)).toEqual(['PAIR_LEG']);
    expect(new Story(pair, [1, 1], NaN).bar(100, enter)).toEqual(['PAIR_LEG']);
  });

  it('leaves both, in parts too', () => {
    const story = new Story(`${pair} take_profit 2% for 50% take_profit 9%`, [1, 1]);
    story.hold(100, 100);
    story.hold(-240, 50, 1);
    expect(story.bar(102)).toEqual(['0 EXIT_LONG 50 TAKE_PROFIT', '1 EXIT_SHORT 120 TAKE_PROFIT']);
    story.hold(50, 100);
    story.hold(-120, 50, 1);
    expect(story.bar(102, { longExit: true })).toEqual([
      '0 EXIT_LONG 50 RULE',
      '1 EXIT_SHORT 120 RULE',
    ]);
  });

  it('leaves a leg that is held alone', () => {
    const story = new Story(pair, [1, 1]);
    story.hold(-240, 50, 1);
    expect(story.bar(100, enter)).toEqual(['1 EXIT_SHORT 240 PAIR_LEG']);
    story.hold(0, NaN, 1);
    story.hold(100, 100);
    expect(story.bar(100)).toEqual(['0 EXIT_LONG 100 PAIR_LEG']);
  });
});

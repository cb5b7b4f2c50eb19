import { describe, expect, it } from 'vitest';
import { indicatorDefinitions } from '../indicators/catalogue.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import { compileStrategy, planStrategy, type CompiledStrategy } from './compile-strategy.ts';
import type { PositionValues, RuleOutcome, RuleReading } from './evaluate/rule-reading.ts';
import { parseStrategy } from './parse-strategy.ts';
import { compiled } from './testing/compiled.ts';
import { barAt, changedAfter, randomMarket, type RandomMarket } from './testing/random-market.ts';
import { RandomRules } from './testing/random-rules.ts';

const frames: readonly TimeFrame[] = ['FIVE_MINUTES', 'FIFTEEN_MINUTES', 'ONE_HOUR', 'ONE_MINUTE'];

/** What a strategy says on one bar: its rules as 0 and 1, and the numbers that they read. */
interface Said {
  readonly rules: string;
  readonly inputs: readonly (number | null)[];
}

/** Works a strategy out over a market. */
type Worker = (strategy: CompiledStrategy, market: RandomMarket) => readonly Said[];

/** Positions that come and go, the same ones for a row. */
function positionAt(row: number): PositionValues {
  if (row % 7 < 3) {
    return {
      bars_held: NaN,
      entry_price: NaN,
      unrealised_pnl_percent: NaN,
      position_quantity: NaN,
    };
  }
  return {
    bars_held: row % 7,
    entry_price: 100 + (row % 11),
    unrealised_pnl_percent: (row % 5) - 2,
    position_quantity: row % 2 === 0 ? 10 : -10,
  };
}

function said(reading: RuleReading, row: number): Said {
  const { longEntry, longExit, shortEntry, shortExit }: RuleOutcome = reading.outcome(
    positionAt(row),
  );
  return {
    rules: [longEntry, longExit, shortEntry, shortExit].map(Number).join(''),
    inputs: reading.inputs().map(({ value }) => value),
  };
}

const byColumns: Worker = (strategy, market) => {
  const columns = strategy.columns(market);
  return Array.from({ length: columns.length }, (_, row) => said(columns.reading(row), row));
};

/** Bars of all instruments in the order of their closing, those that close together at once. */
const byStream: Worker = (strategy, market) => {
  const evaluator = strategy.evaluator(market.calendar);
  const sources = [market.bars, ...market.references].slice(0, strategy.references.length + 1);
  const rows = sources.map(() => 0);
  const answers: Said[] = [];
  for (;;) {
    const closes = sources.map(({ closeTime }, source) => closeTime[rows[source] ?? 0] ?? Infinity);
    const time = Math.min(...closes);
    if (time === Infinity) return answers;
    closes.forEach((close, source) => {
      const columns = sources[source];
      if (close !== time || columns === undefined) return;
      evaluator.hear(source, barAt(columns, rows[source] ?? 0));
      rows[source] = (rows[source] ?? 0) + 1;
    });
    evaluator.settle(time);
    if (closes[0] === time) answers.push(said(evaluator.reading, answers.length));
  }
};

function strategyOf(seed: number, timeFrame: TimeFrame): CompiledStrategy {
  const text = new RandomRules(seed, timeFrame, true).strategy();
  const document = parseStrategy(text);
  if (!document.ok) throw new Error(`${text}\n${JSON.stringify(document.failure)}`);
  const strategy = compileStrategy(document.value, { timeFrame });
  if (!strategy.ok) throw new Error(`${text}\n${JSON.stringify(strategy.failure)}`);
  return strategy.value;
}

function marketOf(seed: number, strategy: CompiledStrategy): RandomMarket {
  const market = randomMarket(seed, strategy.timeFrame);
  return { ...market, references: market.references.slice(0, strategy.references.length) };
}

/** The first bar on which the two do not say the same; -1: there is none. */
function firstDifference(left: readonly Said[], right: readonly Said[], length: number): number {
  for (let row = 0; row < length; row += 1) {
    const [one, other] = [left[row], right[row]];
    if (one?.rules !== other?.rules) return row;
    const same = one?.inputs.every((value, index) => close(value, other?.inputs[index] ?? null));
    if (same !== true) return row;
  }
  return -1;
}

function close(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

const seeds = Array.from({ length: 240 }, (_, index) => index);

function frameOf(seed: number): TimeFrame {
  // Bars of a minute are many, and say little that those of five do not.
  return frames[seed % 16 === 15 ? 3 : seed % 3] ?? 'FIVE_MINUTES';
}

/** How far a worker knows of what comes later: the first bar that a later change altered; -1: none. */
function firstPeek(
  worker: Worker,
  seed: number,
  strategy = strategyOf(seed, frameOf(seed)),
): number {
  const market = marketOf(seed, strategy);
  const before = worker(strategy, market);
  for (const part of [0.3, 0.62, 0.9]) {
    const row = Math.floor(market.bars.length * part);
    const time = market.bars.closeTime[row] ?? NaN;
    const others = [
      changedAfter(market, time, () => null),
      changedAfter(market, time, (bar) => ({
        ...bar,
        ...{ open: bar.low * 3, high: bar.high * 5, low: bar.low * 2, close: bar.high * 4 },
        volume: 7,
      })),
    ];
    for (const other of others) {
      const peek = firstDifference(before, worker(strategy, other), row + 1);
      if (peek !== -1) return peek;
    }
  }
  return -1;
}

describe('random rules over random bars', () => {
  it('say the same bar by bar as over columns', () => {
    let [trueRules, strategies] = [0, 0];
    for (const seed of seeds) {
      const strategy = strategyOf(seed, frameOf(seed));
      const market = marketOf(seed, strategy);
      const [stream, columns] = [byStream(strategy, market), byColumns(strategy, market)];
      expect(columns.length).toBe(market.bars.length);
      const difference = firstDifference(stream, columns, columns.length);
      if (difference !== -1) {
        const { long, short } = strategy.document;
        throw new Error(
          `seed ${seed}, bar ${difference}: ${JSON.stringify(stream[difference])} against ${JSON.stringify(columns[difference])} of ${JSON.stringify({ long, short })}`,
        );
      }
      strategies += 1;
      trueRules += stream.filter(({ rules }) => rules.includes('1')).length;
    }
    // They are not all idle.
    expect(trueRules).toBeGreaterThan(strategies * 20);
  });

  it('say with parameters what they say with the numbers in their place, however many one plan has had', () => {
    for (const seed of seeds.slice(0, 60)) {
      const timeFrame = frameOf(seed);
      const text = new RandomRules(seed, timeFrame, true).strategy();
      const document = parseStrategy(text);
      if (!document.ok) throw new Error('the test itself is broken');
      const planned = planStrategy(document.value, { timeFrame });
      for (const fast of [2, 9, 4, 2]) {
        const [range = '', ...rest] = text.split('\n');
        const plain = compiled(
          [range, ...rest.map((line) => line.replace(/\bfast\b/g, `${fast}`))].join('\n'),
          timeFrame,
        );
        const strategy = planned.with(new Map([['fast', fast]]));
        if (!strategy.ok) throw new Error('the test itself is broken');
        const market = marketOf(seed, plain);
        const [filled, written] = [strategy.value, plain].map((one) =>
          byColumns(one, market).map(({ rules }) => rules),
        );
        expect([seed, fast, filled]).toEqual([seed, fast, written]);
      }
    }
  });

  it('know nothing of what comes after a bar, truncated or changed', () => {
    for (const seed of seeds.slice(0, 120)) {
      expect([seed, firstPeek(byColumns, seed)]).toEqual([seed, -1]);
      if (seed % 4 === 0) expect([seed, firstPeek(byStream, seed)]).toEqual([seed, -1]);
    }
  });

  it('know nothing of it through any indicator either', () => {
    for (const {
      name,
      inputs,
      outputs,
      isCondition,
      parameters,
    } of indicatorDefinitions.values()) {
      const settings = parameters.map(({ default: standard }) => standard);
      const operands = [...(inputs.includes('series') ? ['close'] : []), ...settings].join(', ');
      const call = operands === '' ? name : `${name}(${operands})`;
      const rules = isCondition ? [call] : outputs.map((output) => `${call}.${output} > open[1]`);
      const strategy = compiled(
        `capital_per_trade 1 long entry when ${rules.join(' or ')} long exit when close > 0`,
        'FIVE_MINUTES',
      );
      expect([name, firstPeek(byColumns, 7, strategy)]).toEqual([name, -1]);
      expect([name, firstPeek(byStream, 7, strategy)]).toEqual([name, -1]);
    }
  });

  it('would be caught if they did: whoever reads the next bar is found out', () => {
    const cheating: Worker = (strategy, market) => byColumns(strategy, market).slice(1);
    const caught = seeds.slice(0, 40).filter((seed) => firstPeek(cheating, seed) !== -1);
    expect(caught.length).toBeGreaterThan(35);
  });
});

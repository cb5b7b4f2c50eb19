import { describe, expect, it } from 'vitest';
import { indicatorDefinitions } from './catalogue.ts';
import { defineIndicator } from './define-indicator.ts';
import type { IndicatorDefinition } from './indicator.ts';
import { naiveIndicators } from './naive/catalogue.ts';
import {
  barsOf,
  changed,
  columnsOf,
  defaultsOf,
  makeMarket,
  streamed,
  type Market,
} from './naive/market.ts';

const definitions = [...indicatorDefinitions.values()];

/** The default settings, every whole one multiplied or set. */
function settingsOf(definition: IndicatorDefinition, scale: 'shortest' | 'longest'): number[] {
  const settings = definition.parameters.map((parameter) =>
    parameter.whole && parameter.maximum > 1
      ? scale === 'shortest'
        ? parameter.minimum
        : parameter.maximum
      : parameter.default,
  );
  // Where one period must be shorter than the next, the ends of the range stand apart by as much.
  while (definition.refuses(settings) !== null) {
    const [from, step] = scale === 'shortest' ? [1, 1] : [0, -1];
    const last = settings.length - 1;
    for (let at = from; at <= last - 1 + from; at += 1) {
      settings[at] = (settings[at] ?? 0) + step * (scale === 'shortest' ? at : last - at);
    }
  }
  return settings;
}

/** The farthest the real indicator is from the naive one, over the largest value that this gives. */
function farthest(definition: IndicatorDefinition, settings: number[], market: Market): number {
  const columns = columnsOf(definition, market);
  const actual = definition.batch(settings, columns);
  const expected = naively(definition, settings, market);
  const distances = actual.map((column, output) => {
    const shouldBe = expected[output] ?? [];
    let [worst, largest] = [0, 0];
    column.forEach((is, bar) => {
      const should = shouldBe[bar] ?? NaN;
      if (Number.isNaN(is) !== Number.isNaN(should)) {
        expect.fail(`${definition.outputs[output]} at ${bar} is ${is}, not ${should}`);
      }
      worst = Math.max(worst, Math.abs(is - should) || 0);
      largest = Math.max(largest, Math.abs(should) || 0);
    });
    return worst / largest || 0;
  });
  return Math.max(...distances);
}

/** These keep to the exchange day: they leave a bar with a gap out and go on. */
const ofTheDay = ['vwap', 'pivot_points', 'opening_range'];

/** The naive indicator over each stretch between gaps, or over all other bars; NaN at the gaps. */
function naively(
  definition: IndicatorDefinition,
  settings: number[],
  market: Market,
): Float64Array[] {
  const columns = columnsOf(definition, market);
  const { length } = market.series;
  const results = definition.outputs.map(() => new Float64Array(length).fill(NaN));
  let stretch: number[] = [];
  for (let bar = 0; bar <= length; bar += 1) {
    const isGap = columns.some((column) => Number.isNaN(column[bar]));
    if (bar < length && !isGap) stretch.push(bar);
    if (bar < length && (!isGap || ofTheDay.includes(definition.name))) continue;
    const naive = naiveIndicators[definition.name]?.(barsOf(market, stretch), ...settings);
    results.forEach((result, output) => {
      stretch.forEach((at, index) => (result[at] = naive?.[output]?.[index] ?? NaN));
    });
    stretch = [];
  }
  return results;
}

/** Stretches of standing prices of 1 to 60 bars, each after as many that move. */
function withStandstills(market: Market): Market {
  const close = market.close;
  const standsFrom = (bar: number): number => {
    const round = bar % 130;
    return round >= 40 && round < 100 ? bar - (round - 40) : -1;
  };
  return changed(market, (value, input, bar) => {
    const from = standsFrom(bar);
    if (from < 0 || input === 'volume' || input === 'day') return value;
    return close[from] ?? NaN;
  });
}

/** A bar without any number every 331 bars. */
function withGaps(market: Market): Market {
  return changed(market, (value, _, bar) => (bar % 331 === 200 ? NaN : value));
}

const tolerance = 1e-9;
const walk = makeMarket(2000, 100);
/** The host's time zone changes nothing here, so one of those the tests run in walks far. */
const isFar = new Intl.DateTimeFormat().resolvedOptions().timeZone === 'UTC';
const long = makeMarket(isFar ? 100_000 : 3000, 50_000);
const longest = makeMarket(isFar ? 3500 : 1200, 50_000);

describe.each(definitions)('$name', (definition) => {
  const defaults = defaultsOf(definition);
  it('agrees with its formula on a walk of prices', () => {
    expect(farthest(definition, defaults, walk)).toBeLessThan(tolerance);
    expect(farthest(definition, defaults, makeMarket(2000, 2000, 7))).toBeLessThan(tolerance);
  });

  it('agrees with its formula over a long series at prices near 50,000', () => {
    expect(farthest(definition, defaults, long)).toBeLessThan(tolerance);
  });

  it('agrees with its formula where prices stand still', () => {
    const market = withStandstills(makeMarket(2000, 50_000));
    expect(farthest(definition, defaults, market)).toBeLessThan(tolerance);
  });

  it('agrees with its formula where bars are missing, and begins anew after each', () => {
    expect(farthest(definition, defaults, withGaps(walk))).toBeLessThan(tolerance);
  });

  it('agrees with its formula over the shortest and the longest periods', () => {
    for (const scale of ['shortest', 'longest'] as const) {
      const settings = settingsOf(definition, scale);
      expect(farthest(definition, settings, longest)).toBeLessThan(tolerance);
    }
  });

  it('gives bar by bar what it gives over columns, to the last bit', () => {
    const all = [defaults, settingsOf(definition, 'shortest'), settingsOf(definition, 'longest')];
    for (const [market, settingsToTry] of [
      [walk, all],
      [withGaps(withStandstills(walk)), all],
      [long, [defaults]],
    ] as const) {
      for (const settings of settingsToTry) {
        const columns = definition.batch(settings, columnsOf(definition, market));
        const bars = streamed(definition, settings, market);
        columns.forEach((column, output) => {
          const differs = column.findIndex((value, bar) => !Object.is(value, bars[output]?.[bar]));
          expect(differs).toBe(-1);
        });
      }
    }
  });

  it('has its first value where it says', () => {
    const market = makeMarket(4500, 100);
    for (const settings of [
      defaults,
      settingsOf(definition, 'shortest'),
      settingsOf(definition, 'longest'),
    ]) {
      definition.batch(settings, columnsOf(definition, market)).forEach((column, output) => {
        const first = column.findIndex((value) => !Number.isNaN(value));
        expect(first).toBe(definition.warmUp(settings, output));
      });
    }
  });

  it('never gives a number without bounds', () => {
    for (const market of [walk, withStandstills(walk), withoutTrade(walk)]) {
      for (const column of definition.batch(defaults, columnsOf(definition, market))) {
        expect(column.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true);
      }
    }
  });

  it('knows nothing of bars to come', () => {
    expect(looksAhead(definition)).toBe(false);
  });

  it('says what it is, in full', () => {
    expect(definition.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(definition.title).not.toBe('');
    expect(definition.description).toMatch(/\.$/);
    for (const named of [definition.parameters.map(({ name }) => name), definition.outputs]) {
      expect(named.every((name) => /^[a-z][a-z0-9_]*$/.test(name))).toBe(true);
      expect(new Set(named).size).toBe(named.length);
    }
    expect(definition.refuses(defaults)).toBeNull();
    for (const parameter of definition.parameters) {
      expect(parameter.default).toBeGreaterThanOrEqual(parameter.minimum);
      expect(parameter.default).toBeLessThanOrEqual(parameter.maximum);
    }
  });
});

/** Volume is nothing on half the bars. */
function withoutTrade(market: Market): Market {
  return changed(market, (value, input, bar) => (input === 'volume' && bar % 100 < 50 ? 0 : value));
}

/** Whether cutting off the bars after one, or changing them, changes anything at or before it. */
function looksAhead(definition: IndicatorDefinition): boolean {
  const market = makeMarket(400, 1000, 3);
  const settings = defaultsOf(definition);
  const full = definition.batch(settings, columnsOf(definition, market));
  return [1, 50, 137, 260, 399].some((kept) => {
    const short = changed(market, (value) => value);
    const cutOff = columnsOf(definition, short).map((column) => column.slice(0, kept));
    const other = changed(market, (value, input, bar) => {
      if (bar < kept) return value;
      return input === 'day' ? value + 7 : value * 3;
    });
    return [cutOff, columnsOf(definition, other)].some((columns) =>
      definition
        .batch(settings, columns)
        .some((column, output) =>
          column.slice(0, kept).some((value, bar) => !Object.is(value, full[output]?.[bar])),
        ),
    );
  });
}

describe('the proof that none looks ahead', () => {
  it('catches one that does', () => {
    const sketch = defineIndicator({
      ...{ name: 'oracle', title: 'Oracle', description: 'The close of the next bar.' },
      inputs: ['close'],
      warmUp: () => 0,
      start: () => (close) => close,
      batch: ([close], [result]) =>
        close?.forEach((_, bar) => result && (result[bar] = close[bar + 1] ?? NaN)),
    });
    expect(looksAhead(sketch)).toBe(true);
  });

  it('catches one that scales by the whole series', () => {
    const sketch = defineIndicator({
      ...{ name: 'scaled', title: 'Scaled', description: 'The close over the highest of all.' },
      inputs: ['close'],
      warmUp: () => 0,
      start: () => (close) => close,
      batch: ([close], [result]) =>
        close?.forEach((value, bar) => result && (result[bar] = value / Math.max(...close))),
    });
    expect(looksAhead(sketch)).toBe(true);
  });
});

describe('the catalogue', () => {
  it('has a formula to compare each indicator with, and no other', () => {
    expect(Object.keys(naiveIndicators).sort()).toEqual([...indicatorDefinitions.keys()].sort());
  });
});

import type { IndicatorDefinition, IndicatorInput } from '../indicator.ts';
import type { NaiveBars } from './bars.ts';

/** Columns of a made-up market, NaN where a bar has a gap. */
export type Market = Readonly<Record<IndicatorInput, Float64Array>>;

/** Numbers from 0 to 1, the same ones every time (Numerical Recipes' congruential generator). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A walk in steps of 0.05 that begins at `price`; a first day of one bar, then 75 bars a day. */
export function makeMarket(bars: number, price: number, seed = 1): Market {
  const random = makeRandom(seed);
  const column = (): Float64Array => new Float64Array(bars);
  const market = {
    ...{ series: column(), open: column(), high: column(), low: column() },
    ...{ close: column(), volume: column(), day: column() },
  };
  const tick = (value: number): number => Math.round(value * 20) / 20;
  let last = price;
  for (let bar = 0; bar < bars; bar += 1) {
    const open = tick(last * (1 + (random() - 0.5) * 0.001));
    last = tick(Math.max(price / 2, open * (1 + (random() - 0.5) * 0.01)));
    market.open[bar] = open;
    market.close[bar] = last;
    market.series[bar] = last;
    market.high[bar] = tick(Math.max(open, last) * (1 + random() * 0.002));
    market.low[bar] = tick(Math.min(open, last) * (1 - random() * 0.002));
    market.volume[bar] = Math.floor(random() * 100_000) + 1;
    market.day[bar] = 18_000 + Math.ceil(bar / 75);
  }
  return market;
}

/** The market with all columns of the bars changed in place; `change` takes name and bar. */
export function changed(
  market: Market,
  change: (value: number, input: IndicatorInput, bar: number) => number,
): Market {
  const entries = Object.entries(market) as [IndicatorInput, Float64Array][];
  return Object.fromEntries(
    entries.map(([input, column]) => [
      input,
      column.map((value, bar) => change(value, input, bar)),
    ]),
  ) as Market;
}

/** Some bars as the naive indicators read them. */
export function barsOf(market: Market, bars: readonly number[]): NaiveBars {
  const part = (input: IndicatorInput): number[] => bars.map((bar) => market[input][bar] ?? NaN);
  // Read lazily, because most need one or two columns of a long market.
  return {
    get series() {
      return part('series');
    },
    get open() {
      return part('open');
    },
    get high() {
      return part('high');
    },
    get low() {
      return part('low');
    },
    get close() {
      return part('close');
    },
    get volume() {
      return part('volume');
    },
    get day() {
      return part('day');
    },
  };
}

/** The columns an indicator is fed. */
export function columnsOf(definition: IndicatorDefinition, market: Market): Float64Array[] {
  return definition.inputs.map((input) => market[input]);
}

/** The settings a rule means where it names none. */
export function defaultsOf(definition: IndicatorDefinition): number[] {
  return definition.parameters.map((parameter) => parameter.default);
}

/** What the indicator's stream gives, bar by bar: one column for each output. */
export function streamed(
  definition: IndicatorDefinition,
  settings: readonly number[],
  market: Market,
): Float64Array[] {
  const columns = columnsOf(definition, market);
  const stream = definition.stream(settings);
  const row = new Float64Array(columns.length);
  const results = definition.outputs.map(() => new Float64Array(market.series.length));
  for (let bar = 0; bar < market.series.length; bar += 1) {
    columns.forEach((column, input) => (row[input] = column[bar] ?? NaN));
    stream.next(row);
    results.forEach((result, output) => (result[bar] = stream.outputs[output] ?? NaN));
  }
  return results;
}

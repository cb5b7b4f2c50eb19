/**
 * The quant's engine: a million bars of two crossing averages with full statistics, a million orders
 * with charges through the fill kernel, and ten thousand pairs of parameters; each beside the plainest
 * loop that computes the same numbers in the same process.
 *
 *   node --expose-gc --import tsx bench/bars.ts
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { threadTrials } from '@nandax/adapters/threads/thread-trials.ts';
import { driveStudy } from '@nandax/app/optimisations/drive-study.ts';
import { barsMarketOf } from '../core/backtest/bars/bars-market.ts';
import { barsOfCandles } from '../core/backtest/bars/bars-of-candles.ts';
import { defaultBarsOptions } from '../core/backtest/bars/bars-options.ts';
import { barsStatisticsOf } from '../core/backtest/bars/bars-statistics.ts';
import {
  chargesOf,
  numericChargesOf,
  type NumericCharges,
} from '../core/backtest/bars/commission.ts';
import { runBars } from '../core/backtest/bars/run-bars.ts';
import { RateCardBook } from '../core/charges/rate-card.ts';
import { readRateCards } from '../core/charges/read-rate-cards.ts';
import { FillKernel } from '../core/exchange/fill-kernel.ts';
import { CandleColumnsBuilder, type CandleColumns } from '../core/market/candles.ts';
import { parsePlainCandleCsv } from '../core/market/plain-candle-csv.ts';
import { aimAt } from '../core/optimise/aim.ts';
import type { BarsProblem } from '../core/optimise/over-bars/bars-problem.ts';
import { BarsTrials } from '../core/optimise/over-bars/bars-trials.ts';
import { Study } from '../core/optimise/study.ts';
import { aimOf } from '../core/optimise/trial.ts';
import { compileStrategy } from '../core/strategy/compile-strategy.ts';
import { parseStrategy } from '../core/strategy/parse-strategy.ts';
import { fastest, megabytesOf } from './fastest.ts';
import { plainCrossover } from './plain-crossover.ts';

/** One line of the table; milliseconds of the fastest of several goes. */
export interface BarsMeasurement {
  readonly name: string;
  readonly milliseconds: number;
  /** Processor time of that go, all threads of the process together. */
  readonly cpuMilliseconds: number;
  readonly baselineMilliseconds: number;
  readonly baselineCpuMilliseconds: number;
  /** What a run allocated and held at its end, MB; null where the collector cannot be called. */
  readonly megabytes: number | null;
  /** A number that both computed, to show that they did the same. */
  readonly check: readonly [engine: number, plain: number];
}

const barCount = 1_000_000;
const orderCount = 1_000_000;
const [fast, slow] = [200, 500];
const minuteMs = 60_000;

/** A walk of prices in steps of 0.05, 375 minutes a day; the same one every time. */
function makeCandles(): CandleColumns {
  const builder = new CandleColumnsBuilder(barCount);
  let state = 1;
  let price = 20_000;
  let open = Date.parse('2010-01-04T03:45:00Z');
  for (let row = 0; row < barCount; row += 1) {
    // Numerical Recipes' linear congruential generator: no more randomness is needed here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const before = price;
    price = Math.max(4000, price + (state >>> 29) - 3 - (state & 1));
    const [high, low] = [Math.max(before, price) + 1, Math.min(before, price) - 1];
    builder.add(open, before * 0.05, high * 0.05, low * 0.05, price * 0.05, 1000);
    open += row % 375 === 374 ? 86_400_000 - 374 * minuteMs : minuteMs;
  }
  return builder.build();
}

function documentOf(quick: string, calm: string) {
  const [a, b] = [`sma(close, ${quick})`, `sma(close, ${calm})`];
  const document = parseStrategy(`equity_per_trade 100%
    long entry when ${a} crosses_above ${b} long exit when ${a} crosses_below ${b}
    short entry when ${a} crosses_below ${b} short exit when ${a} crosses_above ${b}`);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  return document.value;
}

const options = { ...defaultBarsOptions, cash: 1_000_000 };

function crossover(): Promise<BarsMeasurement> {
  const candles = makeCandles();
  const bars = barsOfCandles(candles, 'ONE_MINUTE', null);
  const strategy = compileStrategy(documentOf(String(fast), String(slow)), {
    timeFrame: 'ONE_MINUTE',
  });
  if (!strategy.ok) throw new Error('the benchmark itself is broken');
  const run = (): number => {
    // A market of its own each time, so that no indicator of the go before is used.
    const market = barsMarketOf([{ exchange: 'NSE', symbol: 'WALK', bars, multiplier: 1 }]);
    return barsStatisticsOf(runBars(strategy.value, market, options)).sharpeRatio ?? NaN;
  };
  const plain = (): number => plainCrossover(bars, fast, slow, options.cash).sharpeRatio;
  // Ten goes: the first few are spent on compiling the engine, and a process that stays up is past them.
  return measured(`backtest of ${barCount} bars, two averages, full statistics`, 10, run, plain);
}

function orders(): Promise<BarsMeasurement> {
  const rates = zerodhaRates();
  const prices = new Float64Array(orderCount);
  let state = 1;
  for (let row = 0; row < orderCount; row += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    prices[row] = 1000 + (state >>> 22) * 0.05;
  }
  const run = (): number => {
    const kernel = new FillKernel({ tickSizes: [0.05] });
    let charges = 0;
    for (let row = 0; row < orderCount; row += 1) {
      const isBuy = row % 2 === 0;
      kernel.addMarketOrder(0, isBuy ? 1 : -1, 10, row);
      kernel.matchTick(0, row, prices[row] as number);
      const turnover = (kernel.fills.price[0] as number) * (kernel.fills.quantity[0] as number);
      charges += chargesOf(rates, isBuy, turnover);
      kernel.clearFills();
      kernel.clearOrders();
    }
    return charges;
  };
  const plain = (): number => {
    let charges = 0;
    for (let row = 0; row < orderCount; row += 1) {
      const turnover = (prices[row] as number) * 10;
      const brokerage = Math.min(turnover * rates.brokerageRate, rates.brokerageCap);
      const isBuy = row % 2 === 0;
      const taxed = brokerage + turnover * (isBuy ? rates.taxedOnBuy : rates.taxedOnSell);
      const untaxed = turnover * (isBuy ? rates.untaxedOnBuy : rates.untaxedOnSell);
      charges += taxed * (1 + rates.taxRate) + untaxed;
    }
    return charges;
  };
  return measured(
    `${orderCount} market orders through the fill kernel, with charges`,
    5,
    run,
    plain,
  );
}

/** Pairs of averages, the second longer than the first by 1 to 100. */
const pairsOfAverages = `equity_per_trade 100%
  quick = 2 in 2..101 step 1
  apart = 1 in 1..100 step 1
  long entry when sma(close, quick) crosses_above sma(close, quick + apart)
  long exit when sma(close, quick) crosses_below sma(close, quick + apart)
  short entry when sma(close, quick) crosses_below sma(close, quick + apart)
  short exit when sma(close, quick) crosses_above sma(close, quick + apart)`;

/** The search as the product runs it, on threads that are up already; every statistic of every pair. */
async function pairs(): Promise<BarsMeasurement> {
  const file = new URL('../core/backtest/bars/goog-daily.csv', import.meta.url);
  const candles = parsePlainCandleCsv(readFileSync(file, 'utf8'));
  if (!candles.ok) throw new Error('the benchmark itself is broken');
  const bars = barsOfCandles(candles.value, 'ONE_DAY', null);
  const problem: BarsProblem = {
    document: pairsOfAverages,
    timeFrame: 'ONE_DAY',
    crossings: 'FROM_TOUCH',
    instruments: [{ exchange: 'NASDAQ', symbol: 'GOOG', bars, multiplier: 1 }],
    references: [],
    calendarDays: null,
    options,
    commission: { kind: 'NONE' },
  };
  const stretch = { from: 0, to: bars.length };
  const aim = aimAt('sharpeRatio');
  const pool = threadTrials().start(problem);
  await pool.try(stretch, []);
  const run = async (): Promise<number> => {
    const study = Study.begin({
      space: new BarsTrials(problem).space,
      constraints: [],
      aim,
      kind: 'GRID',
      seed: 1,
      trials: 10_000,
      segments: 1,
    });
    if (!study.ok) throw new Error(JSON.stringify(study.failure));
    const signal = new AbortController().signal;
    await driveStudy(study.value, [stretch], pool, { onTold: () => undefined, signal });
    return study.value.trialsOf(0).reduce((sum, trial) => sum + (aimOf(trial, aim) ?? 0), 0);
  };
  const plain = (): number => {
    let sum = 0;
    for (let quick = 2; quick < 102; quick += 1) {
      for (let apart = 1; apart <= 100; apart += 1) {
        sum += plainCrossover(bars, quick, quick + apart, options.cash).sharpeRatio || 0;
      }
    }
    return sum;
  };
  const name = `10000 pairs of parameters over ${bars.length} bars, ${pool.threads} threads`;
  try {
    return await measured(name, 4, run, plain);
  } finally {
    await pool.close();
  }
}

function zerodhaRates(): NumericCharges {
  const file = fileURLToPath(new URL('../data/reference/rate-cards.json', import.meta.url));
  const cards = readRateCards(JSON.parse(readFileSync(file, 'utf8')));
  if (!cards.ok) throw new Error('the benchmark itself is broken');
  const book = new RateCardBook(cards.value, 'ZERODHA');
  const serving = book.find('NSE', 'EQUITY_INTRADAY', '2026-11-02');
  if (serving === null) throw new Error('the benchmark itself is broken');
  return numericChargesOf(serving.rates);
}

async function measured(
  name: string,
  goes: number,
  run: () => number | Promise<number>,
  plain: () => number,
): Promise<BarsMeasurement> {
  const own = await fastest(goes, run);
  const bare = await fastest(goes, plain);
  return {
    name,
    milliseconds: own.wall,
    cpuMilliseconds: own.cpu,
    baselineMilliseconds: bare.wall,
    baselineCpuMilliseconds: bare.cpu,
    megabytes: await megabytesOf(run),
    check: [await run(), plain()],
  };
}

/** Measures all three, one after the other. */
export async function* measureBars(): AsyncGenerator<BarsMeasurement> {
  yield await crossover();
  yield await orders();
  yield await pairs();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const row of measureBars()) {
    const { name, milliseconds, cpuMilliseconds, baselineMilliseconds, megabytes, check } = row;
    const ratio = (milliseconds / baselineMilliseconds).toFixed(1);
    const memory = megabytes === null ? '' : `, ${megabytes.toFixed(0)} MB`;
    console.log(
      `${name}: ${milliseconds.toFixed(0)} ms (processor ${cpuMilliseconds.toFixed(0)} ms)${memory}, ${ratio} x the plain loop of ${baselineMilliseconds.toFixed(0)} ms (processor ${row.baselineCpuMilliseconds.toFixed(0)} ms); ${check.map((value) => value.toFixed(9)).join(' and ')}`,
    );
  }
}

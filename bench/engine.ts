/**
 * The backtest engine over a million minute candles, against the barest loop that takes the same
 * crossovers over the same columns: no calendar, no bars, no orders, no charges.
 *
 *   node --import tsx bench/engine.ts
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Decimal } from 'decimal.js';
import { runBacktest } from '../core/backtest/engine.ts';
import { TradingCalendar } from '../core/calendar/trading-calendar.ts';
import { RateCardBook } from '../core/charges/rate-card.ts';
import { readRateCards } from '../core/charges/read-rate-cards.ts';
import { sma } from '../core/indicators/averages/simple.ts';
import { CandleColumnsBuilder, type CandleColumns } from '../core/market/candles.ts';
import type { TimeFrame } from '../core/market/time-frame.ts';
import { compileStrategy } from '../core/strategy/compile-strategy.ts';
import { parseStrategy } from '../core/strategy/parse-strategy.ts';

/** One line of the table. */
export interface EngineMeasurement {
  readonly name: string;
  readonly milliseconds: number;
  /** Of the bare loop, in the same run. */
  readonly baselineMilliseconds: number;
  readonly candlesPerSecond: number;
}

const candleCount = 1_000_000;
const [fast, slow] = [200, 500];

const calendar = new TradingCalendar([
  {
    date: '2019-07-08',
    exchange: 'NSE',
    segment: 'EQUITY',
    open: true,
    openMinute: 555,
    closeMinute: 930,
    squareOffMinute: 920,
  },
]);

/** A walk of prices in steps of 0.05 over whole sessions; the same one every time. */
function makeCandles(): CandleColumns {
  const builder = new CandleColumnsBuilder(candleCount);
  let state = 1;
  let price = 2000;
  let session = calendar.nextSession(Date.parse('2016-01-01T00:00:00Z'));
  let time = session?.open ?? NaN;
  while (session !== null && builder.length < candleCount) {
    // Numerical Recipes' linear congruential generator: no more randomness is needed here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const open = price;
    price = Math.max(400, price + (state >>> 29) - 3 - (state & 1));
    const [high, low] = [Math.max(open, price) + 1, Math.min(open, price) - 1];
    builder.add(time, open * 0.05, high * 0.05, low * 0.05, price * 0.05, 1000);
    time += 60_000;
    if (time === session.close) {
      session = calendar.nextSession(session.close);
      time = session?.open ?? NaN;
    }
  }
  return builder.build();
}

function bareLoop({ close }: CandleColumns): number {
  const [quick, calm] = [fast, slow].map((period) => sma.batch([period], [close])[0]);
  if (quick === undefined || calm === undefined) throw new Error('the benchmark itself is broken');
  let crossings = 0;
  let before = NaN;
  for (let row = 0; row < close.length; row += 1) {
    const now = (quick[row] as number) - (calm[row] as number);
    if ((before <= 0 && now > 0) || (before >= 0 && now < 0)) crossings += 1;
    before = now;
  }
  return crossings;
}

function engine(candles: CandleColumns, timeFrame: TimeFrame): () => number {
  const [quick, calm] = [`sma(close, ${fast})`, `sma(close, ${slow})`];
  const document = parseStrategy(`capital_per_trade 100000 stop_loss 1.5%
    long entry when ${quick} crosses_above ${calm} long exit when ${quick} crosses_below ${calm}`);
  const cardsFile = fileURLToPath(new URL('../data/reference/rate-cards.json', import.meta.url));
  const cards = readRateCards(JSON.parse(readFileSync(cardsFile, 'utf8')));
  if (!document.ok || !cards.ok) throw new Error('the benchmark itself is broken');
  const strategy = compileStrategy(document.value, { timeFrame });
  if (!strategy.ok) throw new Error('the benchmark itself is broken');
  const input = {
    strategy: strategy.value,
    instruments: [
      {
        symbol: 'WALK',
        exchange: 'NSE',
        type: 'EQUITY',
        lotSize: 1,
        tickSize: 0.05,
        multiplier: 1,
        candles,
      },
    ] as const,
    calendar,
    rateCards: new RateCardBook(cards.value, 'ZERODHA'),
    marginRates: [],
    initialCapital: new Decimal(1_000_000),
  };
  return () => {
    const result = runBacktest(input);
    if (!result.ok) throw new Error(result.failure.code);
    return result.value.fills.length;
  };
}

/** The fastest of five goes, in milliseconds: what else runs on the machine only ever adds. */
function fastest(run: () => number): number {
  const goes = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...goes);
}

/** Measures minute bars and five-minute bars. */
export function measureEngine(): EngineMeasurement[] {
  const candles = makeCandles();
  const baselineMilliseconds = fastest(() => bareLoop(candles));
  return (['ONE_MINUTE', 'FIVE_MINUTES'] as const).map((timeFrame) => {
    const milliseconds = fastest(engine(candles, timeFrame));
    const candlesPerSecond = (candles.length / milliseconds) * 1000;
    const name = `backtest of ${candles.length} minute candles, bars of ${timeFrame}`;
    return { name, milliseconds, baselineMilliseconds, candlesPerSecond };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, milliseconds, baselineMilliseconds, candlesPerSecond } of measureEngine()) {
    const ratio = (milliseconds / baselineMilliseconds).toFixed(1);
    const speed = Math.round(candlesPerSecond).toLocaleString('en-IN');
    console.log(`${name}: ${milliseconds.toFixed(0)} ms, ${speed}/s, ${ratio} x the bare loop`);
  }
}

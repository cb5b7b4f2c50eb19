import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { barsMarketOf, type BarsInstrument } from '../backtest/bars/bars-market.ts';
import { barsOfCandles } from '../backtest/bars/bars-of-candles.ts';
import { defaultBarsOptions } from '../backtest/bars/bars-options.ts';
import type { BarsResult } from '../backtest/bars/bars-result.ts';
import { runBars } from '../backtest/bars/run-bars.ts';
import { expandCalendar, type CalendarDocument } from '../calendar/expand-calendar.ts';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { parseKiteCandleCsv } from '../market/kite-candle-csv.ts';
import { parsePlainCandleCsv } from '../market/plain-candle-csv.ts';
import { longerColumns } from './columns/bar-columns.ts';
import { compileStrategy } from './compile-strategy.ts';
import { parseStrategy } from './parse-strategy.ts';
import { strategyPresets, strategyTypes, type StrategyPreset } from './presets.ts';
import { printStrategy } from './print-strategy.ts';
import type { StrategyDocument } from './strategy-document.ts';

const text = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const calendar = new TradingCalendar(
  expandCalendar(JSON.parse(text('data/reference/calendar.json')) as CalendarDocument).filter(
    ({ exchange, segment }) => exchange === 'NSE' && segment === 'EQUITY',
  ),
);

/** Bars of a file of the project, made as the product makes them. */
function instrument(symbol: string, file: string, { timeFrame }: StrategyPreset): BarsInstrument {
  const isDaily = file.endsWith('daily.csv');
  const candles = isDaily ? parsePlainCandleCsv(text(file)) : parseKiteCandleCsv(text(file));
  if (!candles.ok) throw new Error(`${file} is damaged`);
  const bars = isDaily
    ? barsOfCandles(candles.value, timeFrame, null)
    : longerColumns(barsOfCandles(candles.value, 'ONE_MINUTE', calendar), timeFrame, calendar);
  return { exchange: 'NSE', symbol, bars, multiplier: 1 };
}

function documentOf(preset: StrategyPreset): StrategyDocument {
  const document = parseStrategy(preset.document);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  return document.value;
}

/** The preset over three days of a share; a pair over four of two funds, days over years of one. */
function ran(preset: StrategyPreset): BarsResult {
  const { timeFrame } = preset;
  const strategy = compileStrategy(documentOf(preset), { timeFrame });
  if (!strategy.ok) throw new Error(JSON.stringify(strategy.failure));
  const share = 'data/nse/YESBANK_minute_2019-07-09_11.csv';
  const files =
    timeFrame === 'ONE_DAY'
      ? { GOOG: 'core/backtest/bars/goog-daily.csv' }
      : preset.type === 'ARBITRAGE'
        ? {
            'NIFTY 50': 'data/nse/NIFTY50_minute_2019-01-01_04.csv',
            JUNIORBEES: 'data/nse/JUNIORBEES_minute_2019-01-01_04.csv',
          }
        : { YESBANK: share };
  const instruments = Object.entries(files).map(([symbol, file]) =>
    instrument(symbol, file, preset),
  );
  const references = strategy.value.references.flatMap(({ symbol }) =>
    instruments.filter((own) => own.symbol === symbol).map(({ bars }) => bars),
  );
  const market = barsMarketOf(instruments, references, timeFrame === 'ONE_DAY' ? null : calendar);
  return runBars(strategy.value, market, { ...defaultBarsOptions, cash: 1_000_000 });
}

describe('the presets', () => {
  it('are there for every type, each with a key of its own', () => {
    expect(new Set(strategyPresets.map(({ type }) => type))).toEqual(new Set(strategyTypes));
    expect(new Set(strategyPresets.map(({ key }) => key)).size).toBe(strategyPresets.length);
  });

  it.each(strategyPresets)('$key is ordinary text of the language', (preset) => {
    const document = documentOf(preset);
    expect(parseStrategy(printStrategy(document))).toEqual({ ok: true, value: document });
    // Whatever may be searched for is named.
    expect(document.parameters.length).toBeGreaterThan(0);
    expect(document.parameters.every(({ range }) => range !== null)).toBe(true);
  });

  it.each(strategyPresets)('$key trades on history of the project', (preset) => {
    const { trades, unfilled, orders } = ran(preset);
    expect(orders.length).toBeGreaterThan(0);
    expect(trades.length).toBeGreaterThan(0);
    expect(unfilled.noMoney).toBe(0);
  });

  it('trades both legs of the pair at a time', () => {
    const pair = strategyPresets.find(({ type }) => type === 'ARBITRAGE') as StrategyPreset;
    const { trades } = ran(pair);
    const legs = [1, -1].map((side, leg) =>
      [...trades.size.keys()]
        .filter((row) => trades.instrument[row] === leg)
        .map((row) => Math.sign(trades.size[row] ?? 0) * side),
    );
    expect(legs[0]?.length).toBeGreaterThan(0);
    expect(legs[0]).toEqual(legs[1]);
  });
});

import { expect, it } from 'vitest';
import { randomMarket, randomNumbers } from '../../strategy/testing/random-market.ts';
import { RandomRules } from '../../strategy/testing/random-rules.ts';
import { compiled } from '../../strategy/testing/compiled.ts';
import { barsMarketOf } from './bars-market.ts';
import { defaultBarsOptions, type BarsOptions } from './bars-options.ts';
import type { BarsResult } from './bars-result.ts';
import { barsStatisticsOf } from './bars-statistics.ts';
import { runBars } from './run-bars.ts';

const crossing = `capital_per_trade 1000
  long entry when sma(close, 3) crosses_above sma(close, 8)
  long exit when sma(close, 3) crosses_below sma(close, 8)
  short entry when sma(close, 3) crosses_below sma(close, 8)
  short exit when sma(close, 3) crosses_above sma(close, 8)`;

/** A stop that no run lives to see, for which what is held has to be looked at on every close. */
const neverReached = 'time_stop 100000 bars';

/** All that a run gave, its market aside. */
function told({ market: _, ...rest }: BarsResult): unknown {
  return rest;
}

it('passing the bars on which nothing happens gives what looking at each of them gives, over random rules', () => {
  let [trades, quiet] = [0, 0];
  for (let seed = 0; seed < 120; seed += 1) {
    const next = randomNumbers(seed);
    const rules =
      seed % 3 === 0 ? crossing : new RandomRules(seed, 'FIVE_MINUTES', false).strategy();
    const size = next() < 0.5 ? 'equity_per_trade 100%' : 'quantity_per_trade 3';
    const text = rules.replace('capital_per_trade 1000', size);
    const options: BarsOptions = {
      ...defaultBarsOptions,
      fillAt: next() < 0.5 ? 'CLOSE' : 'NEXT_OPEN',
      closeFills: next() < 0.5 ? 'FROM_THE_NEXT' : 'ON_THE_BAR',
      // With so much of what it does not have, a run may lose all of it.
      margin: next() < 0.3 ? 0.02 : 1,
      shorting: next() < 0.8,
      warmUp: next() < 0.5 ? 'ALL_VALUES' : 'RULES',
      commission: next() < 0.5 ? { kind: 'PERCENT', rate: 0.001 } : { kind: 'NONE' },
      finalizeTrades: next() < 0.5 ? 'LAST_OPEN' : 'NONE',
    };
    const [short, long] = [text, `${neverReached}\n${text}`].map((each) => {
      const strategy = compiled(each, 'FIVE_MINUTES');
      const { bars, references } = randomMarket(seed, 'FIVE_MINUTES');
      const named = references.slice(0, strategy.references.length);
      // Without a calendar nothing is squared off, for which each bar would have to be looked at.
      const instrument = { exchange: 'NSE', symbol: 'A', bars, multiplier: 2 };
      return runBars(strategy, barsMarketOf([instrument], named), options);
    }) as [BarsResult, BarsResult];
    expect([seed, told(short)]).toEqual([seed, told(long)]);
    expect([seed, barsStatisticsOf(short)]).toEqual([seed, barsStatisticsOf(long)]);
    trades += short.trades.length;
    quiet += short.equity.length - short.orders.length;
  }
  // Something is traded, and mostly nothing happens.
  expect(trades).toBeGreaterThan(1000);
  expect(quiet).toBeGreaterThan(10_000);
});

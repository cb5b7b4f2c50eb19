import { expect, it } from 'vitest';
import { runBars } from '@nandax/core/backtest/bars/run-bars.ts';
import { minutesOfTimeFrame } from '@nandax/core/market/time-frame.ts';
import { seededRandom } from '@nandax/core/random/seeded-random.ts';
import { compiled } from '@nandax/core/strategy/testing/compiled.ts';
import { RandomRules } from '@nandax/core/strategy/testing/random-rules.ts';
import type { BacktestOrder } from '../ports/backtest-runner.ts';
import { barsOfOrder } from './problem-of-order.ts';
import { reportBacktest } from './report-backtest.ts';
import { yesBankOrder } from '../../tests/kit/yesbank-order.ts';

/** Every way of sizing and of leaving, beside random rules. */
function randomStrategy(seed: number, timeFrame: BacktestOrder['timeFrame']): string {
  const random = seededRandom(seed);
  const one = <T>(choices: readonly T[]): T => choices[random.below(choices.length)] as T;
  const isDelivery = random.next() < 0.4;
  const sizes = ['quantity_per_trade 700', 'capital_per_trade 150000', 'lots_per_trade 40'];
  const tight = 'capital_per_trade 990000';
  const sizedByEquity = ['equity_per_trade 35%', 'risk_per_trade 0.5% stop_loss 0.4%'];
  const ways = [
    'stop_loss 0.5%',
    'stop_loss 2 * atr(5)',
    'trailing_stop 0.4%',
    'take_profit 0.6%',
    // Within the day the square-off takes what a portion still has on its way: see docs/backtesting.md.
    ...(isDelivery ? ['take_profit 0.3% for 50% take_profit 0.7%'] : []),
    'time_stop 9 bars',
    'stop_loss 0.8% break_even_at 0.3%',
    '',
  ];
  const size = one([...sizes, tight, ...sizedByEquity]);
  const way = one(
    ways.filter((text) => !size.includes('stop_loss') || !text.includes('stop_loss')),
  );
  const rules = new RandomRules(seed, timeFrame, true);
  const sides = isDelivery ? ['long'] : ['long', 'short'];
  return [
    'fast = 3 in 2..9 step 1',
    `product ${isDelivery ? 'CNC' : 'MIS'}`,
    size,
    way,
    one(['', 'no_entry_after 14:10', 'no_entry_before 10:05']),
    isDelivery ? '' : one(['', 'square_off_at 14:30']),
    ...sides.flatMap((side) => [
      `${side} entry when ${rules.condition(3)}`,
      `${side} exit when ${rules.condition(3, true)}`,
    ]),
  ].join('\n');
}

it('trade alike bar by bar and minute by minute, over random strategies', () => {
  const counts = { trades: 0, trading: 0, denied: 0 };
  for (let seed = 1; seed <= 120; seed += 1) {
    const timeFrame = seed % 3 === 0 ? 'ONE_MINUTE' : 'FIVE_MINUTES';
    const document = randomStrategy(seed, timeFrame);
    const strategy = compiled(document, timeFrame);
    const plain = yesBankOrder(document);
    const references = strategy.references.flatMap(() =>
      plain.instruments.map(({ candles }) => candles),
    );
    const order: BacktestOrder = { ...plain, timeFrame, references };
    const bars = barsOfOrder(order, strategy.document);
    const minutely = reportBacktest(order, () => undefined);
    if (!bars.ok || !minutely.ok) throw new Error(document);
    const { trades, market, unfilled } = runBars(strategy, bars.value.market, bars.value.options);
    const barMs = minutesOfTimeFrame[timeFrame] * 60_000;
    // Notes round what the charges of a day are; a size taken of the equity may be a unit off.
    const allowed = document.includes('equity_per') || document.includes('risk_per') ? 1 : 0;
    const found = Array.from({ length: trades.length }, (_, row) => ({
      entry: market.openTime[trades.entryBar[row] ?? -1],
      size: Math.abs(trades.size[row] ?? NaN),
      entryPrice: trades.entryPrice[row],
      exitPrice: trades.exitPrice[row],
    }));
    const wanted = minutely.value.trades.map((trade, row) => {
      const [units, size] = [Number(trade.quantity), found[row]?.size ?? NaN];
      return {
        entry: trade.entryTime - (trade.entryTime % barMs),
        size: Math.abs(units - size) <= allowed ? size : units,
        entryPrice: Number(trade.entryPrice),
        exitPrice: Number(trade.exitPrice),
      };
    });
    expect(found, document).toEqual(wanted);
    counts.trades += found.length;
    counts.trading += found.length > 0 ? 1 : 0;
    counts.denied += unfilled.noMoney > 0 ? 1 : 0;
  }
  expect(counts.trades).toBeGreaterThan(1_000);
  expect(counts.trading).toBeGreaterThan(50);
  expect(counts.denied).toBeGreaterThan(2);
});

import { describe, expect, it } from 'vitest';
import { barsStatisticsOf } from '@nandax/core/backtest/bars/bars-statistics.ts';
import { runBars } from '@nandax/core/backtest/bars/run-bars.ts';
import { biasFindingsOf } from '@nandax/core/bias/bias-findings.ts';
import { wholeModelOf, type FillModel } from '@nandax/core/exchange/fill-model.ts';
import { compiled } from '@nandax/core/strategy/testing/compiled.ts';
import type { BacktestOrder } from '../ports/backtest-runner.ts';
import { barsOfOrder } from './problem-of-order.ts';
import { examineOrder } from './examine-order.ts';
import { reportBacktest } from './report-backtest.ts';
import { readMinutes, yesBankOrder } from '../../tests/kit/yesbank-order.ts';

const rules = `fast = 5 in 3..7 step 2
  slow = 12
  product MIS
  capital_per_trade 100000
  long entry when sma(close, fast) crosses_above sma(close, slow)
  long exit when sma(close, fast) crosses_below sma(close, slow)`;

const order = yesBankOrder(rules);

function ran(change: Partial<BacktestOrder> = {}) {
  const changed = { ...order, ...change };
  const strategy = compiled(changed.document, changed.timeFrame);
  const bars = barsOfOrder(changed, strategy.document);
  if (!bars.ok) throw new Error(bars.failure.text);
  return runBars(strategy, bars.value.market, bars.value.options);
}

type Change = Omit<Partial<BacktestOrder>, 'fillModel'> & { readonly fillModel?: FillModel };

/** Trades as instrument, entry to the bar, units and both prices; and the charges. */
function overBars(change: Partial<BacktestOrder> = {}) {
  const result = ran(change);
  const { trades, market } = result;
  return {
    charges: barsStatisticsOf(result).charges,
    trades: Array.from({ length: trades.length }, (_, row) => [
      trades.instrument[row],
      market.openTime[trades.entryBar[row] ?? -1],
      String(Math.abs(trades.size[row] ?? NaN)),
      trades.entryPrice[row],
      trades.exitPrice[row],
    ]),
  };
}

function minuteByMinute(change: Partial<BacktestOrder> = {}) {
  const report = reportBacktest({ ...order, ...change }, () => undefined);
  if (!report.ok) throw new Error(report.failure);
  const { charges } = report.value.statistics as unknown as { charges: { total: string } };
  return {
    charges: Number(charges.total),
    trades: report.value.trades.map(
      ({ instrument, entryTime, quantity, entryPrice, exitPrice }) => [
        instrument,
        // An order of a close is filled within the first minute of the next bar.
        entryTime - (entryTime % (change.timeFrame === 'ONE_MINUTE' ? 60_000 : 300_000)),
        quantity,
        Number(entryPrice),
        Number(exitPrice),
      ],
    ),
  };
}

describe('a backtest over bars', () => {
  it.each([
    ['as the market is', {}],
    ['with slippage and spread in ticks', { fillModel: { slippageTicks: 2, spreadTicks: 3 } }],
    // With the minutes that the file has outside of the sessions.
    [
      'on bars of a minute',
      { timeFrame: 'ONE_MINUTE', document: rules.replace('slow = 12', 'slow = 25') },
    ],
    ['with more than there is money for', { document: rules.replace('100000', '3000000') }],
  ] as const)('trades as it does minute by minute, %s', (_, { fillModel, ...change }: Change) => {
    const changed = { ...change, fillModel: wholeModelOf(fillModel ?? {}) };
    const [bars, minutely] = [overBars(changed), minuteByMinute(changed)];
    expect(minutely.trades.length).toBeGreaterThan(4);
    expect(bars.trades).toEqual(minutely.trades);
    // A contract note of each of the three days rounds transaction tax and stamp duty to rupees.
    expect(Math.abs(bars.charges - minutely.charges)).toBeLessThan(3);
  });

  it('trades instruments of different lots, each in its own', () => {
    const [base] = order.instruments;
    if (base === undefined) throw new Error('the test itself is broken');
    const change = {
      document: rules.replace('100000', '60000'),
      instruments: [
        {
          ...base,
          lotSize: 10,
          tickSize: 0.01,
          candles: readMinutes('nse/JUNIORBEES_minute_2019-01-01_04.csv'),
        },
        { ...base, lotSize: 3, candles: readMinutes('nse/NIFTY50_minute_2019-01-01_04.csv') },
      ],
    };
    const [bars, minutely] = [overBars(change), minuteByMinute(change)];
    // Of those that end within one bar, the engines tell another first.
    const sorted = ({ trades }: typeof bars) => trades.map(String).toSorted();
    expect(sorted(bars)).toEqual(sorted(minutely));
    // 60,000 rupees buy 200 or 210 of one at about 290, and three of the other at about 10,800.
    expect(new Set(bars.trades.map(([instrument, , units]) => `${instrument}: ${units}`))).toEqual(
      new Set(['0: 200', '0: 210', '1: 3']),
    );
  });

  it('pays slippage in ticks to the paisa', () => {
    const [plain, slipped] = [ran(), ran({ fillModel: wholeModelOf({ slippageTicks: 2 }) })];
    const [price = NaN] = plain.trades.entryPrice;
    // Two ticks of 5 paise.
    expect(slipped.trades.entryPrice[0]).toBe(Number((price + 0.1).toFixed(4)));
  });

  it('is not made where no card says what trading costs', () => {
    expect(
      barsOfOrder({ ...order, rateCards: [] }, compiled(rules, 'FIVE_MINUTES').document),
    ).toMatchObject({
      failure: { reason: 'NO_RATES', text: expect.stringContaining('NSE:YESBANK') as string },
    });
  });

  it('is examined, the same way each time', () => {
    const report = examineOrder({ order, trades: null });
    if (!report.ok) throw new Error(report.failure);
    expect(JSON.stringify(examineOrder({ order, trades: null }))).toBe(JSON.stringify(report));
    const { value } = report;
    expect(value.lookAhead).toMatchObject({ differences: 0 });
    expect(value.lookAhead?.decisions).toBeGreaterThan(20);
    expect(value.samples?.inSample.bars).toBe(158);
    expect(value.permutation?.permutations).toBe(200);
    expect(value.sensitivity.map(({ name }) => name)).toEqual(['fast', 'slow']);
    expect(value.basis).toHaveLength(1);
    expect(biasFindingsOf(value)[0]?.verdict).toBe('SOUND');
    // What goes over to a database and back is the same.
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  it('is examined with the trades of a run on a feed in place of its own', () => {
    const trades = { cash: 1_000_000, pnl: [100, -50, 25] };
    const [own, tested] = [examineOrder({ order, trades }), examineOrder({ order, trades: null })];
    if (!own.ok || !tested.ok) throw new Error('the test itself is broken');
    expect(own.value.tradeOrder).toMatchObject({ trades: 3 });
    expect({ ...own.value, tradeOrder: null, basis: [] }).toEqual({
      ...{ ...tested.value, tradeOrder: null, basis: [] },
    });
    expect(own.value.basis.at(-1)).toMatch(/3 round trips .* its rules make \d+\.$/);
  });

  it.each([
    [null, 'NO_CANDLES'],
    [{ ...order, rateCards: [] }, 'NO_RATES'],
    [{ ...order, document: 'no rules' }, 'RULES_UNREADABLE'],
    [{ ...order, timeFrame: 'ONE_DAY' }, 'BARS_REFUSED'],
  ] as const)('is examined by its trades alone, case %#', (other, unplayed) => {
    const trades = { cash: 1000, pnl: [10, -5] };
    const report = examineOrder({ order: other, trades });
    expect(report).toMatchObject({
      ok: true,
      value: { unplayed, value: null, lookAhead: null, tradeOrder: { trades: 2 } },
    });
    if (other !== null) expect(examineOrder({ order: other, trades: null }).ok).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { statisticWords } from './statistic-words.ts';

describe('a statistic is read', () => {
  it.each([
    ['maxDrawdownPercent', -31.1877, 'Max drawdown', '-31.1877 %'],
    ['maxDrawdownSeconds', 50_457_600, 'Max drawdown time', '584 days'],
    // 20:00 UTC on the 26th is 01:30 on the 27th at the exchange.
    ['maxDrawdownPeakAt', Date.UTC(2011, 6, 26, 20), 'Max drawdown peak at', '2011-07-27'],
    ['initialCapital', 1_234_567.5, 'Initial capital', '12,34,567.5'],
    ['Equity Final [$]', 51_422.99, 'Equity Final [$]', '51,422.99'],
    ['Duration', { days: 3_116 }, 'Duration', '3,116 days'],
    ['netPnl', 39_858.5, 'Net P&L', '39,858.5'],
    ['cagrPercent', 22.842, 'CAGR', '22.842 %'],
    ['sharpeRatio', null, 'Sharpe ratio', '-'],
  ])('%s', (name, value, label, text) => {
    expect(statisticWords({ [name]: value })).toEqual([{ label, value: text }]);
  });

  it('once, as a percentage where there is one', () => {
    expect(statisticWords({ alpha: 0.1084, alphaPercent: 10.84 })).toEqual([
      { label: 'Alpha', value: '10.84 %' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import marginRates from '../../data/reference/margin-rates.json' with { type: 'json' };
import rateCards from '../../data/reference/rate-cards.json' with { type: 'json' };
import { runBacktest } from './engine.ts';
import { candles, fillsOf, smallBacktests } from './testing/small-backtests.ts';

const { input, backtest } = smallBacktests({ rateCards, marginRates });

describe('a pair', () => {
  const rules =
    'pair with "NSE:SHARE1" ratio 2 long entry when close > 100 long exit when close < 100';
  const first = candles('09:15 99 101', '09:16 102 102', '09:17 99 99', '09:18 98 98');
  const other = candles('09:15 50 50', '09:16 51 51', '09:17 52 52', '09:18 53 53');
  const setting = input([first, other], { rules });
  const [own, leg] = setting.instruments;
  if (own === undefined || leg === undefined) throw new Error('two were made');

  it('enters both legs at the next open, and leaves both', () => {
    // 100000 / 101 = 990.1; 990 x 101 x 2 / 50 = 3999.6.
    const result = runBacktest({ ...setting, instruments: [own], pair: leg });
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    expect(fillsOf(result.value)).toEqual([
      '07-09 09:16 BUY 990 102.00 RULE 0',
      '07-09 09:16 SELL 3999 51.00 RULE 1',
      '07-09 09:18 SELL 990 98.00 RULE 0',
      '07-09 09:18 BUY 3999 53.00 RULE 1',
    ]);
  });

  it('is refused with one leg, or with more than one instrument to decide on', () => {
    const refusal = { ok: false, failure: { code: 'PAIR_NEEDS_TWO_LEGS' } };
    expect(runBacktest({ ...setting, instruments: [own] })).toEqual(refusal);
    expect(runBacktest({ ...setting, pair: leg })).toEqual(refusal);
  });
});

describe('a strategy that reads another instrument', () => {
  const rules = 'long entry when close of "NSE:NIFTY 50" > 100 long exit when close < 1';
  const own = candles('09:15 10 10', '09:16 11 11', '09:17 12 12');

  it('trades by its candles, which it does not trade', () => {
    const index = candles('09:15 99 99', '09:16 99 101');
    const result = runBacktest({ ...input([own], { rules }), references: [index] });
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    expect(fillsOf(result.value).slice(0, 1)).toEqual(['07-09 09:17 BUY 9090 12.00 RULE 0']);
  });

  it('is refused without them', () => {
    expect(runBacktest(input([own], { rules }))).toEqual({
      ok: false,
      failure: { code: 'NO_REFERENCE', exchange: 'NSE', symbol: 'NIFTY 50' },
    });
  });
});

describe('profits that are taken in parts', () => {
  it('leave by an order each, sized by the equity that there is', () => {
    const rules = `take_profit 1% for 50% take_profit 3%
      long entry when close == 100 long exit when close < 1`;
    const minutes = [
      '09:15 99 100',
      '09:16 100 101',
      '09:17 101 102',
      '09:18 102 103',
      '09:19 103 90',
    ];
    const result = backtest([candles(...minutes)], { rules, size: 'equity_per_trade 10%' });
    expect(fillsOf(result)).toEqual([
      '07-09 09:16 BUY 1000 100.00 RULE 0',
      '07-09 09:17 SELL 500 101.00 TAKE_PROFIT 0',
      '07-09 09:19 SELL 500 103.00 TAKE_PROFIT 0',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import { compileStrategy } from './compile-strategy.ts';
import { parseStrategy } from './parse-strategy.ts';
import { StrategyWalk } from './strategy-walk.ts';

// Square-off at 15:20; 2019-07-09 is a Tuesday.
const calendar = new TradingCalendar([
  {
    date: '2019-07-09',
    exchange: 'NSE',
    segment: 'EQUITY',
    open: true,
    openMinute: 555,
    closeMinute: 930,
    squareOffMinute: 920,
  },
]);

function at(clock: string, date = '2019-07-09'): number {
  return Date.parse(`${date}T${clock}:00+05:30`);
}

function clockOf(time: number): string {
  return new Date(time + 19_800_000).toISOString().slice(11, 16);
}

/** A walk of the rule "close above 100", and the moments it tells as short texts. */
function walk(timeFrame: TimeFrame, product = 'MIS', instrumentCount = 1) {
  const rules = 'long entry when close > 100 long exit when close < 100';
  const document = parseStrategy(`capital_per_trade 1000 product ${product} ${rules}`);
  if (!document.ok) throw new Error(JSON.stringify(document.failure));
  const strategy = compileStrategy(document.value);
  const moments: string[] = [];
  const options = { strategy, timeFrame, calendar, instrumentCount };
  const made = new StrategyWalk(options, {
    barsClosed: (time, bars, entriesOpen) => {
      const seen = bars.map(({ instrument, close, outcome }) =>
        [instrument, close, outcome.longEntry ? 'enter' : 'stay'].join(' '),
      );
      moments.push(`${clockOf(time)} ${seen.join(', ')}${entriesOpen ? '' : ' (no entries)'}`);
    },
    squareOffDue: (time) => moments.push(`${clockOf(time)} square off`),
  });
  const push = (clock: string, close: number, instrument = 0, date?: string) =>
    made.pushMinute(instrument, at(clock, date), close, close, close, close, 1);
  return { walk: made, push, moments };
}

describe('a strategy on its way through the day', () => {
  it('hears of the bars of all its instruments together, once, when their time is over', () => {
    const { walk: way, push, moments } = walk('FIVE_MINUTES', 'MIS', 3);
    push('09:15', 99, 2);
    push('09:16', 101, 0);
    push('09:19', 102, 2);
    expect(moments).toEqual([]);
    way.advanceTo(at('09:20'));
    way.advanceTo(at('09:20'));
    expect(moments).toEqual(['09:20 0 101 enter, 2 102 enter']);
  });

  it('does not move the rules of an instrument without a bar', () => {
    const { walk: way, push, moments } = walk('ONE_MINUTE', 'MIS', 2);
    push('09:15', 101, 0);
    push('09:16', 101, 1);
    way.advanceTo(at('09:17'));
    expect(moments).toEqual(['09:16 0 101 enter', '09:17 1 101 enter']);
    expect(way.inputs(0)).toEqual([{ expression: 'close', value: 101 }]);
  });

  it('closes a bar whose last minutes are empty at its own time', () => {
    const { push, moments } = walk('FIVE_MINUTES');
    push('09:15', 101);
    push('09:31', 101);
    expect(moments).toEqual(['09:20 0 101 enter']);
  });

  it('is squared off at 15:20 and looked after every minute until the close', () => {
    const { walk: way, push, moments } = walk('FIVE_MINUTES');
    push('15:18', 101);
    push('15:19', 101);
    way.advanceTo(at('15:22'));
    expect(moments).toEqual([
      '15:20 0 101 enter (no entries)',
      '15:20 square off',
      '15:21 square off',
      '15:22 square off',
    ]);
    way.advanceTo(at('18:00'));
    expect(moments.at(-1)).toBe('15:29 square off');
    expect(moments).toHaveLength(11);
  });

  it('is squared off at 15:20 though no candle comes near it, before the next day begins', () => {
    const { push, moments } = walk('ONE_MINUTE');
    push('15:10', 99);
    push('09:15', 99, 0, '2019-07-10');
    expect(moments.slice(0, 2)).toEqual(['15:11 0 99 stay', '15:20 square off']);
    expect(moments).toHaveLength(11);
  });

  it('that begins after the square-off time is looked after at once', () => {
    const { walk: way, push, moments } = walk('ONE_MINUTE');
    push('15:25', 101);
    way.advanceTo(at('15:26'));
    expect(moments).toEqual([
      '15:25 square off',
      '15:26 0 101 enter (no entries)',
      '15:26 square off',
    ]);
  });

  it('of delivered positions is never squared off and may enter to the last bar', () => {
    const { walk: way, push, moments } = walk('ONE_DAY', 'CNC');
    push('09:15', 99);
    push('15:29', 101);
    way.advanceTo(at('15:30'));
    expect(moments).toEqual(['15:30 0 101 enter']);
  });

  it('counts the candles it cannot use', () => {
    const { walk: way, push } = walk('ONE_MINUTE');
    push('09:07', 101);
    push('15:40', 101);
    expect(way.dirtyInput.outsideSession).toBe(2);
  });
});

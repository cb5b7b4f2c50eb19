import { describe, expect, it } from 'vitest';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import { noPosition } from './evaluate/rule-reading.ts';
import { StrategyWalk } from './strategy-walk.ts';
import { compiled } from './testing/compiled.ts';

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

/** Continuous trading to 15:15 and square-off at 15:12, as of shares with a closing auction. */
const auctionCalendar = new TradingCalendar([
  {
    date: '2019-07-09',
    exchange: 'NSE',
    segment: 'EQUITY_CLOSING_AUCTION',
    open: true,
    openMinute: 555,
    closeMinute: 915,
    squareOffMinute: 912,
  },
]);

/** A walk of the rule "close above 100", and the moments it tells as short texts. */
function walk(
  timeFrame: TimeFrame,
  product = 'MIS',
  instrumentCount = 1,
  rules = 'long entry when close > 100 long exit when close < 100',
  ownCalendars: readonly (TradingCalendar | null)[] = [],
) {
  const strategy = compiled(`capital_per_trade 1000 product ${product} ${rules}`, timeFrame);
  const moments: string[] = [];
  const options = { strategy, calendar, ownCalendars, instrumentCount };
  const made = new StrategyWalk(options, {
    barsClosed: (time, bars) => {
      const seen = bars.map(({ instrument, close, reading, entriesOpen }) => {
        const told = [
          instrument,
          close,
          reading.outcome(noPosition).longEntry ? 'enter' : 'stay',
        ].join(' ');
        return `${told}${entriesOpen ? '' : ' (no entries)'}`;
      });
      moments.push(`${clockOf(time)} ${seen.join(', ')}`);
    },
    squareOffDue: (time) => {
      const due = Array.from({ length: instrumentCount }, (_, instrument) => instrument).filter(
        (instrument) => made.isSquareOffDue(instrument, time),
      );
      const which = due.length === instrumentCount ? '' : ` ${due.join(', ')}`;
      moments.push(`${clockOf(time)} square off${which}`);
    },
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

  it('leaves a share with a closing auction by its own time, and the others at theirs', () => {
    // The first share's continuous trading ends at 15:15, the second's at 15:30.
    const own = [auctionCalendar, calendar];
    const { walk: way, push, moments } = walk('ONE_MINUTE', 'MIS', 2, undefined, own);
    push('15:10', 101, 0);
    push('15:10', 101, 1);
    push('15:11', 101, 0);
    push('15:11', 101, 1);
    way.advanceTo(at('15:12'));
    expect(moments).toEqual([
      '15:11 0 101 enter, 1 101 enter',
      '15:12 0 101 enter (no entries), 1 101 enter',
      '15:12 square off 0',
    ]);
    way.advanceTo(at('15:20'));
    expect(moments.slice(-2)).toEqual(['15:19 square off 0', '15:20 square off']);
  });

  it('of delivered positions is never squared off and may enter to the last bar', () => {
    const { walk: way, push, moments } = walk('ONE_DAY', 'CNC');
    push('09:15', 99);
    push('15:29', 101);
    way.advanceTo(at('15:30'));
    expect(moments).toEqual(['15:30 0 101 enter']);
  });

  it('keeps its own hours: of entries, both ends included, and of leaving', () => {
    const hours = 'no_entry_before 09:17 no_entry_after 09:18 square_off_at 09:19';
    const rules = `${hours} long entry when close > 100 long exit when close < 100`;
    const { walk: way, push, moments } = walk('ONE_MINUTE', 'MIS', 1, rules);
    for (const clock of ['09:15', '09:16', '09:17', '09:18']) push(clock, 101);
    way.advanceTo(at('09:20'));
    expect(moments).toEqual([
      '09:16 0 101 enter (no entries)',
      '09:17 0 101 enter',
      '09:18 0 101 enter',
      '09:19 0 101 enter (no entries)',
      '09:19 square off',
      '09:20 square off',
    ]);
  });

  it('hears a pair’s other leg and what the rules read, and decides on its own bars only', () => {
    const rules = `pair with "NSE:INFY" ratio 1
      long entry when close of "NSE:NIFTY 50" > 100 long exit when close < 100`;
    const { walk: way, push, moments } = walk('ONE_MINUTE', 'MIS', 1, rules);
    push('09:15', 102, 2);
    push('09:15', 50, 1);
    way.advanceTo(at('09:16'));
    expect(moments).toEqual([]);
    expect([way.lastClose(0), way.lastClose(1)]).toEqual([NaN, 50]);
    push('09:16', 7, 0);
    push('09:16', 99, 2);
    way.advanceTo(at('09:17'));
    push('09:17', 8, 0);
    push('09:17', 103, 2);
    way.advanceTo(at('09:18'));
    expect(moments).toEqual(['09:17 0 7 stay', '09:18 0 8 enter']);
  });

  it('counts the candles it cannot use', () => {
    const { walk: way, push } = walk('ONE_MINUTE');
    push('09:07', 101);
    push('15:40', 101);
    expect(way.dirtyInput.outsideSession).toBe(2);
  });
});

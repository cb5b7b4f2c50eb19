import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { CandleColumnsBuilder } from '@nandax/core/market/candles.ts';
import { noPosition } from '@nandax/core/strategy/evaluate/rule-reading.ts';
import { compiled } from '@nandax/core/strategy/testing/compiled.ts';
import { expect, test } from 'vitest';
import { RunWalk, type RunMarket } from './run-walk.ts';

const minute = 60_000;
const open = Date.parse('2019-07-09T09:15:00+05:30');

function market(closes: readonly number[]): RunMarket {
  const candles = new CandleColumnsBuilder();
  closes.forEach((close, index) =>
    candles.add(open + index * minute, close, close, close, close, 1),
  );
  return {
    strategy: compiled(
      'capital_per_trade 1000\nlong entry when close > 100\nlong exit when close < 100',
      'THREE_MINUTES',
    ),
    ownCalendars: [null],
    decidedCount: 1,
    tradedCount: 1,
    calendar: new TradingCalendar([
      {
        date: '2019-07-09',
        exchange: 'NSE',
        segment: 'EQUITY',
        open: true,
        openMinute: 555,
        closeMinute: 930,
        squareOffMinute: 920,
      },
    ]),
    candles: [candles.build()],
  };
}

const closes = [99, 99, 101, 101, 101, 98];

/** What the rules say at a time, as texts; null: no bar closes then. */
function seenAt(walk: RunWalk, time: number): string[] | null {
  const view = walk.at(time);
  if (view === null) return null;
  return view.bars.map(({ instrument, close, reading, entriesOpen }) => {
    const { longEntry, longExit } = reading.outcome(noPosition);
    const rule = longEntry ? 'enter' : longExit ? 'exit' : 'stay';
    return [instrument, close, rule, entriesOpen, view.lastCloses.join(' ')].join(' ');
  });
}

test('sees the bar that closes at the time asked for, and nothing later', () => {
  const walk = new RunWalk(market(closes));
  expect(seenAt(walk, open + 3 * minute)).toEqual(['0 101 enter true 101']);
  expect(walk.at(open + 4 * minute)).toBeNull();
  expect(seenAt(walk, open + 6 * minute)).toEqual(['0 98 exit true 98']);
});

test('keeps what it saw, however far the walk goes on', () => {
  const walk = new RunWalk(market(closes));
  const first = walk.at(open + 3 * minute);
  walk.at(open + 6 * minute);
  expect(first?.bars[0]?.reading.inputs()).toEqual([{ expression: 'close', value: 101 }]);
});

test('sees the same when it is asked again, late, or by a worker that comes new to the run', () => {
  const walk = new RunWalk(market(closes));
  const seen = seenAt(walk, open + 3 * minute);
  walk.at(open + 6 * minute);
  expect(seenAt(walk, open + 3 * minute)).toEqual(seen);
  expect(seenAt(new RunWalk(market(closes)), open + 6 * minute)).toEqual(
    seenAt(walk, open + 6 * minute),
  );
});

test('sees the same whatever the market does afterwards', () => {
  const seen = seenAt(new RunWalk(market(closes)), open + 3 * minute);
  const other = new RunWalk(market([...closes.slice(0, 3), 500, 1, 500]));
  expect(seenAt(other, open + 3 * minute)).toEqual(seen);
});

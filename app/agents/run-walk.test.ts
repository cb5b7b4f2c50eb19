import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { CandleColumnsBuilder } from '@nandax/core/market/candles.ts';
import { compileStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { expect, test } from 'vitest';
import { RunWalk, type RunMarket } from './run-walk.ts';

const minute = 60_000;
const open = Date.parse('2019-07-09T09:15:00+05:30');

function market(closes: readonly number[]): RunMarket {
  const document = parseStrategy(
    'capital_per_trade 1000\nlong entry when close > 100\nlong exit when close < 100',
  );
  if (!document.ok) throw new Error('the rules must parse');
  const candles = new CandleColumnsBuilder();
  closes.forEach((close, index) =>
    candles.add(open + index * minute, close, close, close, close, 1),
  );
  return {
    strategy: compileStrategy(document.value),
    timeFrame: 'THREE_MINUTES',
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

test('sees the bar that closes at the time asked for, and nothing later', () => {
  const walk = new RunWalk(market(closes));
  const first = walk.at(open + 3 * minute);
  expect(first?.bars).toMatchObject([{ instrument: 0, close: 101, outcome: { longEntry: true } }]);
  expect(first?.entriesOpen).toBe(true);
  expect(walk.at(open + 4 * minute)).toBeNull();
  expect(walk.at(open + 6 * minute)?.bars).toMatchObject([
    { close: 98, outcome: { longExit: true } },
  ]);
});

test('sees the same when it is asked again, late, or by a worker that comes new to the run', () => {
  const walk = new RunWalk(market(closes));
  const seen = walk.at(open + 3 * minute);
  walk.at(open + 6 * minute);
  expect(walk.at(open + 3 * minute)).toEqual(seen);
  expect(new RunWalk(market(closes)).at(open + 6 * minute)).toEqual(walk.at(open + 6 * minute));
});

test('sees the same whatever the market does afterwards', () => {
  const seen = new RunWalk(market(closes)).at(open + 3 * minute);
  const other = new RunWalk(market([...closes.slice(0, 3), 500, 1, 500])).at(open + 3 * minute);
  expect(other).toEqual(seen);
});

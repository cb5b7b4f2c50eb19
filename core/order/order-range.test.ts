import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { expandCalendar, type CalendarDocument } from '../calendar/expand-calendar.ts';
import { MarketBook } from '../calendar/market-book.ts';
import { readSessionPlans } from '../calendar/session-plan.ts';
import { readPriceBands } from '../market/price-band.ts';
import type { Result } from '../result.ts';
import { orderRangeOf, type RangedOrder } from './order-range.ts';

const readReference = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/reference/${name}.json`, import.meta.url), 'utf8'));

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const rules = valueOf(readPriceBands(readReference('price-bands')));
const markets = new MarketBook(
  expandCalendar(readReference('calendar') as CalendarDocument),
  valueOf(readSessionPlans(readReference('session-plans'))),
);
const share = { exchange: 'NSE', segment: 'EQUITY_CLOSING_AUCTION', type: 'EQUITY' };
const buys: RangedOrder = { side: 'BUY', isLimit: true };
const sells: RangedOrder = { side: 'SELL', isLimit: true };

/** `[lower, upper]` of what an order may name on 10 August 2026, when 100 was the last price. */
function rangeAt(
  time: string,
  {
    instrument = share,
    order = buys,
    quotedAt = time,
    band = [90, 110] as readonly (number | null)[],
  } = {},
): unknown {
  const at = (clock: string) => new Date(`2026-08-10T${clock}:00+05:30`);
  const [lowerBand, upperBand] = band.map((end) => (end === null ? null : new Decimal(end)));
  const range = orderRangeOf(
    {
      rules,
      instrument: { ...instrument, tickSize: new Decimal('0.05') },
      hours: markets.hoursOf(instrument),
      marketTime: at(time),
      quote: {
        lastPrice: new Decimal(100),
        lowerBand: lowerBand ?? null,
        upperBand: upperBand ?? null,
        time: at(quotedAt),
      },
    },
    order,
  );
  return range === null ? null : [range.lower?.toNumber() ?? null, range.upper?.toNumber() ?? null];
}

test('in the closing auction a share is held to 3 % around its reference, whoever buys or sells', () => {
  expect(rangeAt('15:10')).toEqual([90, 110]);
  const unheard = { quotedAt: '15:14' };
  expect(rangeAt('15:22', unheard)).toEqual([97, 103]);
  expect(rangeAt('15:22', { ...unheard, order: sells })).toEqual([97, 103]);
  expect(rangeAt('15:22', { band: [null, null] })).toEqual([97, 103]);
  // Since its first price the quote carries the auction's band: around 101 here.
  expect(rangeAt('15:22', { band: [98, 104] })).toEqual([98, 104]);
  // Without an auction there is no other band.
  const plain = { ...share, segment: 'EQUITY' };
  expect(rangeAt('15:22', { ...unheard, instrument: plain, band: [80, 120] })).toEqual([80, 120]);
});

test('a limit order in a contract buys no further above and sells no further below the last price', () => {
  const option = { exchange: 'NFO', segment: 'EQUITY_DERIVATIVES', type: 'CALL_OPTION' };
  const none = { band: [null, null] };
  expect(rangeAt('10:00', { ...none, instrument: option })).toEqual([null, 140]);
  expect(rangeAt('10:00', { ...none, instrument: option, order: sells })).toEqual([60, null]);
  expect(
    rangeAt('10:00', { ...none, instrument: option, order: { ...buys, isLimit: false } }),
  ).toBeNull();
  // One that was imported stands in the segment of shares.
  const future = { exchange: 'NFO', segment: 'EQUITY', type: 'FUTURE' };
  expect(rangeAt('10:00', { ...none, instrument: future })).toEqual([null, 103]);
});

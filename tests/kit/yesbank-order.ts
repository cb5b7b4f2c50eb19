import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expandCalendar, type CalendarDocument } from '@nandax/core/calendar/expand-calendar.ts';
import { readRateCards } from '@nandax/core/charges/read-rate-cards.ts';
import { wholeModelOf } from '@nandax/core/exchange/fill-model.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import { parseKiteCandleCsv } from '@nandax/core/market/kite-candle-csv.ts';
import type { Result } from '@nandax/core/result.ts';
import { readMarginRates } from '@nandax/core/risk/read-margin-rates.ts';
import type { BacktestOrder } from '@nandax/app/ports/backtest-runner.ts';

const data = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../data/${path}`, import.meta.url)), 'utf8');
const reference = (name: string): unknown => JSON.parse(data(`reference/${name}`));

/** For tests: the minutes of one of the bundled files. */
export function readMinutes(path: string): CandleColumns {
  return sound(parseKiteCandleCsv(data(path)));
}

function sound<T>(read: Result<T, unknown>): T {
  if (!read.ok) throw new Error('the bundled data is damaged');
  return read.value;
}

/** For tests: a backtest of a million rupees on five-minute bars of the bundled three days of YESBANK. */
export function yesBankOrder(document: string): BacktestOrder {
  return {
    document,
    timeFrame: 'FIVE_MINUTES',
    instruments: [
      {
        tradingSymbol: 'YESBANK',
        exchange: 'NSE',
        type: 'EQUITY',
        lotSize: 1,
        tickSize: 0.05,
        multiplier: 1,
        plans: [],
        ownDays: [],
        bands: { rules: [], segment: 'NSE', previousClose: NaN },
        candles: readMinutes('nse/YESBANK_minute_2019-07-09_11.csv'),
      },
    ],
    references: [],
    calendarDays: expandCalendar(reference('calendar.json') as CalendarDocument).filter(
      ({ exchange, segment }) => exchange === 'NSE' && segment === 'EQUITY',
    ),
    rateCards: sound(readRateCards(reference('rate-cards.json'))),
    marginRates: sound(readMarginRates(reference('margin-rates.json'))),
    initialCapital: '1000000',
    fillModel: wholeModelOf({}),
  };
}

import {
  dayNumberOfDate,
  instantOf,
  minuteMs,
  parseExchangeTime,
} from '../calendar/exchange-time.ts';
import { fail, succeed, type Result } from '../result.ts';
import { CandleColumnsBuilder, type CandleColumns } from './candles.ts';
import { csvLines, CsvFailures, positiveNumber, type CsvFailure } from './csv-failure.ts';

const priceNames = ['open', 'high', 'low', 'close'] as const;
const timeNames = ['', 'date', 'datetime', 'time', 'timestamp'];

/**
 * Reads candles as quants exchange them: a header `Date,Open,High,Low,Close,Volume` in any case and
 * order (the time first, its name may be missing; other columns are not read; a volume may be missing),
 * then a line for each candle. Times are `2004-08-19`, `2004-08-19 10:00` or `2004-08-19 10:00:00`, taken
 * for exchange time, or with `Z` or an offset such as `-05:00` for that instant. Refused are the same things as in a Kite file, save that volumes may be fractions.
 */
export function parsePlainCandleCsv(text: string): Result<CandleColumns, readonly CsvFailure[]> {
  const lines = csvLines(text);
  const failures = new CsvFailures();
  const names = (lines[0] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const places = [...priceNames, 'volume'].map((name) => names.indexOf(name));
  if (!timeNames.includes(names[0] ?? '?') || places.slice(0, 4).includes(-1)) {
    failures.add(1, 1, null, lines[0] ?? '', 'the header Date,Open,High,Low,Close,Volume');
    return fail(failures.list);
  }
  if (lines.length === 1) failures.add(2, 1, null, '', 'at least one candle');
  const candles = new CandleColumnsBuilder(lines.length - 1);
  let previous = -Infinity;
  for (let index = 1; index < lines.length && !failures.isFull; index += 1) {
    const cells = (lines[index] ?? '').split(',');
    const line = index + 1;
    if (cells.length !== names.length) {
      failures.add(line, cells.length, null, lines[index] ?? '', `${names.length} cells`);
      continue;
    }
    const time = timeOf((cells[0] ?? '').trim());
    if (time === null) {
      failures.add(
        line,
        1,
        'date',
        cells[0] ?? '',
        'a time such as 2004-08-19 or 2004-08-19 10:00',
      );
    } else if (time <= previous) {
      failures.add(line, 1, 'date', cells[0] ?? '', 'a time after the line before');
    }
    previous = time ?? previous;
    const [open = NaN, high = NaN, low = NaN, close = NaN] = priceNames.map((name, part) => {
      const place = places[part] ?? -1;
      const price = positiveNumber((cells[place] ?? '').trim());
      if (Number.isNaN(price)) {
        failures.add(line, place + 1, name, cells[place] ?? '', 'a price above zero');
      }
      return price;
    });
    if (high < Math.max(open, close, low)) {
      failures.add(
        line,
        (places[1] ?? 0) + 1,
        'high',
        String(high),
        'the highest price of the candle',
      );
    }
    if (low > Math.min(open, close)) {
      failures.add(
        line,
        (places[2] ?? 0) + 1,
        'low',
        String(low),
        'the lowest price of the candle',
      );
    }
    const place = places[4] ?? -1;
    const cell = place === -1 ? '' : (cells[place] ?? '').trim();
    const volume = /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : NaN;
    if (cell !== '' && Number.isNaN(volume)) {
      failures.add(line, place + 1, 'volume', cell, 'a number of units, or nothing');
    }
    candles.add(time ?? NaN, open, high, low, close, volume);
  }
  return failures.list.length > 0 ? fail(failures.list) : succeed(candles.build());
}

const timeText = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})(:\d{2})?(?:\.0+)?(Z|[+-]\d{2}:?\d{2})?$/;

function timeOf(text: string): number | null {
  const day = dayNumberOfDate(text);
  if (day !== null) return instantOf(day, 0);
  const [, minute = '', seconds = ':00', offset] = timeText.exec(text) ?? [];
  const time = parseExchangeTime(`${minute}${seconds}`, 'absent');
  if (time === null || offset === undefined) return time;
  const east = offset === 'Z' ? 0 : minutesEast(offset);
  return east === null ? null : time + (exchangeOffset - east) * minuteMs;
}

/** Minutes that exchange time is ahead of UTC. */
const exchangeOffset = 330;

/** Minutes of an offset such as -05:00 ahead of UTC; null: there is no such offset. */
function minutesEast(offset: string): number | null {
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

import { minuteMs, parseExchangeTime } from '../calendar/exchange-time.ts';
import { fail, succeed, type Result } from '../result.ts';
import { CandleColumnsBuilder, type CandleColumns } from './candles.ts';
import {
  csvLines,
  CsvFailures,
  positiveNumber,
  wholeNumber,
  type CsvFailure,
} from './csv-failure.ts';

const columns = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;
const header = columns.join(',');
const priceColumns = [1, 2, 3, 4] as const;

/**
 * Reads candles as Kite exports them: `date,open,high,low,close,volume[,oi]`, dates being open times
 * such as `2019-07-09T09:15:00+0530` or `2019-07-09 09:15:00+05:30`. An empty volume is unknown; open
 * interest is not kept. Refused are a wrong header, numbers that are none, prices that are not above
 * zero, a high or low that does not bound its candle, times that do not strictly rise or do not fall
 * on a whole minute, and a file without candles. A failure lists everything found, up to 20.
 */
export function parseKiteCandleCsv(text: string): Result<CandleColumns, readonly CsvFailure[]> {
  const lines = csvLines(text);
  const failures = new CsvFailures();
  const found = lines[0]?.trim() ?? '';
  if (found !== header && found !== `${header},oi`) {
    failures.add(1, 1, null, found, `the header ${header}, with or without ,oi`);
    return fail(failures.list);
  }
  if (lines.length === 1) failures.add(2, 1, null, '', 'at least one candle');

  const width = found.split(',').length;
  const candles = new CandleColumnsBuilder(lines.length - 1);
  let previousTime = -Infinity;
  for (let index = 1; index < lines.length && !failures.isFull; index += 1) {
    const cells = (lines[index] ?? '').split(',');
    if (cells.length !== width) {
      failures.add(index + 1, cells.length, null, lines[index] ?? '', `${width} cells`);
      continue;
    }
    const time = readTime(cells[0] ?? '', index + 1, previousTime, failures);
    if (time !== null) previousTime = time;
    readRow(cells, index + 1, time ?? NaN, candles, failures);
  }
  return failures.list.length > 0 ? fail(failures.list) : succeed(candles.build());
}

function readTime(
  cell: string,
  line: number,
  previousTime: number,
  failures: CsvFailures,
): number | null {
  const time = parseExchangeTime(cell, 'required');
  if (time === null) {
    failures.add(line, 1, 'date', cell, 'a time such as 2019-07-09T09:15:00+0530');
    return null;
  }
  if (time % minuteMs !== 0) failures.add(line, 1, 'date', cell, 'a whole minute');
  if (time <= previousTime) failures.add(line, 1, 'date', cell, 'a time after the line before');
  return time;
}

function readRow(
  cells: readonly string[],
  line: number,
  time: number,
  candles: CandleColumnsBuilder,
  failures: CsvFailures,
): void {
  const prices = priceColumns.map((column) => {
    const cell = cells[column] ?? '';
    const price = positiveNumber(cell);
    if (Number.isNaN(price)) {
      failures.add(line, column + 1, columns[column], cell, 'a price above zero');
    }
    return price;
  });
  const [open = NaN, high = NaN, low = NaN, close = NaN] = prices;
  // Comparisons with NaN are false, so a price already refused is not refused twice.
  if (high < Math.max(open, close, low)) {
    failures.add(line, 3, 'high', cells[2] ?? '', 'the highest price of the candle');
  }
  if (low > Math.min(open, close)) {
    failures.add(line, 4, 'low', cells[3] ?? '', 'the lowest price of the candle');
  }
  const volumeCell = cells[5] ?? '';
  const volume = wholeNumber(volumeCell);
  if (volumeCell !== '' && Number.isNaN(volume)) {
    failures.add(line, 6, 'volume', volumeCell, 'a whole number of units, or nothing');
  }
  candles.add(time, open, high, low, close, volume);
}

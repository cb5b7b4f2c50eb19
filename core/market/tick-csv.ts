import { parseExchangeTime } from '../calendar/exchange-time.ts';
import { fail, succeed, type Result } from '../result.ts';
import {
  csvLines,
  CsvFailures,
  positiveNumber,
  wholeNumber,
  type CsvFailure,
} from './csv-failure.ts';

/** Recorded ticks of one instrument as columns, in the order of the recording. */
export interface TickColumns {
  readonly length: number;
  /** Epoch ms. */
  readonly time: Float64Array;
  /** Rupees, or index points. */
  readonly price: Float64Array;
  /** Units traded since the start of the exchange day, NaN where unknown. */
  readonly dayVolume: Float64Array;
}

const columns = ['timestamp', 'ltp', 'volume'] as const;
const header = columns.join(',');

/**
 * Reads recorded ticks: `timestamp,ltp,volume`, times such as `2021-04-12 09:15:08` in exchange time
 * without an offset, volume cumulative over the day or empty where unknown. Times that run backward
 * are part of a true recording and are kept: the bar builder drops and counts them. A failure lists
 * everything found, up to 20.
 */
export function parseTickCsv(text: string): Result<TickColumns, readonly CsvFailure[]> {
  const lines = csvLines(text);
  const failures = new CsvFailures();
  const found = lines[0]?.trim() ?? '';
  if (found !== header) {
    failures.add(1, 1, null, found, `the header ${header}`);
    return fail(failures.list);
  }
  if (lines.length === 1) failures.add(2, 1, null, '', 'at least one tick');

  const length = lines.length - 1;
  const time = new Float64Array(length);
  const price = new Float64Array(length);
  const dayVolume = new Float64Array(length);
  for (let row = 0; row < length && !failures.isFull; row += 1) {
    const line = row + 2;
    const cells = (lines[row + 1] ?? '').split(',');
    const [timeCell = '', priceCell = '', volumeCell = ''] = cells;
    if (cells.length !== columns.length) {
      failures.add(line, cells.length, null, lines[row + 1] ?? '', `${columns.length} cells`);
      continue;
    }
    time[row] = parseExchangeTime(timeCell, 'absent') ?? NaN;
    price[row] = positiveNumber(priceCell);
    dayVolume[row] = wholeNumber(volumeCell);
    if (Number.isNaN(time[row])) {
      failures.add(line, 1, 'timestamp', timeCell, 'a time such as 2021-04-12 09:15:08');
    }
    if (Number.isNaN(price[row])) {
      failures.add(line, 2, 'ltp', priceCell, 'a price above zero');
    }
    if (volumeCell !== '' && Number.isNaN(dayVolume[row])) {
      failures.add(line, 3, 'volume', volumeCell, 'a whole number of units, or nothing');
    }
  }
  return failures.list.length > 0
    ? fail(failures.list)
    : succeed({ length, time, price, dayVolume });
}

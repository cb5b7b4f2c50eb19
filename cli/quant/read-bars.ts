import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { timeFrameOf } from '@nandax/core/backtest/bars/bars-of-candles.ts';
import { dayNumberOfDate, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { sliceCandles, type CandleColumns } from '@nandax/core/market/candles.ts';
import { parseKiteCandleCsv } from '@nandax/core/market/kite-candle-csv.ts';
import { parsePlainCandleCsv } from '@nandax/core/market/plain-candle-csv.ts';
import { timeFrames, type TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { frameWords, instrumentText } from '@nandax/core/strategy/language-words.ts';
import type { InstrumentName } from '@nandax/core/strategy/strategy-document.ts';
import { readMarketCalendar } from './market-calendar.ts';
import { oneOf } from './one-of.ts';
import { placed } from './refuse.ts';

/** What one file holds. */
export interface CandleFile extends InstrumentName {
  /** Its path as it was given. */
  readonly file: string;
  readonly candles: CandleColumns;
  /** Length of its candles. */
  readonly timeFrame: TimeFrame;
}

/** All files of a command. */
export interface CandleFiles {
  /** Each from its first candle on, whatever the range, and up to its end. */
  readonly files: readonly CandleFile[];
  /** Epoch ms at which the range begins. */
  readonly start: number;
  /** The length of bars that was asked for; null: that of the files. */
  readonly asked: TimeFrame | null;
  /** Sessions of the Indian cash market, where a file is in Kite's format or they were asked for. */
  readonly calendar: TradingCalendar | null;
}

/** What a command was told of its bars. */
export interface BarsRequest {
  /** `FILE` or `EXCHANGE:SYMBOL=FILE`. */
  readonly data: readonly string[];
  /** `YYYY-MM-DD`, inclusive. */
  readonly from?: string;
  readonly to?: string;
  /** `5m`, `1d`, ...; left out: as long as those of the files. */
  readonly timeFrame?: string;
  /** `nse`: those of the Indian cash market; left out: known of files in Kite's format only. */
  readonly sessions?: string;
}

/** Reads all files; a mistake names its file, line and column. */
export async function readBars(request: BarsRequest): Promise<Result<CandleFiles, string>> {
  const { data, from, to } = request;
  const range = [from, to].map((date) => (date === undefined ? undefined : dayNumberOfDate(date)));
  const [fromDay, toDay] = range;
  if (fromDay === null) return fail(`--from ${from}: expected a date such as 2020-01-31`);
  if (toDay === null) return fail(`--to ${to}: expected a date such as 2020-01-31`);
  const start = fromDay === undefined ? -Infinity : instantOf(fromDay, 0);
  const end = toDay === undefined ? Infinity : instantOf(toDay + 1, 0);
  const asked = askedFrame(request.timeFrame);
  if (!asked.ok) return asked;
  const sessions = oneOf('--sessions', request.sessions, { nse: 'NSE' } as const);
  if (!sessions.ok) return sessions;
  const files: CandleFile[] = [];
  let isIndian = sessions.value !== null;
  for (const item of data) {
    const { name, file } = nameOf(item);
    if (
      files.some(
        ({ exchange, symbol }) => instrumentText({ exchange, symbol }) === instrumentText(name),
      )
    ) {
      return fail(
        `--data ${item}: ${instrumentText(name)} is there already; expected another name, NSE:NAME=FILE`,
      );
    }
    const content = await readFile(file, 'utf8').catch(() => null);
    if (content === null) return fail(`${file}: cannot be read`);
    isIndian ||= hasIndianTimes(content);
    const parsed = isKiteFile(content) ? parseKiteCandleCsv(content) : parsePlainCandleCsv(content);
    if (!parsed.ok) {
      const [first] = parsed.failure;
      if (first === undefined) throw new Error('a refusal without a reason');
      const message = `expected ${first.expected}, found "${first.value}"`;
      return fail(placed(file, first.line, first.column, message));
    }
    // All of the file says how long its candles are, and what came before the range warms the rules up.
    const timeFrame = timeFrameOf(parsed.value.openTime);
    if (timeFrame === null) return fail(`${file}: bars are closer than a minute`);
    if (sliceCandles(parsed.value, start, end).length === 0) {
      return fail(`${file}: no bar from --from to --to`);
    }
    const candles = sliceCandles(parsed.value, -Infinity, end);
    files.push({ ...name, file, candles, timeFrame });
  }
  const calendar = isIndian ? await readMarketCalendar() : null;
  return succeed({ files, start, asked: asked.value, calendar });
}

/** Kite writes its header in small letters; without a candle nobody can tell the rest. */
function isKiteFile(content: string): boolean {
  const [header = '', first = ''] = content.replace(/^\uFEFF/, '').split(/\r?\n/, 2);
  return header.startsWith('date,') && (hasIndianTimes(content) || first === '');
}

/** Times that carry the offset of the exchange. */
function hasIndianTimes(content: string): boolean {
  return /^[^\n]*\n[^,\n]*\+05:?30,/.test(content);
}

function nameOf(item: string): { readonly name: InstrumentName; readonly file: string } {
  const parts = /^([A-Z]{2,10}):([^=]{1,50})=(.+)$/.exec(item);
  if (parts !== null) {
    return { name: { exchange: parts[1] ?? '', symbol: parts[2] ?? '' }, file: parts[3] ?? '' };
  }
  return { name: { exchange: 'NSE', symbol: basename(item, extname(item)) }, file: item };
}

function askedFrame(word: string | undefined): Result<TimeFrame | null, string> {
  if (word === undefined) return succeed(null);
  const words = timeFrames.map((frame) => frameWords[frame]);
  const frame = timeFrames[words.indexOf(word)];
  return frame === undefined
    ? fail(`--time-frame ${word}: expected one of ${words.join(', ')}`)
    : succeed(frame);
}

import { barsOfCandles } from '@nandax/core/backtest/bars/bars-of-candles.ts';
import { instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { wholeDays } from '@nandax/core/calendar/whole-days.ts';
import { isMadeOf, timeFrames, type TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { longerColumns, type BarColumns } from '@nandax/core/strategy/columns/bar-columns.ts';
import { frameWords, instrumentText } from '@nandax/core/strategy/language-words.ts';
import type { PlanContext } from '@nandax/core/strategy/plan/plan-step.ts';
import type { InstrumentName } from '@nandax/core/strategy/strategy-document.ts';
import type { CandleFile, CandleFiles } from './read-bars.ts';
import type { SortedFiles } from './sort-bars.ts';

/** Bars of one instrument. */
export interface NamedBars extends InstrumentName {
  readonly bars: BarColumns;
}

/** Files as bars on one clock, each of which ends when it really did. */
export interface FittedBars {
  /** Length of the bars that are traded. */
  readonly timeFrame: TimeFrame;
  readonly traded: readonly NamedBars[];
  /** Of these no bar is shorter; the bars of a file that has longer ones stay as they are. */
  readonly references: readonly BarColumns[];
}

/** From this distance on between the candles of a file none of them is a day. */
const weekLike = instantOf(5, 0) - instantOf(0, 0);

/**
 * Makes bars of the length that was asked for, else of that of the files that are traded, and refuses
 * what no longer bars can be made of.
 */
export function fitBars(
  { files, start, asked, calendar }: CandleFiles,
  { traded, references }: SortedFiles,
): Result<FittedBars, string> {
  const used = files.filter((file) => traded.includes(file) || references.includes(file));
  const [first] = traded;
  if (first === undefined) return fail('--data: expected a file that is traded');
  const other = traded.find(({ timeFrame }) => timeFrame !== first.timeFrame);
  if (asked === null && other !== undefined) {
    const longest = timeFrames[Math.max(placeOf(first), placeOf(other))] ?? 'ONE_DAY';
    return fail(
      `--data: ${lengthOf(first)}, ${lengthOf(other)}; to trade both, expected --time-frame ${frameWords[longest]}`,
    );
  }
  const timeFrame = asked ?? first.timeFrame;
  const unfit = traded.find((file) => !isMadeOf(timeFrame, file.timeFrame));
  if (unfit !== undefined) {
    const expected = `expected ${frameWords[unfit.timeFrame]} or what is made of it`;
    return fail(`--time-frame ${frameWords[timeFrame]}: ${lengthOf(unfit)}; ${expected}`);
  }
  const isMixed = timeFrame !== 'ONE_DAY' || used.some((file) => file.timeFrame !== 'ONE_DAY');
  const weekly = isMixed ? used.find(hasLongCandles) : undefined;
  if (weekly !== undefined) {
    return fail(`${weekly.file}: bars longer than a day cannot stand beside shorter ones`);
  }
  const uneven = references.find(
    (file) => !isMadeOf(timeFrame, file.timeFrame) && !isMadeOf(file.timeFrame, timeFrame),
  );
  if (uneven !== undefined) {
    return fail(`--data: ${lengthOf(uneven)}, which fit no bars of ${frameWords[timeFrame]}`);
  }
  const barsOf = ({ candles, timeFrame: own }: CandleFile): BarColumns => {
    const bars = barsOfCandles(candles, own, calendar, isMixed ? 'LAST_INSTANT' : 'CASH_CLOSE');
    const isShorter = own !== timeFrame && isMadeOf(timeFrame, own);
    return isShorter ? longerColumns(bars, timeFrame, calendar ?? wholeDays) : bars;
  };
  const named = traded.map((file) => ({
    exchange: file.exchange,
    symbol: file.symbol,
    bars: barsOf(file),
  }));
  const empty = named.findIndex(({ bars }) => !bars.openTime.some((time) => time >= start));
  if (empty !== -1) return fail(`${traded[empty]?.file}: no bar lies inside a session`);
  return succeed({ timeFrame, traded: named, references: references.map(barsOf) });
}

/** What the rules want of files with longer bars than their own, and cannot have; null: nothing. */
export function unfitReading(
  contexts: readonly PlanContext[],
  references: readonly CandleFile[],
): string | null {
  const own = contexts[0]?.timeFrame;
  for (const { source, timeFrame } of contexts) {
    const file = references[source - 1];
    if (file === undefined || timeFrame === own || isMadeOf(timeFrame, file.timeFrame)) continue;
    return `--data: ${lengthOf(file)}; "on ${frameWords[timeFrame]}" cannot be made of them`;
  }
  return null;
}

function placeOf({ timeFrame }: CandleFile): number {
  return timeFrames.indexOf(timeFrame);
}

function lengthOf(file: CandleFile): string {
  return `${instrumentText(file)} has bars of ${frameWords[file.timeFrame]}`;
}

function hasLongCandles({ candles: { openTime, length } }: CandleFile): boolean {
  if (length < 2) return false;
  return openTime.every((time, row) => row === 0 || time - (openTime[row - 1] ?? NaN) >= weekLike);
}

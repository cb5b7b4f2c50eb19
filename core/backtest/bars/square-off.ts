import { dayNumberOf } from '../../calendar/exchange-time.ts';
import type { CompiledStrategy } from '../../strategy/compile-strategy.ts';
import { squareOffOf } from '../../strategy/strategy-walk.ts';
import { hasNoTrades, type BarsInstrument, type BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';

/** What a bar means for positions that may not be held over night. */
export const squareOffMark = {
  /** The square-off time of the day has come when it opens: positions leave at its open. */
  atOpen: 1,
  /** No later bar of its day is there that trades: positions leave at its close. */
  atClose: 2,
} as const;

/**
 * Marks the bars on which intraday positions of an instrument are closed; null where none ever is: the
 * strategy's product is delivery, its bars are days, or nobody knows the sessions.
 */
export function squareOffMarks(
  { document, timeFrame }: CompiledStrategy,
  market: BarsMarket,
  options: BarsOptions,
  instrument: number,
): Uint8Array | null {
  const { calendar } = market;
  if (calendar === null || document.product !== 'MIS' || timeFrame === 'ONE_DAY') return null;
  const { bars } = market.instruments[instrument] as BarsInstrument;
  const marks = new Uint8Array(bars.length);
  let day = NaN;
  let due = Infinity;
  let isDone = false;
  for (let row = 0; row < bars.length; row += 1) {
    const openTime = bars.openTime[row] as number;
    const dayNumber = dayNumberOf(openTime);
    if (dayNumber !== day) {
      day = dayNumber;
      const { session } = calendar.day(dayNumber);
      due = session === null ? Infinity : squareOffOf(document, session);
      isDone = false;
    }
    if (openTime >= due && !hasNoTrades(market, options, instrument, row)) {
      marks[row] = squareOffMark.atOpen;
      isDone = true;
    } else if (!isDone && dayNumberOf(bars.openTime[row + 1] ?? Infinity) !== day) {
      marks[row] = squareOffMark.atClose;
    }
  }
  return marks;
}

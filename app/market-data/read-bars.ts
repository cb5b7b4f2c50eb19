import { BarBuilder } from '@nandax/core/market/bar-builder.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import {
  candleAt,
  CandleColumnsBuilder,
  sliceCandles,
  type CandleColumns,
} from '@nandax/core/market/candles.ts';
import { minutesOfTimeFrame, type TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { History } from '../ports/store.ts';

export interface ReadBarsInput {
  readonly datasetId: string;
  readonly instrumentId: string;
  /** The exchange whose sessions the bars are aligned to. */
  readonly exchange: string;
  readonly timeFrame: TimeFrame;
  /** Minutes that open at or after it; null: from the beginning. */
  readonly from: Date | null;
  /** Minutes that open before it; null: to the end. */
  readonly to: Date | null;
  /** Where the dataset ends, so that the newest bars can be read without the older ones. */
  readonly datasetEnd: Date | null;
  /** Bars answered at most: the newest of the range. */
  readonly newest: number;
}

const dayMs = 86_400_000;

/** Trading minutes of a full session of the cash market. */
const sessionMinutes = 375;

/** Bars of an instrument, made of its recorded minute candles by the one builder. */
export async function readBars(
  { history }: { readonly history: History },
  input: ReadBarsInput,
): Promise<CandleColumns> {
  const { datasetId, instrumentId, exchange, timeFrame, from, to, newest } = input;
  const calendar = await history.calendar(exchange);
  const readFrom = async (start: Date | null) => {
    const [minutes] = await history.candles(datasetId, [instrumentId], start, to);
    return minutes === undefined ? null : barsOf(minutes, timeFrame, calendar);
  };

  const guess = enoughFrom(input);
  const some = guess === null ? null : await readFrom(guess);
  const bars = some !== null && some.length >= newest ? some : await readFrom(from);
  if (bars === null) return new CandleColumnsBuilder(0).build();
  const first = bars.openTime[bars.length - newest];
  return first === undefined ? bars : sliceCandles(bars, first, Infinity);
}

/**
 * A day from which on there should be enough bars, a weekend in each seven days and a holiday in
 * each twenty taken into account; null where that lies before the range anyway.
 */
function enoughFrom({ timeFrame, from, to, datasetEnd, newest }: ReadBarsInput): Date | null {
  const end = Math.min(to?.getTime() ?? Infinity, datasetEnd?.getTime() ?? Infinity);
  if (end === Infinity) return null;
  const barsADay = Math.max(1, sessionMinutes / minutesOfTimeFrame[timeFrame]);
  const days = Math.ceil((newest / barsADay) * (7 / 5) * (20 / 19)) + 7;
  const guess = Math.floor(end / dayMs - days) * dayMs;
  return guess <= (from?.getTime() ?? -Infinity) ? null : new Date(guess);
}

function barsOf(
  minutes: CandleColumns,
  timeFrame: TimeFrame,
  calendar: TradingCalendar,
): CandleColumns {
  const bars = new CandleColumnsBuilder();
  const builder = new BarBuilder({ timeFrame, calendar, instrumentCount: 1 }, (_, closed) => {
    for (const bar of closed) {
      bars.add(bar.openTime, bar.open, bar.high, bar.low, bar.close, bar.volume);
    }
  });
  for (let row = 0; row < minutes.length; row += 1) {
    const { openTime, open, high, low, close, volume } = candleAt(minutes, row);
    builder.pushMinute(0, openTime, open, high, low, close, volume);
  }
  builder.advanceTo(Infinity);
  return bars.build();
}

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
import { minuteCandles } from './minute-candles.ts';

export interface ReadBarsInput {
  readonly dataset: {
    readonly id: string;
    readonly kind: 'CANDLES' | 'TICKS';
    /** Open of its first record and end of its last. */
    readonly from: Date;
    readonly to: Date;
  };
  readonly instrumentId: string;
  /** The exchange whose sessions the bars are aligned to. */
  readonly exchange: string;
  readonly timeFrame: TimeFrame;
  /** Minutes that open at or after it; null: from the beginning. */
  readonly from: Date | null;
  /** Minutes that open before it; null: to the end. */
  readonly to: Date | null;
  /** Bars answered at most: the newest of the range. */
  readonly newest: number;
}

const dayMs = 86_400_000;

/** Trading minutes of a full session of the cash market. */
const sessionMinutes = 375;

/** Bars of an instrument, made of recorded history by the one builder. */
export async function readBars(
  { history }: { readonly history: History },
  { dataset, instrumentId, exchange, timeFrame, newest, ...range }: ReadBarsInput,
): Promise<CandleColumns> {
  const calendar = await history.calendar(exchange);
  const from = Math.max(dataset.from.getTime(), range.from?.getTime() ?? -Infinity);
  const to = Math.min(dataset.to.getTime(), range.to?.getTime() ?? Infinity);
  const readFrom = async (start: number): Promise<CandleColumns> => {
    const [minutes] = await minuteCandles(history, calendar, {
      datasetId: dataset.id,
      kind: dataset.kind,
      instrumentIds: [instrumentId],
      from: new Date(start),
      to: new Date(to),
    });
    return minutes === undefined ? noCandles : barsOf(minutes, timeFrame, calendar);
  };

  const guess = to - enoughDays(timeFrame, newest) * dayMs;
  let bars = guess > from ? await readFrom(guess) : noCandles;
  if (bars.length < newest) bars = await readFrom(from);
  const first = bars.openTime[bars.length - newest];
  return first === undefined ? bars : sliceCandles(bars, first, Infinity);
}

const noCandles = new CandleColumnsBuilder(0).build();

/**
 * Days that should hold so many bars, a weekend in each seven and a holiday in each twenty taken
 * into account: the newest bars of years of history are then found in its last weeks.
 */
function enoughDays(timeFrame: TimeFrame, bars: number): number {
  const barsADay = Math.max(1, sessionMinutes / minutesOfTimeFrame[timeFrame]);
  return Math.ceil((bars / barsADay) * (7 / 5) * (20 / 19)) + 7;
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

import { BarBuilder } from '@nandax/core/market/bar-builder.ts';
import { CandleColumnsBuilder, type CandleColumns } from '@nandax/core/market/candles.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { TickColumns } from '@nandax/core/market/tick-csv.ts';
import type { History } from '../ports/store.ts';
import { TickMerge } from './tick-merge.ts';

/** A part of recorded history. */
export interface HistoryRange {
  readonly datasetId: string;
  readonly kind: 'CANDLES' | 'TICKS';
  readonly instrumentIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

/** Minute candles of a range, in the order of its instruments; recorded ticks are built into bars. */
export async function minuteCandles(
  history: History,
  calendar: TradingCalendar,
  { datasetId, kind, instrumentIds, from, to }: HistoryRange,
): Promise<readonly CandleColumns[]> {
  if (kind === 'CANDLES') return history.candles(datasetId, instrumentIds, from, to);
  return candlesOfTicks(calendar, await history.ticks(datasetId, instrumentIds, from, to));
}

/** The minute candles that recorded ticks make, built as a live feed would build them. */
export function candlesOfTicks(
  calendar: TradingCalendar,
  ticks: readonly TickColumns[],
): readonly CandleColumns[] {
  const candles = ticks.map(() => new CandleColumnsBuilder());
  const builder = new BarBuilder(
    { timeFrame: 'ONE_MINUTE', calendar, instrumentCount: ticks.length },
    (_, bars) => {
      for (const bar of bars) {
        const { openTime, open, high, low, close, volume } = bar;
        candles[bar.instrument]?.add(openTime, open, high, low, close, volume);
      }
    },
  );
  const merge = new TickMerge(ticks);
  let last = NaN;
  while (merge.next()) {
    const { instrument, time, price, volume } = merge;
    builder.pushTick(instrument, time, price, Number.isNaN(volume) ? null : volume);
    last = time;
  }
  if (!Number.isNaN(last)) builder.advanceTo(last + minuteMs);
  return candles.map((columns) => columns.build());
}

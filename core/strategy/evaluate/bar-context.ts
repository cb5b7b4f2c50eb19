import { dayNumberOf, minuteMs, minuteOfDay, weekdayOf } from '../../calendar/exchange-time.ts';
import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import type { Candle } from '../../market/candles.ts';
import type { IndicatorInput } from '../../indicators/indicator.ts';
import type { BarField, MomentField } from '../strategy-document.ts';

/** What rules read of a closed bar: prices in rupees, volume in units, NaN where unknown. */
export interface RuleBar extends Candle {
  /** Epoch ms at which the bar ended; not itself inside the bar. */
  readonly closeTime: number;
}

/** The latest bar of one context, in place, so that no bar allocates. */
export class BarContext implements Readonly<Record<BarField, number>> {
  openTime = NaN;
  closeTime = NaN;
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  volume = NaN;

  /** Becomes that bar. */
  take(bar: RuleBar): void {
    this.openTime = bar.openTime;
    this.closeTime = bar.closeTime;
    this.open = bar.open;
    this.high = bar.high;
    this.low = bar.low;
    this.close = bar.close;
    this.volume = bar.volume;
  }
}

/** What an indicator's input other than its series is on a bar. */
export function inputOf(input: Exclude<IndicatorInput, 'series'>, bar: RuleBar): number {
  return input === 'day' ? dayNumberOf(bar.openTime) : bar[input];
}

/**
 * A value of the moment at which a bar closed: minutes of the exchange day, 1 (Monday) to 7, or
 * minutes to the close of the session in which the bar opened (NaN outside of sessions, and where no
 * calendar knows any).
 */
export function momentOf(
  name: MomentField,
  openTime: number,
  closeTime: number,
  calendar: TradingCalendar | null,
): number {
  switch (name) {
    case 'time':
      return minuteOfDay(closeTime);
    case 'day_of_week':
      return weekdayOf(dayNumberOf(closeTime)) || 7;
    case 'minutes_to_close': {
      const session = calendar?.sessionAt(openTime) ?? null;
      return session === null ? NaN : (session.close - closeTime) / minuteMs;
    }
  }
}

import type { MarketHours, SessionPlan } from './session-plan.ts';
import { TradingCalendar, type CalendarDay } from './trading-calendar.ts';

/** The hours of every market, as far as dated rows know them. */
export class MarketBook {
  readonly #days = new Map<string, CalendarDay[]>();
  readonly #plans = new Map<string, SessionPlan[]>();
  readonly #hours = new Map<string, MarketHours | null>();

  constructor(days: readonly CalendarDay[], plans: readonly SessionPlan[]) {
    for (const day of days) push(this.#days, keyOf(day), day);
    for (const plan of plans) push(this.#plans, plan.segment, plan);
  }

  /** The rows of its calendar, for another thread; none where they are not known. */
  daysOf(market: { readonly exchange: string; readonly segment: string }): readonly CalendarDay[] {
    return this.#days.get(keyOf(market)) ?? [];
  }

  /** The hours of an exchange's segment; null where they are not known. */
  hoursOf(market: { readonly exchange: string; readonly segment: string }): MarketHours | null {
    const key = keyOf(market);
    let hours = this.#hours.get(key);
    if (hours === undefined) {
      const days = this.#days.get(key);
      const plans = this.#plans.get(market.segment);
      const known = days !== undefined && plans !== undefined;
      hours = known ? { calendar: new TradingCalendar(days), plans } : null;
      this.#hours.set(key, hours);
    }
    return hours;
  }
}

function keyOf({ exchange, segment }: { exchange: string; segment: string }): string {
  return `${exchange}:${segment}`;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

import type { Session, Sessions } from '../../calendar/trading-calendar.ts';
import { barCloseTime, barOpenTime, type TimeFrame } from '../../market/time-frame.ts';
import type { RuleBar } from './bar-context.ts';

/**
 * Makes the bars of a longer time frame of those of a shorter one whose bars fit into them. A longer
 * bar is over when its time is, by the sessions, whether or not its last bars came; bars outside of
 * every session belong to none.
 */
export class LongerBars {
  /** The bar under way, or the one that ended last. */
  readonly bar = {
    openTime: NaN,
    closeTime: NaN,
    open: NaN,
    high: NaN,
    low: NaN,
    close: NaN,
    volume: NaN,
  };
  /** Epoch ms at which the bar under way ends; Infinity where none is. */
  due = Infinity;
  readonly #timeFrame: TimeFrame;
  readonly #sessions: Sessions;
  #session: Session | null = null;

  constructor(timeFrame: TimeFrame, sessions: Sessions) {
    this.#timeFrame = timeFrame;
    this.#sessions = sessions;
  }

  /** Adds a closed bar of the shorter time frame; those that are due must have been ended before. */
  add({ openTime, open, high, low, close, volume }: RuleBar): void {
    const { bar } = this;
    if (this.due !== Infinity) {
      if (high > bar.high) bar.high = high;
      if (low < bar.low) bar.low = low;
      bar.close = close;
      bar.volume += volume;
      return;
    }
    const session = this.#sessionAt(openTime);
    if (session === null) return;
    bar.openTime = barOpenTime(this.#timeFrame, session, openTime);
    bar.closeTime = barCloseTime(this.#timeFrame, session, bar.openTime);
    this.due = bar.closeTime;
    bar.open = open;
    bar.high = high;
    bar.low = low;
    bar.close = close;
    bar.volume = volume;
  }

  /** Ends the bar under way. */
  end(): void {
    this.due = Infinity;
  }

  #sessionAt(time: number): Session | null {
    const session = this.#session;
    if (session !== null && time >= session.open && time < session.close) return session;
    this.#session = this.#sessions.sessionAt(time);
    return this.#session;
  }
}

import { minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { Session, TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { BarBuilder } from '@nandax/core/market/bar-builder.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import { timeFrames, type TimeFrame } from '@nandax/core/market/time-frame.ts';

/** Something that is due at one instant of market time, in the order in which it is to be done. */
export type MarketMoment =
  /** Bars closed: which instruments have one, per time frame. */
  | {
      readonly kind: 'BARS_CLOSED';
      readonly time: number;
      readonly closed: ReadonlyMap<TimeFrame, ReadonlySet<number>>;
    }
  /** Positions may have to leave; told every minute from the first time of the day to the close. */
  | { readonly kind: 'SQUARE_OFF'; readonly time: number }
  /** Continuous trading of a day has ended. */
  | { readonly kind: 'SESSION_CLOSED'; readonly time: number; readonly session: Session }
  /** The market was open on a day of which the feed has no tick; told with the next day that has. */
  | { readonly kind: 'SESSION_WITHOUT_TICKS'; readonly time: number; readonly session: Session };

/**
 * The market clock of a feed: ticks and time go in, what is due comes out. It closes bars of every
 * time frame by the clock, so that a run of any time frame can start at any minute.
 */
export class MarketClock {
  readonly #calendar: TradingCalendar;
  readonly #squareOffOf: (session: Session) => number;
  readonly #builders: readonly BarBuilder[];
  readonly #latest: number[] = [];
  #closed = new Map<number, Map<TimeFrame, Set<number>>>();
  #session: Session | null = null;
  #nextSquareOff = Infinity;
  #lastClose: number | null = null;

  /** `squareOffOf` says when (epoch ms) positions may have to leave a session for the first time. */
  constructor(
    calendar: TradingCalendar,
    instrumentCount: number,
    squareOffOf: (session: Session) => number = ({ squareOff }) => squareOff,
  ) {
    this.#calendar = calendar;
    this.#squareOffOf = squareOffOf;
    this.#builders = timeFrames.map(
      (timeFrame) =>
        new BarBuilder({ timeFrame, calendar, instrumentCount }, (time, bars) => {
          const atTime = this.#closed.get(time) ?? new Map<TimeFrame, Set<number>>();
          atTime.set(timeFrame, new Set(bars.map(({ instrument }) => instrument)));
          this.#closed.set(time, atTime);
        }),
    );
  }

  /** Ticks thrown away because their time ran backwards. */
  get droppedTicks(): number {
    return this.#builders[0]?.dirtyInput.backward ?? 0;
  }

  /** Close (epoch ms) of the session that the clock stands in; null outside of one. */
  get sessionClose(): number | null {
    return this.#session?.close ?? null;
  }

  /**
   * Hears a tick; tell the time up to it first. False where its time runs backwards: such a tick is
   * counted and has no effect, nor may it have one elsewhere.
   */
  push({ instrument, time, price, volume }: Tick): boolean {
    for (const builder of this.#builders) builder.pushTick(instrument, time, price, volume);
    if (time < (this.#latest[instrument] ?? -Infinity)) return false;
    this.#latest[instrument] = time;
    return true;
  }

  /** Tells the time (epoch ms) and returns all that is due up to and including it, in order. */
  advanceTo(time: number): MarketMoment[] {
    const moments = this.#enterSession(time);
    for (;;) {
      const close = this.#session?.close ?? Infinity;
      const due = Math.min(this.#nextSquareOff, close);
      for (const builder of this.#builders) builder.advanceTo(Math.min(due, time));
      moments.push(...this.#takeClosed());
      if (due > time) return moments;
      if (due === this.#nextSquareOff && due < close) {
        moments.push({ kind: 'SQUARE_OFF', time: due });
        this.#nextSquareOff += minuteMs;
      } else if (this.#session !== null) {
        moments.push({ kind: 'SESSION_CLOSED', time: due, session: this.#session });
        this.#session = null;
        this.#lastClose = due;
        this.#nextSquareOff = Infinity;
        moments.push(...this.#enterSession(time));
      }
    }
  }

  /** Returns the sessions that went by without a tick since the last one. */
  #enterSession(time: number): MarketMoment[] {
    if (this.#session !== null) return [];
    this.#session = this.#calendar.sessionAt(time);
    if (this.#session === null) return [];
    this.#nextSquareOff = this.#squareOffOf(this.#session);
    const { open } = this.#session;
    return this.#calendar
      .statedSessions(this.#lastClose ?? open, open)
      .map((session) => ({ kind: 'SESSION_WITHOUT_TICKS', time: session.close, session }));
  }

  #takeClosed(): MarketMoment[] {
    if (this.#closed.size === 0) return [];
    const moments = [...this.#closed]
      .sort(([a], [b]) => a - b)
      .map(([time, closed]): MarketMoment => ({ kind: 'BARS_CLOSED', time, closed }));
    this.#closed = new Map();
    return moments;
  }
}

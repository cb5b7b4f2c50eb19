import { minuteMs } from '../calendar/exchange-time.ts';
import type { Session, TradingCalendar } from '../calendar/trading-calendar.ts';
import type { ClosedBar } from './closed-bar.ts';
import { FormingBars } from './forming-bars.ts';
import { barCloseTime, barOpenTime, type TimeFrame } from './time-frame.ts';

/**
 * Hears of the bars of all instruments that ended at `closeTime`, in the order of the instrument
 * list, once for each such time. List and bars are the builder's own and valid during the call only.
 */
export type BarsClosed = (closeTime: number, bars: readonly ClosedBar[]) => void;

/** What a builder is made for. */
export interface BarBuilderOptions {
  readonly timeFrame: TimeFrame;
  /** The calendar of the market that all the instruments trade in. */
  readonly calendar: TradingCalendar;
  readonly instrumentCount: number;
}

/** Input that a builder did not use, or not as it stood. */
export interface DirtyInputCounts {
  /** Dropped: earlier than what the instrument already had, or than a minute already closed. */
  backward: number;
  /** Dropped: before the session's open or from its close on. */
  outsideSession: number;
  /** Dropped: the price was not above zero. */
  badPrice: number;
  /** Kept with a traded volume of 0: the day's volume stood below an earlier one. */
  fallingVolume: number;
}

/**
 * Turns ticks or minute candles of one market into the bars of one time frame: the one builder
 * behind live feeds, replays and backtests.
 *
 * Ticks make minutes, minutes make bars, so that ticks and the minute candles made of them give the
 * same bars. A bar closes when the clock (`advanceTo`) or any tick or candle passes its end,
 * whichever is first; it never waits for its last minute. A bar without a price is not made. A bar
 * with a part of unknown volume has unknown volume (NaN).
 */
export class BarBuilder {
  /** Counts of the dirty input seen so far. */
  readonly dirtyInput: DirtyInputCounts = {
    backward: 0,
    outsideSession: 0,
    badPrice: 0,
    fallingVolume: 0,
  };

  readonly #timeFrame: TimeFrame;
  readonly #calendar: TradingCalendar;
  readonly #onClosed: BarsClosed;

  readonly #minute: FormingBars;
  readonly #bar: FormingBars;
  #barClose = Infinity;

  readonly #latest: Float64Array;
  readonly #dayVolume: Float64Array;
  readonly #dayVolumeSession: Float64Array;

  #session: Session | null = null;
  /** All minutes before this instant are closed; ticks gather in the minute that opens here. */
  #closedUntil = -Infinity;
  #firstHeard = Infinity;

  constructor(options: BarBuilderOptions, onClosed: BarsClosed) {
    const { timeFrame, calendar, instrumentCount } = options;
    this.#timeFrame = timeFrame;
    this.#calendar = calendar;
    this.#onClosed = onClosed;
    this.#minute = new FormingBars(instrumentCount);
    this.#bar = new FormingBars(instrumentCount);
    this.#latest = new Float64Array(instrumentCount).fill(-Infinity);
    this.#dayVolume = new Float64Array(instrumentCount);
    this.#dayVolumeSession = new Float64Array(instrumentCount).fill(NaN);
  }

  /** Adds a tick; fields as in `Tick`. */
  pushTick(instrument: number, time: number, price: number, dayVolume: number | null): void {
    if (!(price > 0 && price < Infinity)) {
      this.dirtyInput.badPrice += 1;
      return;
    }
    if (time < this.#firstHeard) this.#firstHeard = time;
    const session = this.#sessionAt(time);
    if (session === null) {
      this.dirtyInput.outsideSession += 1;
      return;
    }
    if (time < this.#closedUntil || time < (this.#latest[instrument] ?? Infinity)) {
      this.dirtyInput.backward += 1;
      return;
    }
    this.advanceTo(time);
    this.#latest[instrument] = time;
    const traded = dayVolume === null ? NaN : this.#traded(instrument, session, dayVolume);
    this.#minute.add(instrument, price, price, price, price, traded);
  }

  /** Adds a whole minute candle of the minute that opens at `openTime` (epoch ms). */
  pushMinute(
    instrument: number,
    openTime: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
  ): void {
    const session = this.#sessionAt(openTime);
    if (session === null) {
      this.dirtyInput.outsideSession += 1;
      return;
    }
    if (openTime < this.#closedUntil || openTime <= (this.#latest[instrument] ?? Infinity)) {
      this.dirtyInput.backward += 1;
      return;
    }
    this.advanceTo(openTime);
    this.#latest[instrument] = openTime;
    if (this.#bar.isEmpty) this.#openBar(session, openTime);
    this.#bar.add(instrument, open, high, low, close, volume);
  }

  /** Tells the time (epoch ms): every bar that ended at or before it closes now. */
  advanceTo(time: number): void {
    if (time < this.#closedUntil + minuteMs) return;
    if (time < this.#firstHeard) this.#firstHeard = time;
    if (!this.#minute.isEmpty) this.#foldMinute();
    this.#closedUntil = Math.floor(time / minuteMs) * minuteMs;
    if (this.#closedUntil >= this.#barClose) this.#closeBar();
  }

  #foldMinute(): void {
    const session = this.#sessionAt(this.#closedUntil);
    if (session !== null && this.#bar.isEmpty) this.#openBar(session, this.#closedUntil);
    this.#minute.moveInto(this.#bar);
  }

  #openBar(session: Session, time: number): void {
    this.#bar.openTime = barOpenTime(this.#timeFrame, session, time);
    this.#barClose = barCloseTime(this.#timeFrame, session, this.#bar.openTime);
  }

  #closeBar(): void {
    const closeTime = this.#barClose;
    this.#barClose = Infinity;
    this.#onClosed(closeTime, this.#bar.take(closeTime));
  }

  /**
   * Units traded since the instrument's last tick. A day counts from zero where the builder was
   * there in the session's first minute; where it came later, the first tick only sets the mark.
   */
  #traded(instrument: number, session: Session, dayVolume: number): number {
    if (this.#dayVolumeSession[instrument] !== session.open) {
      this.#dayVolumeSession[instrument] = session.open;
      this.#dayVolume[instrument] = this.#firstHeard < session.open + minuteMs ? 0 : dayVolume;
    }
    const traded = dayVolume - (this.#dayVolume[instrument] ?? 0);
    if (traded < 0) {
      this.dirtyInput.fallingVolume += 1;
      return 0;
    }
    this.#dayVolume[instrument] = dayVolume;
    return traded;
  }

  #sessionAt(time: number): Session | null {
    const session = this.#session;
    if (session !== null && time >= session.open && time < session.close) return session;
    const found = this.#calendar.sessionAt(time);
    if (found !== null) this.#session = found;
    return found;
  }
}

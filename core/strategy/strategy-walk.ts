import { dayNumberOf, instantOf, minuteMs, minuteOfDay } from '../calendar/exchange-time.ts';
import { squareOffIn, type Session, type TradingCalendar } from '../calendar/trading-calendar.ts';
import { BarBuilder, type DirtyInputCounts } from '../market/bar-builder.ts';
import type { ClosedBar } from '../market/closed-bar.ts';
import type { CompiledStrategy } from './compile-strategy.ts';
import { BarHistory } from './decide/bar-history.ts';
import { needsHistory, type DecisionBar } from './decide-signals.ts';
import type { RuleEvaluator } from './evaluate/rule-evaluator.ts';
import type { RuleInput, RuleReading } from './evaluate/rule-reading.ts';
import type { StrategyDocument } from './strategy-document.ts';

/** What a walk is made for. */
export interface StrategyWalkOptions {
  readonly strategy: CompiledStrategy;
  readonly calendar: TradingCalendar;
  /**
   * Calendars of the own segments of what is traded, in order, by which it may have to leave earlier;
   * null or left out: `calendar` alone rules.
   */
  readonly ownCalendars?: readonly (TradingCalendar | null)[];
  /**
   * How many instruments the strategy decides on. Their indexes are its order; after them come the
   * pair's other leg, where there is one, and the strategy's `references`, in their order.
   */
  readonly instrumentCount: number;
}

/** A bar as a walk tells of it: it changes with the next one. */
export interface HeardBar extends DecisionBar {
  /** The same bar, which later ones do not change. */
  copy(): DecisionBar;
}

/** The moments at which a strategy may act, told in the order of market time. */
export interface StrategyMoments {
  /**
   * Bars closed at `time` (epoch ms), of every instrument that has one, in the strategy's order.
   * The list is the walk's own and valid during the call only.
   */
  barsClosed(time: number, bars: readonly HeardBar[]): void;
  /**
   * Intraday positions are to leave, those of which `isSquareOffDue` says so: told at the first
   * square-off time of the day among the instruments and at every minute after it while the session
   * lasts, since an order then may still open or leave a position. Never told to a strategy of
   * delivered positions.
   */
  squareOffDue(time: number): void;
}

/**
 * When (epoch ms) an intraday strategy leaves its positions in a session: the earliest of its own
 * time, the market's and that of the calendar `own` of the instrument's segment.
 */
export function squareOffOf(
  { session: { squareOffAt } }: StrategyDocument,
  session: Session,
  own: TradingCalendar | null = null,
): number {
  const wanted =
    squareOffAt === null ? Infinity : instantOf(dayNumberOf(session.open), squareOffAt);
  return Math.max(session.open, Math.min(squareOffIn(session, own), wanted));
}

/**
 * A strategy's way through market time: minute candles and a clock go in, and the moments at which
 * it decides come out, with its rules already worked out. Backtest and agent walk the same way, so
 * they decide at the same moments on the same bars.
 */
export class StrategyWalk {
  readonly #moments: StrategyMoments;
  readonly #strategy: CompiledStrategy;
  readonly #calendar: TradingCalendar;
  /** Of everything that is traded. */
  readonly #ownCalendars: readonly (TradingCalendar | null)[];
  readonly #isIntraday: boolean;
  readonly #builder: BarBuilder;
  readonly #evaluators: readonly RuleEvaluator[];
  readonly #bars: readonly WalkedBar[];
  readonly #firstReference: number;
  /** Latest close of every instrument that is traded, rupees. */
  readonly #closes: Float64Array;
  /** The next moment of squaring off; NaN until the first time is known. */
  #squareOff = NaN;

  constructor(options: StrategyWalkOptions, moments: StrategyMoments) {
    const { strategy, calendar, ownCalendars = [], instrumentCount } = options;
    this.#moments = moments;
    this.#strategy = strategy;
    this.#calendar = calendar;
    this.#isIntraday = strategy.document.product === 'MIS';
    this.#evaluators = Array.from({ length: instrumentCount }, () => strategy.evaluator(calendar));
    this.#bars = this.#evaluators.map(
      ({ reading }, instrument) => new WalkedBar(instrument, reading, needsHistory(strategy)),
    );
    this.#firstReference = instrumentCount + (strategy.terms.pairRatio === null ? 0 : 1);
    this.#ownCalendars = Array.from(
      { length: this.#firstReference },
      (_, instrument) => ownCalendars[instrument] ?? null,
    );
    this.#closes = new Float64Array(this.#firstReference).fill(NaN);
    const heard = this.#firstReference + strategy.references.length;
    this.#builder = new BarBuilder(
      { timeFrame: strategy.timeFrame, calendar, instrumentCount: heard },
      (time, bars) => this.#barsClosed(time, bars),
    );
  }

  /** Counts of the candles that were not used. */
  get dirtyInput(): Readonly<DirtyInputCounts> {
    return this.#builder.dirtyInput;
  }

  /** What the rules read of the instrument on its latest closed bar. */
  inputs(instrument: number): readonly RuleInput[] {
    return this.#bar(instrument).reading.inputs();
  }

  /** Close of the latest bar of a traded instrument, rupees; NaN: it had none yet. */
  lastClose(instrument: number): number {
    return this.#closes[instrument] ?? NaN;
  }

  /** Takes a finished minute candle; fields as in `CandleColumns`. */
  pushMinute(
    instrument: number,
    openTime: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
  ): void {
    this.advanceTo(openTime);
    this.#builder.pushMinute(instrument, openTime, open, high, low, close, volume);
  }

  /** Tells the time (epoch ms): every moment up to and including it happens now. */
  advanceTo(time: number): void {
    if (this.#isIntraday) this.#squareOffUpTo(time);
    this.#builder.advanceTo(time);
  }

  /** Whether an intraday position in something that is traded is to leave at `time` (epoch ms). */
  isSquareOffDue(instrument: number, time: number): boolean {
    const { session } = this.#calendar.dayAt(time);
    const own = this.#ownCalendars[instrument] ?? null;
    return session === null || time >= this.#squareOffIn(session, own);
  }

  #squareOffIn(session: Session, own: TradingCalendar | null): number {
    return squareOffOf(this.#strategy.document, session, own);
  }

  #squareOffUpTo(time: number): void {
    if (Number.isNaN(this.#squareOff)) this.#squareOff = this.#squareOffFrom(time);
    while (this.#squareOff <= time) {
      const due = this.#squareOff;
      // Rules are heard before the square-off of the same minute.
      this.#builder.advanceTo(due);
      this.#moments.squareOffDue(due);
      this.#squareOff = this.#squareOffFrom(due + minuteMs);
    }
  }

  /** The first moment of squaring off at or after `time`. */
  #squareOffFrom(time: number): number {
    const session = this.#calendar.nextSession(time);
    if (session === null) return Infinity;
    const due = this.#ownCalendars.map((own) => this.#squareOffIn(session, own));
    return Math.max(Math.min(...due), Math.ceil(time / minuteMs) * minuteMs);
  }

  #barsClosed(time: number, bars: readonly ClosedBar[]): void {
    for (const bar of bars) this.#hear(bar);
    for (const evaluator of this.#evaluators) evaluator.settle(time);
    // Most bars close together in all instruments, and then nothing is allocated.
    const isComplete =
      bars.length >= this.#bars.length &&
      bars[this.#bars.length - 1]?.instrument === this.#bars.length - 1;
    const closed = isComplete ? this.#bars : this.#decidingBars(bars);
    for (const bar of closed) bar.entriesOpen = this.#entriesOpen(bar.instrument, time);
    if (closed.length > 0) this.#moments.barsClosed(time, closed);
  }

  #decidingBars(bars: readonly ClosedBar[]): readonly WalkedBar[] {
    return bars.flatMap(({ instrument }) => this.#bars[instrument] ?? []);
  }

  #hear(bar: ClosedBar): void {
    const { instrument } = bar;
    if (instrument >= this.#firstReference) {
      const source = instrument - this.#firstReference + 1;
      for (const evaluator of this.#evaluators) evaluator.hear(source, bar);
      return;
    }
    this.#closes[instrument] = bar.close;
    // A pair's other leg is traded by the rules of the first.
    this.#evaluators[instrument]?.hear(0, bar);
    this.#bars[instrument]?.take(bar);
  }

  #bar(instrument: number): WalkedBar {
    const bar = this.#bars[instrument];
    if (bar === undefined) throw new RangeError(`no instrument ${instrument}`);
    return bar;
  }

  #entriesOpen(instrument: number, time: number): boolean {
    const { session: rules } = this.#strategy.document;
    const minute = minuteOfDay(time);
    if (rules.noEntryBefore !== null && minute < rules.noEntryBefore) return false;
    if (rules.noEntryAfter !== null && minute > rules.noEntryAfter) return false;
    if (!this.#isIntraday) return true;
    // A pair is entered as long as both of its legs may be held.
    const leg = this.#strategy.terms.pairRatio === null ? instrument : this.#firstReference - 1;
    return !this.isSquareOffDue(instrument, time) && !this.isSquareOffDue(leg, time);
  }
}

/** The latest bar of an instrument that the strategy decides on, in place. */
class WalkedBar implements HeardBar {
  readonly instrument: number;
  readonly reading: RuleReading;
  readonly since: DecisionBar['since'];
  close = NaN;
  entriesOpen = true;
  readonly #history: BarHistory | null;

  constructor(instrument: number, reading: RuleReading, keepsHistory: boolean) {
    this.instrument = instrument;
    this.reading = reading;
    const history = keepsHistory ? new BarHistory() : null;
    this.#history = history;
    this.since = history === null ? null : (time) => history.since(time, history.length);
  }

  take(bar: ClosedBar): void {
    this.close = bar.close;
    this.#history?.add(bar.closeTime, bar.high, bar.low);
  }

  copy(): DecisionBar {
    const { instrument, close, entriesOpen } = this;
    const history = this.#history;
    const length = history?.length ?? 0;
    return {
      instrument,
      close,
      entriesOpen,
      reading: this.reading.copy(),
      since: history === null ? null : (time) => history.since(time, length),
    };
  }
}

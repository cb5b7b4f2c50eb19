import { minuteMs } from '../calendar/exchange-time.ts';
import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import { BarBuilder, type DirtyInputCounts } from '../market/bar-builder.ts';
import type { ClosedBar } from '../market/closed-bar.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import type {
  CompiledStrategy,
  RuleEvaluator,
  RuleInput,
  RuleOutcome,
} from './compile-strategy.ts';
import type { DecisionBar } from './decide-signals.ts';

/** What a walk is made for. */
export interface StrategyWalkOptions {
  readonly strategy: CompiledStrategy;
  readonly timeFrame: TimeFrame;
  readonly calendar: TradingCalendar;
  /** How many instruments the strategy trades; their indexes are its order. */
  readonly instrumentCount: number;
}

/** The moments at which a strategy may act, told in the order of market time. */
export interface StrategyMoments {
  /**
   * Bars closed at `time` (epoch ms), of every instrument that has one, in the strategy's order.
   * `entriesOpen` is false for an intraday strategy from the day's square-off time on. The list is
   * the walk's own and valid during the call only.
   */
  barsClosed(time: number, bars: readonly DecisionBar[], entriesOpen: boolean): void;
  /**
   * Intraday positions are to leave: told at the day's square-off time and at every minute after
   * it while the session lasts, since an order then may still open or leave a position. Never told
   * to a strategy of delivered positions.
   */
  squareOffDue(time: number): void;
}

/**
 * A strategy's way through market time: minute candles and a clock go in, and the moments at which
 * it decides come out, with its rules already worked out. Backtest and agent walk the same way, so
 * they decide at the same moments on the same bars.
 */
export class StrategyWalk {
  readonly #moments: StrategyMoments;
  readonly #calendar: TradingCalendar;
  readonly #isIntraday: boolean;
  readonly #builder: BarBuilder;
  readonly #evaluators: readonly RuleEvaluator[];
  readonly #bars: readonly OwnedDecisionBar[];
  /** The next moment of squaring off; NaN until the first time is known. */
  #squareOff = NaN;

  constructor(options: StrategyWalkOptions, moments: StrategyMoments) {
    const { strategy, timeFrame, calendar, instrumentCount } = options;
    this.#moments = moments;
    this.#calendar = calendar;
    this.#isIntraday = strategy.document.product === 'MIS';
    this.#evaluators = Array.from({ length: instrumentCount }, () => strategy.evaluator());
    this.#bars = Array.from({ length: instrumentCount }, (_, instrument) => ({
      instrument,
      close: NaN,
      outcome: noOutcome,
    }));
    this.#builder = new BarBuilder({ timeFrame, calendar, instrumentCount }, (time, bars) =>
      this.#barsClosed(time, bars),
    );
  }

  /** Counts of the candles that were not used. */
  get dirtyInput(): Readonly<DirtyInputCounts> {
    return this.#builder.dirtyInput;
  }

  /** What the rules read of the instrument on its latest closed bar. */
  inputs(instrument: number): readonly RuleInput[] {
    return this.#evaluator(instrument).inputs();
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
    return Math.max(session.squareOff, Math.ceil(time / minuteMs) * minuteMs);
  }

  #barsClosed(time: number, bars: readonly ClosedBar[]): void {
    // Most bars close together in all instruments, and then nothing is allocated.
    const isComplete = bars.length === this.#bars.length;
    const closed = isComplete ? this.#bars : bars.map(({ instrument }) => this.#bar(instrument));
    for (const bar of bars) {
      const decisionBar = this.#bar(bar.instrument);
      decisionBar.close = bar.close;
      decisionBar.outcome = this.#evaluator(bar.instrument).next(bar);
    }
    this.#moments.barsClosed(time, closed, this.#entriesOpen(time));
  }

  #bar(instrument: number): OwnedDecisionBar {
    const bar = this.#bars[instrument];
    if (bar === undefined) throw new RangeError(`no instrument ${instrument}`);
    return bar;
  }

  #evaluator(instrument: number): RuleEvaluator {
    const evaluator = this.#evaluators[instrument];
    if (evaluator === undefined) throw new RangeError(`no instrument ${instrument}`);
    return evaluator;
  }

  #entriesOpen(time: number): boolean {
    if (!this.#isIntraday) return true;
    const { session } = this.#calendar.dayAt(time);
    return session !== null && time < session.squareOff;
  }
}

type OwnedDecisionBar = { -readonly [K in keyof DecisionBar]: DecisionBar[K] };

const noOutcome: RuleOutcome = {
  longEntry: false,
  longExit: false,
  shortEntry: false,
  shortExit: false,
};

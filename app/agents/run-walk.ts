import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { CandleMerge } from '@nandax/core/market/candle-merge.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { CompiledStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import type { DecisionBar } from '@nandax/core/strategy/decide-signals.ts';
import type { RuleInput } from '@nandax/core/strategy/evaluate/rule-reading.ts';
import { StrategyWalk, type HeardBar } from '@nandax/core/strategy/strategy-walk.ts';

/** What a run sees on the bars that closed at one time. */
export interface BarView {
  readonly bars: readonly DecisionBar[];
  /** What the rules read, per instrument that they decide on. */
  readonly inputs: readonly (readonly RuleInput[])[];
  /** Latest close of everything that is traded, rupees; NaN: no bar yet. */
  readonly lastCloses: readonly number[];
}

/** What a walk goes over; the market's history does not change under a run. */
export interface RunMarket {
  readonly strategy: CompiledStrategy;
  readonly calendar: TradingCalendar;
  /** As `StrategyWalkOptions` has them. */
  readonly ownCalendars: readonly (TradingCalendar | null)[];
  /** How many instruments the strategy decides on, and how many it trades: with a pair, one more. */
  readonly decidedCount: number;
  readonly tradedCount: number;
  /** Minute candles of what is traded, and after them of what the rules read beside it. */
  readonly candles: readonly CandleColumns[];
}

/**
 * A run's rules carried along the market's history. It is a pure function of that history, so
 * nothing of it is stored: a worker that comes new to a run walks from the beginning and sees what
 * the one before it saw. Asking for bar after bar costs only the minutes in between.
 */
export class RunWalk {
  readonly #market: RunMarket;
  #walk!: StrategyWalk;
  #merge!: CandleMerge;
  /** Whether the merge stands on a minute that was not walked yet. */
  #pending = false;
  #walkedTo = -Infinity;
  #wanted = NaN;
  #view: BarView | null = null;

  constructor(market: RunMarket) {
    this.#market = market;
    this.#begin();
  }

  /** The bars that closed at `barTime` (epoch ms); null where no bar of the strategy closes then. */
  at(barTime: number): BarView | null {
    // A job that is repeated late asks for a bar behind us.
    if (barTime <= this.#walkedTo) this.#begin();
    this.#wanted = barTime;
    this.#view = null;
    while (this.#pending && this.#merge.time < barTime) {
      this.#pushMinute();
      this.#pending = this.#merge.next();
    }
    this.#walk.advanceTo(barTime);
    this.#walkedTo = barTime;
    return this.#view;
  }

  /** Whether an intraday position in something that is traded is to leave at `time` (epoch ms). */
  isSquareOffDue(instrument: number, time: number): boolean {
    return this.#walk.isSquareOffDue(instrument, time);
  }

  #begin(): void {
    const { strategy, calendar, ownCalendars, decidedCount, candles } = this.#market;
    this.#walk = new StrategyWalk(
      { strategy, calendar, ownCalendars, instrumentCount: decidedCount },
      {
        barsClosed: (time, bars) => {
          if (time === this.#wanted) this.#see(bars);
        },
        // The feed's owner watches the clock; a run is asked to square off by a job of its own.
        squareOffDue: () => undefined,
      },
    );
    this.#merge = new CandleMerge(candles);
    this.#pending = this.#merge.next();
    this.#walkedTo = -Infinity;
  }

  #see(bars: readonly HeardBar[]): void {
    const { decidedCount, tradedCount } = this.#market;
    this.#view = {
      bars: bars.map((bar) => bar.copy()),
      inputs: Array.from({ length: decidedCount }, (_, instrument) =>
        this.#walk.inputs(instrument),
      ),
      lastCloses: Array.from({ length: tradedCount }, (_, instrument) =>
        this.#walk.lastClose(instrument),
      ),
    };
  }

  #pushMinute(): void {
    const { time, rows } = this.#merge;
    for (const [instrument, columns] of this.#market.candles.entries()) {
      const row = rows[instrument] ?? -1;
      if (row === -1) continue;
      this.#walk.pushMinute(
        instrument,
        time,
        columns.open[row] ?? NaN,
        columns.high[row] ?? NaN,
        columns.low[row] ?? NaN,
        columns.close[row] ?? NaN,
        columns.volume[row] ?? NaN,
      );
    }
  }
}

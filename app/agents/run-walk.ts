import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { CandleMerge } from '@nandax/core/market/candle-merge.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { CompiledStrategy, RuleInput } from '@nandax/core/strategy/compile-strategy.ts';
import type { DecisionBar } from '@nandax/core/strategy/decide-signals.ts';
import { StrategyWalk } from '@nandax/core/strategy/strategy-walk.ts';

/** What a run sees on the bars that closed at one time. */
export interface BarView {
  readonly bars: readonly DecisionBar[];
  readonly entriesOpen: boolean;
  /** What the rules read, per instrument of the strategy. */
  readonly inputs: readonly (readonly RuleInput[])[];
}

/** What a walk goes over; the market's history does not change under a run. */
export interface RunMarket {
  readonly strategy: CompiledStrategy;
  readonly timeFrame: TimeFrame;
  readonly calendar: TradingCalendar;
  /** Minute candles per instrument, in the strategy's order. */
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

  #begin(): void {
    const { strategy, timeFrame, calendar, candles } = this.#market;
    const instrumentCount = candles.length;
    this.#walk = new StrategyWalk(
      { strategy, timeFrame, calendar, instrumentCount },
      {
        barsClosed: (time, bars, entriesOpen) => {
          if (time === this.#wanted) this.#see(bars, entriesOpen);
        },
        // The feed's owner watches the clock; a run is asked to square off by a job of its own.
        squareOffDue: () => undefined,
      },
    );
    this.#merge = new CandleMerge(candles);
    this.#pending = this.#merge.next();
    this.#walkedTo = -Infinity;
  }

  #see(bars: readonly DecisionBar[], entriesOpen: boolean): void {
    this.#view = {
      bars: bars.map((bar) => ({ ...bar })),
      entriesOpen,
      inputs: this.#market.candles.map((_, instrument) => this.#walk.inputs(instrument)),
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

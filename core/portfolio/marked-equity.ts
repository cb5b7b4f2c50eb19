import { minuteMs } from '../calendar/exchange-time.ts';
import type { Session, TradingCalendar } from '../calendar/trading-calendar.ts';
import { BarBuilder } from '../market/bar-builder.ts';
import { CandleMerge } from '../market/candle-merge.ts';
import type { CandleColumns } from '../market/candles.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import { EquityCurve, type EquityColumns } from './equity-curve.ts';

/** An execution, as far as equity is concerned. */
export interface MarkedFill {
  /** Index in the list of candles. */
  readonly instrument: number;
  /** Units, positive when bought. */
  readonly signedQuantity: number;
  /** Rupees a unit. */
  readonly price: number;
  /** Epoch ms. */
  readonly time: number;
  /** Rupees accrued with it. */
  readonly charges: number;
}

/** What an equity curve is made of. */
export interface MarkedEquityInput {
  /** Rupees. */
  readonly initialCapital: number;
  /** In the order of time. */
  readonly fills: readonly MarkedFill[];
  /** Total of the contract notes of an exchange day (`YYYY-MM-DD`) in rupees. */
  readonly notedOn: (date: string) => number;
  /** Minute candles per instrument, from the beginning of the run on. */
  readonly candles: readonly CandleColumns[];
  /** How many times its price one of quantity is worth, per instrument. */
  readonly multipliers: readonly number[];
  readonly calendar: TradingCalendar;
  /** A point is written at every bar of this length. */
  readonly timeFrame: TimeFrame;
  /** Epoch ms of market time up to which the run has come. */
  readonly until: number;
}

/**
 * The equity of a run from its fills and the market: a point at every bar time and at the close of
 * every session, where the day's contract notes take the place of what had accrued. It is the curve
 * that the backtest engine writes for the same fills, so that a run on paper and a backtest can be
 * laid over each other.
 */
export function markedEquity(input: MarkedEquityInput): EquityColumns {
  return new Marking(input).run();
}

class Marking {
  readonly #input: MarkedEquityInput;
  readonly #curve: EquityCurve;
  readonly #builder: BarBuilder;
  #nextFill = 0;
  #accrued = 0;
  #session: Session | null = null;

  constructor(input: MarkedEquityInput) {
    const { initialCapital, candles, multipliers, calendar, timeFrame } = input;
    this.#input = input;
    this.#curve = new EquityCurve(initialCapital, multipliers);
    this.#builder = new BarBuilder(
      { timeFrame, calendar, instrumentCount: candles.length },
      (time) => this.#curve.record(time),
    );
  }

  run(): EquityColumns {
    const { candles, calendar, until } = this.#input;
    const merge = new CandleMerge(candles);
    while (merge.next() && merge.time < until) {
      const session = calendar.sessionAt(merge.time);
      if (session === null) continue;
      if (this.#session !== null && this.#session.open !== session.open) this.#close(this.#session);
      this.#session = session;
      this.#minute(merge);
    }
    this.#applyFills(Infinity);
    if (this.#session === null) return this.#curve.columns();
    if (until >= this.#session.close) {
      this.#close(this.#session);
    } else {
      this.#builder.advanceTo(until);
      this.#curve.record(until);
    }
    return this.#curve.columns();
  }

  #minute({ time, rows }: CandleMerge): void {
    this.#builder.advanceTo(time);
    this.#applyFills(time + minuteMs);
    for (const [index, candles] of this.#input.candles.entries()) {
      const row = rows[index] ?? -1;
      if (row === -1) continue;
      const close = candles.close[row] ?? NaN;
      this.#builder.pushMinute(index, time, close, close, close, close, NaN);
      this.#curve.mark(index, close);
    }
    this.#builder.advanceTo(time + minuteMs);
  }

  #applyFills(before: number): void {
    const { fills } = this.#input;
    for (let fill = fills[this.#nextFill]; fill !== undefined && fill.time < before;) {
      this.#curve.fill(fill.instrument, fill.signedQuantity, fill.price);
      this.#curve.charge(fill.charges);
      this.#accrued += fill.charges;
      this.#nextFill += 1;
      fill = fills[this.#nextFill];
    }
  }

  #close(session: Session): void {
    this.#builder.advanceTo(session.close);
    this.#curve.charge(this.#input.notedOn(session.date) - this.#accrued);
    this.#accrued = 0;
    this.#curve.record(session.close);
  }
}

import { dayNumberOf, minuteMs } from '../calendar/exchange-time.ts';
import type { Tick } from '../market/tick.ts';
import type { PrintDetails, PrintKind } from './print.ts';

/** What a feed's ticks are made of: trades as they happened, or candles taken apart. */
export type TickOrigin = 'TICKS' | 'CANDLES';

interface LastTick {
  time: number;
  price: number;
  /** Rupees of the last tick of the day before; NaN where it was not heard. */
  previousClose: number;
  /** Cumulative units of the day by the last count that was known. */
  volume: number;
}

/**
 * Reads the ticks of a feed as prints: what kind each is, and how much traded with it. The first tick
 * of an exchange day opens it; of candles taken apart by `pathOfCandle`, each minute's first opens its
 * bar and the others are moves. The volume is what the day's count grew by since the last one that was
 * known; a count that fell is 0, an unknown one is unknown.
 */
export class PrintReader {
  readonly #last = new Map<number, LastTick>();

  /** `closes`: rupees at which each instrument closed before the first day; NaN or none: not known. */
  constructor(
    private readonly origin: TickOrigin,
    private readonly closes: readonly number[] = [],
  ) {}

  /** Rupees at which the instrument closed on the day before that of its last tick; NaN: not known. */
  previousClose(instrument: number): number {
    return this.#last.get(instrument)?.previousClose ?? this.closes[instrument] ?? NaN;
  }

  /** Time (epoch ms) of the instrument's last tick; -Infinity before the first. */
  lastTime(instrument: number): number {
    return this.#last.get(instrument)?.time ?? -Infinity;
  }

  /** Rupees of the instrument's last tick; NaN before the first. */
  lastPrice(instrument: number): number {
    return this.#last.get(instrument)?.price ?? NaN;
  }

  /** Takes the next tick. */
  read({ instrument, time, price, volume }: Tick): PrintDetails {
    const last = this.#last.get(instrument);
    const opens = last === undefined || dayNumberOf(time) !== dayNumberOf(last.time);
    const before = opens ? 0 : last.volume;
    const previousClose = opens
      ? (last?.price ?? this.closes[instrument] ?? NaN)
      : last.previousClose;
    this.#last.set(instrument, { time, price, previousClose, volume: volume ?? before });
    return {
      kind: this.#kindOf(time, opens),
      volume: volume === null ? NaN : Math.max(volume - before, 0),
    };
  }

  #kindOf(time: number, opens: boolean): PrintKind {
    if (opens) return 'OPEN';
    if (this.origin === 'TICKS') return 'TICK';
    return time % minuteMs === 0 ? 'OPEN' : 'MOVE';
  }
}

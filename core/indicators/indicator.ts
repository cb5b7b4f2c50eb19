/** What an indicator can be fed, one value of each a bar. */
export type IndicatorInput =
  /** The series that the rule names as first argument; NaN is a gap. */
  | 'series'
  /** Prices of the bar in rupees. */
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  /** Units traded within the bar, NaN where unknown. */
  | 'volume'
  /** Number of the exchange day (Asia/Kolkata) on which the bar opens; days count from 1970-01-01. */
  | 'day';

/** A setting of an indicator, such as its period. */
export interface IndicatorParameter {
  readonly name: string;
  /** Taken where a rule leaves the argument out. */
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Whether only whole numbers are accepted. */
  readonly whole: boolean;
}

/** An indicator that is fed one bar after the other. It allocates nothing while it is fed. */
export interface IndicatorStream {
  /** One value for each output of the definition, NaN while it has none. */
  readonly outputs: Float64Array;
  /** Takes the values of the next bar, in the order of the definition's inputs. */
  next(inputs: Float64Array): void;
}

/** An indicator as the language, the documentation and the engine know it. */
export interface IndicatorDefinition {
  /** As rules write it, e.g. `rsi`. */
  readonly name: string;
  /** As people say it, e.g. "Relative strength index". */
  readonly title: string;
  /** What it says, its unit and bounds, its formula, seeding, and the source of them. */
  readonly description: string;
  /** In the order in which `next` is fed and `batch` takes columns. */
  readonly inputs: readonly IndicatorInput[];
  /** In the order in which rules write them after the series, if there is one. */
  readonly parameters: readonly IndicatorParameter[];
  /** Names of what it gives; rules mean the first where they name none. */
  readonly outputs: readonly string[];
  /** Whether its one output is 1 (true) or 0 (false), so that rules read it as a condition. */
  readonly isCondition: boolean;
  /** Work a bar: constant, or growing with the period. */
  readonly cost: 'O(1)' | 'O(log period)' | 'O(period)';
  /** A sentence where settings depend on each other (fast below slow) and do not fit; else null. */
  refuses(settings: readonly number[]): string | null;
  /** How many bars have no value of output `output` at the start of a series without gaps. */
  warmUp(settings: readonly number[], output: number): number;
  /** A fresh stream. `settings` are checked by the caller. */
  stream(settings: readonly number[]): IndicatorStream;
  /** All outputs over whole columns of equal length, equal to what the stream gives bar by bar. */
  batch(settings: readonly number[], inputs: readonly Float64Array[]): readonly Float64Array[];
}

import type { TimeFrame } from '../market/time-frame.ts';
import type { StrategyProduct } from './strategy-product.ts';

/** What a rule can read of a bar: prices in rupees, volume in units. */
export const barFields = ['open', 'high', 'low', 'close', 'volume'] as const;
/** Name of a value of a bar. */
export type BarField = (typeof barFields)[number];

/**
 * What a rule can read of the moment at which a bar closed, in exchange time: `time` in minutes of
 * the day, `day_of_week` 1 (Monday) to 7, `minutes_to_close` of the session.
 */
export const momentFields = ['time', 'day_of_week', 'minutes_to_close'] as const;
/** Name of a value of the moment. */
export type MomentField = (typeof momentFields)[number];

/**
 * What a rule can read of the position held in the bar's instrument; without a value while flat:
 * `bars_held` since the bar in which it was opened, `entry_price` its average in rupees,
 * `unrealised_pnl_percent` of the entry value at the bar's close, `position_quantity` in units,
 * below zero when short.
 */
export const positionFields = [
  'bars_held',
  'entry_price',
  'unrealised_pnl_percent',
  'position_quantity',
] as const;
/** Name of a value of the position. */
export type PositionField = (typeof positionFields)[number];

/** Arithmetic over two numbers. */
export const arithmeticOperators = ['+', '-', '*', '/'] as const;
/** One of `+ - * /`. */
export type ArithmeticOperator = (typeof arithmeticOperators)[number];

/** Comparisons of two numbers; the crossings also look at the bar before. */
export const comparisonOperators = [
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'crosses_above',
  'crosses_below',
] as const;
/** One of the comparisons. */
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** Functions of one number, and of two: `abs(x)`, `min(x, y)`. */
export const numericFunctions = { abs: 1, sqrt: 1, log: 1, min: 2, max: 2 } as const;
/** Name of a function of numbers. */
export type NumericFunction = keyof typeof numericFunctions;

/** An instrument as rules name it: `"NSE:NIFTY 50"`, exchange and trading symbol. */
export interface InstrumentName {
  readonly exchange: string;
  readonly symbol: string;
}

/** An expression that has a number, or no value, on every bar. */
export type NumericExpression =
  | { readonly kind: 'number'; readonly value: number }
  /** Minutes of the day, written `09:30`. */
  | { readonly kind: 'time_of_day'; readonly minutes: number }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'field'; readonly name: BarField }
  | { readonly kind: 'moment'; readonly name: MomentField }
  | { readonly kind: 'position'; readonly name: PositionField }
  | {
      readonly kind: 'indicator';
      readonly name: string;
      /** Null for an indicator that reads the bar itself. */
      readonly series: NumericExpression | null;
      /** One for each parameter of the indicator; constants. */
      readonly settings: readonly ConstantExpression[];
      /** Name of the output meant. */
      readonly output: string;
    }
  | { readonly kind: 'negation'; readonly operand: NumericExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: NumericExpression;
      readonly right: NumericExpression;
    }
  | {
      readonly kind: 'function';
      readonly name: NumericFunction;
      readonly operands: readonly NumericExpression[];
    }
  /** The value `bars` bars ago: `close[1]`. */
  | {
      readonly kind: 'look_back';
      readonly operand: NumericExpression;
      readonly bars: ConstantExpression;
    }
  /** The highest or lowest value of the latest `bars` bars, this one included. */
  | {
      readonly kind: 'highest' | 'lowest';
      readonly operand: NumericExpression;
      readonly bars: ConstantExpression;
    }
  /** Bars since the condition was last true: 0 on a bar on which it is; no value before the first. */
  | { readonly kind: 'bars_since'; readonly condition: Condition }
  /** The value on the latest closed bar of a longer time frame: `sma(close, 20) on 1d`. */
  | { readonly kind: 'on'; readonly operand: NumericExpression; readonly timeFrame: TimeFrame }
  /** The value for another instrument: `close of "NSE:NIFTY 50"`. */
  | {
      readonly kind: 'of';
      readonly operand: NumericExpression;
      readonly instrument: InstrumentName;
    }
  /** What the user's model of that name gives for the bar: `model("name")`. */
  | { readonly kind: 'model'; readonly name: string };

/** A number that is the same on every bar: of numbers, parameters and arithmetic only. */
export type ConstantExpression = NumericExpression;

/** An expression that is true or false on every bar. */
export type Condition =
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: NumericExpression;
      readonly right: NumericExpression;
    }
  /** Each of the latest `bars` steps from bar to bar went up (down). */
  | {
      readonly kind: 'rising' | 'falling';
      readonly operand: NumericExpression;
      readonly bars: ConstantExpression;
    }
  /** The condition was true on at least one of the latest `bars` bars, this one included. */
  | { readonly kind: 'within'; readonly bars: ConstantExpression; readonly condition: Condition }
  /** An indicator that is true or false, such as a candle pattern: `doji(10)`. */
  | {
      readonly kind: 'pattern';
      readonly name: string;
      readonly settings: readonly ConstantExpression[];
    }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** Any node of a rule's tree. */
export type Expression = NumericExpression | Condition;

/** When positions of one direction are entered and left. */
export interface SideRules {
  readonly entry: Condition;
  readonly exit: Condition;
}

/** A number that rules name, and what an optimiser may try for it. */
export interface StrategyParameter {
  readonly name: string;
  readonly value: number;
  /** `10 in 5..50 step 5`; null: it is not optimised. */
  readonly range: {
    readonly minimum: number;
    readonly maximum: number;
    readonly step: number;
  } | null;
}

/** How large an entry is; each is the size of one entry in one instrument. */
export type Sizing =
  /** `capital_per_trade 100000`: whole lots that so many rupees are worth. */
  | { readonly kind: 'capital'; readonly rupees: ConstantExpression }
  /** `quantity_per_trade 10`: units. */
  | { readonly kind: 'quantity'; readonly units: ConstantExpression }
  /** `lots_per_trade 2` */
  | { readonly kind: 'lots'; readonly lots: ConstantExpression }
  /** `equity_per_trade 10%`: of the equity at the decision. */
  | { readonly kind: 'equity'; readonly percent: ConstantExpression }
  /**
   * `risk_per_trade 1%` of the equity, lost if the price goes against the entry by `distance`
   * rupees: `by 2 * atr(14)`; null: by the stop loss.
   */
  | {
      readonly kind: 'risk';
      readonly percent: ConstantExpression;
      readonly distance: NumericExpression | null;
    };

/** A distance from the average entry price. */
export type PriceDistance =
  /** `2%` of the average entry price. */
  | { readonly kind: 'percent'; readonly percent: ConstantExpression }
  /** `2 * atr(14)`: rupees, as they are on the bar that decides the entry. */
  | { readonly kind: 'rupees'; readonly rupees: NumericExpression };

/** A distance in favour of the position at which a part of it is left: `take_profit 4% for 50%`. */
export interface ProfitTarget {
  readonly distance: PriceDistance;
  /** Percent of the quantity first entered; the last target takes the rest. */
  readonly portionPercent: ConstantExpression;
}

/** When a strategy may enter and must have left, minutes of the exchange day; null: the market's. */
export interface SessionRules {
  /** `no_entry_before 09:30` */
  readonly noEntryBefore: number | null;
  /** `no_entry_after 15:00` */
  readonly noEntryAfter: number | null;
  /** `square_off_at 15:10`, of intraday positions. */
  readonly squareOffAt: number | null;
}

/** A whole strategy as a tree; the text and its JSON are two spellings of it. */
export interface StrategyDocument {
  /** In the order of the text. */
  readonly parameters: readonly StrategyParameter[];
  readonly product: StrategyProduct;
  readonly sizing: Sizing;
  /** Most instruments held at a time; null: all of them. */
  readonly maxPositions: ConstantExpression | null;
  /** `stop_loss 2%` or `stop_loss 2 * atr(14)` against the average entry price; null: never. */
  readonly stopLoss: PriceDistance | null;
  /** `trailing_stop 3%` below the best price since the entry (above it when short); null: never. */
  readonly trailingStop: PriceDistance | null;
  /** `break_even_at 1%`: once so far in favour, the stop stands at the entry price; null: never. */
  readonly breakEvenAt: PriceDistance | null;
  /** `time_stop 20 bars` after the bar of the entry; null: never. */
  readonly timeStopBars: ConstantExpression | null;
  /** From the nearest to the farthest, each taken once. */
  readonly takeProfits: readonly ProfitTarget[];
  readonly session: SessionRules;
  /**
   * `pair with "NSE:ICICIBANK" ratio 1.2`: each entry also takes the other side of that instrument,
   * `ratio` rupees of it for each rupee of this one; null: one leg.
   */
  readonly pair: { readonly instrument: InstrumentName; readonly ratio: ConstantExpression } | null;
  /** Null where the strategy does not buy first. */
  readonly long: SideRules | null;
  /** Null where the strategy does not sell first. */
  readonly short: SideRules | null;
}

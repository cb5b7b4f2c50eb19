import type { Decimal } from 'decimal.js';
import type { SessionPlan } from '../calendar/session-plan.ts';
import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { AccruedCharges } from '../charges/accrued-charges.ts';
import type { ContractNote } from '../charges/contract-note.ts';
import type { RateCardBook } from '../charges/rate-card.ts';
import type { DirtyInputCounts } from '../market/bar-builder.ts';
import type { FillModel } from '../exchange/fill-model.ts';
import type { CandleColumns } from '../market/candles.ts';
import type { PriceBandRule } from '../market/price-band.ts';
import type { Side } from '../order/order-terms.ts';
import type { EquityColumns } from '../portfolio/equity-curve.ts';
import type { RunStatistics } from '../metrics/run-statistics.ts';
import type { Trade } from '../portfolio/trade.ts';
import type { MarginRate } from '../risk/margin.ts';
import type { CompiledStrategy } from '../strategy/compile-strategy.ts';
import type { Signal, SignalReason } from '../strategy/decide-signals.ts';
import type { RuleInput } from '../strategy/evaluate/rule-reading.ts';

/** One instrument of a backtest; its place in the list is its index everywhere in the result. */
export interface BacktestInstrument {
  readonly symbol: string;
  readonly exchange: string;
  /** Kind of instrument, on which its charges depend, e.g. EQUITY. */
  readonly type: string;
  /** Smallest tradable quantity, units. */
  readonly lotSize: number;
  /** Smallest price step, rupees. */
  readonly tickSize: number;
  /** How many times its price one of quantity is worth; 1 for shares. */
  readonly multiplier: number;
  /** Plans of its days, which say where an auction opens them; left out: nowhere. */
  readonly plans?: readonly SessionPlan[];
  /** Of its own segment, by which it may have to be squared off earlier; left out: `calendar` rules alone. */
  readonly ownCalendar?: TradingCalendar;
  /** How far its price goes in a day, and where it closed before the candles begin; none: as far as it goes. */
  readonly bands?: InstrumentBands;
  /** Minute candles of the range to test. */
  readonly candles: CandleColumns;
}

/** The price bands of an instrument. */
export interface InstrumentBands {
  readonly rules: readonly PriceBandRule[];
  readonly segment: string;
  /** Rupees; NaN: not known. */
  readonly previousClose: number;
}

/** What is tested on what. */
export interface BacktestInput {
  readonly strategy: CompiledStrategy;
  /** Those that the rules decide on, in the strategy's order; all trade in the market of `calendar`. */
  readonly instruments: readonly BacktestInstrument[];
  /** The other leg of a strategy that trades pairs; its index follows the others. */
  readonly pair?: BacktestInstrument;
  /** Minute candles of each of the strategy's `references`, in their order. */
  readonly references?: readonly CandleColumns[];
  readonly calendar: TradingCalendar;
  readonly rateCards: RateCardBook;
  /** What opening a position needs in money; where none says it, the whole value. */
  readonly marginRates: readonly MarginRate[];
  /** Rupees. */
  readonly initialCapital: Decimal;
  /** How orders fill; left out: as the parts' defaults say. */
  readonly fillModel?: FillModel;
}

/** Why a backtest was not run. */
export type BacktestFailure =
  | { readonly code: 'NO_INSTRUMENTS' }
  /** A strategy of pairs decides on exactly one instrument, and needs the other leg. */
  | { readonly code: 'PAIR_NEEDS_TWO_LEGS' }
  /** The candles of an instrument that the rules name were not given. */
  | { readonly code: 'NO_REFERENCE'; readonly exchange: string; readonly symbol: string }
  /** An intraday strategy on daily bars: a day's bar closes after the square-off. */
  | { readonly code: 'DAILY_BARS_NEED_DELIVERY'; readonly reason: string }
  /** No rate card states what trading this instrument costs. */
  | { readonly code: 'NO_RATES'; readonly symbol: string; readonly exchange: string }
  /** No candle of the instruments lies inside a session of the calendar. */
  | { readonly code: 'NO_CANDLES_IN_SESSION' };

/** An executed order. */
export interface BacktestFill {
  readonly instrument: number;
  readonly side: Side;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Rupees a unit. */
  readonly price: Decimal;
  /** How many times its price one of quantity is worth. */
  readonly multiplier: Decimal;
  /** Epoch ms. */
  readonly time: number;
  /** Epoch ms of the bar close or square-off at which it was decided. */
  readonly decidedAt: number;
  readonly reason: SignalReason;
  /** The reason in words and numbers. */
  readonly text: string;
  readonly charges: AccruedCharges;
}

/** What a backtest trades, by index: the pair's other leg is the last. */
export function tradedOf({ instruments, pair }: BacktestInput): readonly BacktestInstrument[] {
  return pair === undefined ? instruments : [...instruments, pair];
}

/** A round trip, and why it began and ended. */
export interface BacktestTrade extends Trade {
  readonly instrument: number;
  /** In words and numbers. */
  readonly entryReason: string;
  readonly exitReason: SignalReason;
}

/** A moment at which the strategy gave signals. */
export interface BacktestDecision {
  /** Epoch ms. */
  readonly time: number;
  readonly trigger: 'BAR' | 'SQUARE_OFF';
  readonly signals: readonly Signal[];
  /** What the rules read of each signal's instrument, in the order of the signals. */
  readonly inputs: readonly (readonly RuleInput[])[];
}

/** What one should know before trusting the figures. */
export interface BacktestCaveats {
  /** False: on some day of trading the nearest rate card served. */
  readonly rateCardCovered: boolean;
  /** False: for some session the calendar answered by its nearest rule. */
  readonly calendarCovered: boolean;
  /** Orders that met no price before their session closed, and ended unfilled. */
  readonly expiredOrders: number;
  /** Entries that were not sent: they and their charges needed more money than there was. */
  readonly deniedEntries: number;
  /** Positions still held when the candles ended. */
  readonly openPositions: number;
  /** Candles that were not used as they stood. */
  readonly dirtyInput: Readonly<DirtyInputCounts>;
}

/** The outcome of a backtest. Money is exact; the equity columns are float64. */
export interface BacktestResult {
  readonly fills: readonly BacktestFill[];
  readonly trades: readonly BacktestTrade[];
  readonly decisions: readonly BacktestDecision[];
  readonly contractNotes: readonly ContractNote[];
  /** A point at every bar time and at the end of every session. */
  readonly equity: EquityColumns;
  readonly statistics: RunStatistics;
  readonly caveats: BacktestCaveats;
}

import type { Signal } from '../../strategy/decide-signals.ts';
import type { BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';
import type { TradeColumns } from './trade-log.ts';

/** An order and the bar on whose close (or for a square-off, in which) it was decided. */
export interface BarsOrder {
  /** Point of the market's time line. */
  readonly point: number;
  readonly signal: Signal;
}

/** A position that was still held after the last bar. */
export interface OpenTrade {
  readonly instrument: number;
  readonly size: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  /** Money at the last close, after the commission of the entry. */
  readonly pnl: number;
}

/** What a run over bars gave. Money is in the currency of the prices. */
export interface BarsResult {
  readonly market: BarsMarket;
  readonly options: BarsOptions;
  /** Orders that were decided, in order; what became of them the trades say. */
  readonly orders: readonly BarsOrder[];
  readonly trades: TradeColumns;
  readonly openTrades: readonly OpenTrade[];
  /** Money and positions at the close of each point, after all that happened in its bar. */
  readonly equity: Float64Array;
  /** On how many points' closes something was held. */
  readonly heldPoints: number;
  /** Commission of all fills, those of open trades with them. */
  readonly commissions: number;
  /** The first point at which every value that the rules read exists; the number of points: none. */
  readonly firstWholePoint: number;
  /** Orders that were not filled, by cause. */
  readonly unfilled: {
    /** There was not the money, or not for one unit. */
    readonly noMoney: number;
    /** A short entry, and the options allow none. */
    readonly noShorting: number;
    /** An intraday order whose day was over before its instrument traded again. */
    readonly expired: number;
    /** No bar came after it. */
    readonly working: number;
  };
  /** Orders that waited because nothing traded in a bar. */
  readonly waitedForVolume: number;
  /** The point at which all money was lost and trading ended; null: it never was. */
  readonly ruinedAt: number | null;
}

import type { SessionPlan } from '@nandax/core/calendar/session-plan.ts';
import type { InstrumentBands } from '@nandax/core/backtest/backtest.ts';
import type { OwnTrades } from '@nandax/core/bias/shuffle-trades.ts';
import type { CalendarDay } from '@nandax/core/calendar/trading-calendar.ts';
import type { RateCard } from '@nandax/core/charges/rate-card.ts';
import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import type { Result } from '@nandax/core/result.ts';
import type { BiasReportView } from '../views/strategy.ts';
import type { Json } from './events.ts';

/** A backtest as plain data that can cross into another thread. */
export interface BacktestOrder {
  /** The strategy's text. */
  readonly document: string;
  readonly timeFrame: TimeFrame;
  /** What is traded: what the rules decide on, and after it a pair's other leg. */
  readonly instruments: readonly {
    readonly tradingSymbol: string;
    readonly exchange: string;
    readonly type: string;
    readonly lotSize: number;
    readonly tickSize: number;
    readonly multiplier: number;
    /** Plans of its days; empty: not known. */
    readonly plans: readonly SessionPlan[];
    /** Rows of its own segment's calendar, one list for all of a segment; empty: not known. */
    readonly ownDays: readonly CalendarDay[];
    readonly bands: InstrumentBands;
    readonly candles: CandleColumns;
  }[];
  /** Minute candles of what the rules read beside what they decide on, in their order. */
  readonly references: readonly CandleColumns[];
  readonly calendarDays: readonly CalendarDay[];
  readonly rateCards: readonly RateCard[];
  readonly marginRates: readonly MarginRate[];
  /** Rupees as a decimal string. */
  readonly initialCapital: string;
  readonly fillModel: WholeFillModel;
}

/** A round trip; money and quantities as decimal strings, times in epoch ms. */
export interface ReportedTrade {
  /** Index in the order's instruments. */
  readonly instrument: number;
  readonly direction: 'LONG' | 'SHORT';
  readonly quantity: string;
  readonly entryPrice: string;
  readonly entryTime: number;
  readonly entryReason: string;
  readonly exitPrice: string;
  readonly exitTime: number;
  readonly exitReason: string;
  readonly grossPnl: string;
  readonly charges: {
    readonly brokerage: string;
    readonly securitiesTransactionTax: string;
    readonly exchangeTransactionCharge: string;
    readonly sebiTurnoverFee: string;
    readonly stampDuty: string;
    readonly goodsAndServicesTax: string;
  };
}

/** A backtest's outcome as plain data. */
export interface BacktestReport {
  readonly product: Product;
  readonly trades: readonly ReportedTrade[];
  /** As app/runs/run-figures.ts stores them. */
  readonly statistics: Json;
  /** Epoch ms and rupees, columns of equal length. */
  readonly equity: { readonly time: Float64Array; readonly equity: Float64Array };
  /** Rupees in which the capital would lie in its instruments instead, at the same times. */
  readonly benchmark: Float64Array;
  /** What the figures rest on that data did not cover, one sentence each. */
  readonly caveats: readonly string[];
}

/** A run to be examined. */
export type AskedExamination =
  /** A backtest. */
  | { readonly order: BacktestOrder; readonly trades: null }
  /** What was traded on a feed, with what was to be played then; null: no history of its time is kept. */
  | { readonly order: BacktestOrder | null; readonly trades: OwnTrades };

/** Runs backtests away from the event loop. */
export interface BacktestRunner {
  /**
   * Resolves with the report, or with a sentence that says why the backtest cannot be run; rejects
   * with the signal's reason when it is aborted.
   */
  run(
    order: BacktestOrder,
    options: {
      /** Percent from 0 to 100. */
      readonly onProgress: (percent: number) => void;
      readonly signal: AbortSignal;
    },
  ): Promise<Result<BacktestReport, string>>;
  /** The same for the examination of a run, which tells no progress. */
  examine(
    asked: AskedExamination,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<BiasReportView, string>>;
  close(): Promise<void>;
}

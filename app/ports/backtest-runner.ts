import type { SessionPlan } from '@nandax/core/calendar/session-plan.ts';
import type { InstrumentBands } from '@nandax/core/backtest/backtest.ts';
import type { CalendarDay } from '@nandax/core/calendar/trading-calendar.ts';
import type { RateCard } from '@nandax/core/charges/rate-card.ts';
import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import type { Result } from '@nandax/core/result.ts';
import type { Json } from './events.ts';

/** A backtest as plain data that can cross into another thread. */
export interface BacktestOrder {
  /** The strategy's text. */
  readonly document: string;
  readonly timeFrame: TimeFrame;
  readonly instruments: readonly {
    readonly tradingSymbol: string;
    readonly exchange: string;
    readonly type: string;
    readonly lotSize: number;
    readonly tickSize: number;
    readonly multiplier: number;
    /** Plans of its days; empty: not known. */
    readonly plans: readonly SessionPlan[];
    readonly bands: InstrumentBands;
    readonly candles: CandleColumns;
  }[];
  readonly calendarDays: readonly CalendarDay[];
  readonly rateCards: readonly RateCard[];
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
  /** What the figures rest on that data did not cover, one sentence each. */
  readonly caveats: readonly string[];
}

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
  close(): Promise<void>;
}

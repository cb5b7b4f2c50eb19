import type { BiasFinding } from '@nandax/core/bias/bias-findings.ts';

/** A figure as people read it. */
export interface ReportFigure {
  readonly label: string;
  readonly value: string;
}

/** A closed trade as a page tells it. Money is in the currency of the run, times are RFC 3339. */
export interface ReportTrade {
  /** `NSE:INFY`. */
  readonly instrument: string;
  /** Units, negative for a short trade. */
  readonly size: number;
  readonly entryTime: string;
  readonly exitTime: string;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** After its commission. */
  readonly pnl: number;
  readonly commission: number;
  /** `pnl` over the value at entry, as a fraction. */
  readonly returnPct: number;
  /** Why it was entered and left; an empty text where nobody wrote it down. */
  readonly entryReason: string;
  readonly exitReason: string;
}

/** What the page of a run shows, whichever engine ran it. */
export interface ReportPage {
  readonly title: string;
  /** What ran on what, one sentence each. */
  readonly notes: readonly string[];
  readonly curves: {
    readonly time: readonly string[];
    readonly equity: readonly number[];
    /** Fraction of the highest equity so far, 0 or below. */
    readonly drawdown: readonly number[];
    /** Null: there is none. */
    readonly benchmark: readonly number[] | null;
  };
  readonly groups: readonly { readonly title: string; readonly figures: readonly ReportFigure[] }[];
  /** Whether the result deserves trust; empty: it was not examined. */
  readonly findings: readonly BiasFinding[];
  /** Fractions by `YYYY-MM`. */
  readonly monthlyReturns: Readonly<Record<string, number>>;
  readonly trades: readonly ReportTrade[];
}

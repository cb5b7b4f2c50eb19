import type { CorporateAction } from '@nandax/core/corporate/corporate-action.ts';
import type { Decimal } from 'decimal.js';

/** A corporate action of an instrument, as it was imported. */
export interface CorporateActionRecord {
  readonly id: string;
  readonly instrumentId: string;
  readonly action: CorporateAction;
  readonly source: string;
  readonly createdAt: Date;
}

/** An action that lots of a portfolio have not got yet. */
export interface DueAction {
  readonly id: string;
  readonly instrumentId: string;
  readonly action: CorporateAction;
  /** Open trades that are entitled to it. */
  readonly tradeIds: ReadonlySet<string>;
}

/** What a lot got by an action. */
export interface EntitlementRecord {
  readonly actionId: string;
  /** The open trade that is the lot; a lot gets an action once. */
  readonly tradeId: string;
  readonly portfolioId: string;
  readonly runId: string | null;
  readonly feedId: string | null;
  readonly instrumentId: string;
  /** Negative when short. */
  readonly unitsBefore: Decimal;
  readonly unitsAfter: Decimal;
  /** Rupees received. */
  readonly cash: Decimal;
  /** Market time. */
  readonly appliedAt: Date;
  readonly createdAt: Date;
}

/** Corporate actions within a transaction. */
export interface CorporateRows {
  /**
   * Actions with an ex-date up to and with `day` (`YYYY-MM-DD`) that open trades entered before it are
   * entitled to and have not got, in the order in which they take effect. On a replay dividends only:
   * recorded prices are read restated for the others, and dividends are stated in those units.
   */
  due(portfolioId: string, feedId: string | null, day: string): Promise<readonly DueAction[]>;
  insertEntitlements(entitlements: readonly EntitlementRecord[]): Promise<void>;
  /** The shared instrument of that symbol; null: there is none. */
  findInstrument(exchange: string, tradingSymbol: string): Promise<{ readonly id: string } | null>;
  /** What is known of an instrument's action of that kind and date; null: nothing. */
  find(
    instrumentId: string,
    kind: CorporateAction['kind'],
    exDate: string,
  ): Promise<CorporateActionRecord | null>;
  insert(action: CorporateActionRecord): Promise<void>;
  /** Dividends of instruments with an ex-date after `after` and up to `through` (`YYYY-MM-DD`). */
  countDividends(instrumentIds: readonly string[], after: string, through: string): Promise<number>;
}

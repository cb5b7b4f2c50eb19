import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { TickColumns } from '@nandax/core/market/tick-csv.ts';
import type { CalendarDay, TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import type { RateCard, RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type { BrokerRules } from '@nandax/core/order/broker-rules.ts';
import type { PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import type { AuditRows } from './audit.ts';
import type { CorporateRows } from './corporate.ts';
import type { EventRows } from './events.ts';
import type { ExchangeRows } from './exchange.ts';
import type { FeedRows } from './feeds.ts';
import type { GttRows } from './gtts.ts';
import type { JobFailureRows } from './job-failures.ts';
import type { NotificationRows } from './notifications.ts';
import type { OptimisationRows } from './optimisations.ts';
import type { OrderRows } from './orders.ts';
import type { PortfolioRows } from './portfolios.ts';
import type { ProtectionRows } from './protections.ts';
import type { ReadingRows } from './readings.ts';
import type { RiskRows } from './risk.ts';
import type { RunRows } from './runs.ts';
import type { TierRows } from './tiers.ts';

/** All that a transaction of the trading side reads and writes. */
export interface StoreTransaction {
  readonly orders: OrderRows;
  readonly gtts: GttRows;
  readonly protections: ProtectionRows;
  readonly portfolios: PortfolioRows;
  readonly corporate: CorporateRows;
  readonly risk: RiskRows;
  readonly runs: RunRows;
  readonly optimisations: OptimisationRows;
  readonly feeds: FeedRows;
  readonly exchange: ExchangeRows;
  readonly readings: ReadingRows;
  readonly notifications: NotificationRows;
  readonly jobFailures: JobFailureRows;
  readonly tiers: TierRows;
  readonly audit: AuditRows;
  readonly events: EventRows;
}

/** A unique key was taken by someone else meanwhile; reading again finds their row. */
export class UniqueKeyTaken extends Error {
  constructor(options?: ErrorOptions) {
    super('a row with this unique key exists', options);
    this.name = 'UniqueKeyTaken';
  }
}

/**
 * The database, as the trading side sees it.
 *
 * A transaction takes its locks in one order, whatever it is for, so that no two ever wait for each
 * other (decision 0018): the account, where it is changed; a failed job; a replay session or a feed's lease;
 * portfolios, in the order of their ids; the key of a request; the agent; what a tier counts; orders at the exchange, in the
 * order of their ids; the limits that several portfolios share, all at once and in the order of scope
 * and id (`RiskRows.limitsOf`), with what is counted and locked under them; and when the work is done,
 * without the use-case's doing, the heads of the audit chains and the counters of events (`AuditRows`,
 * `EventRows`).
 */
export interface Store {
  /**
   * Runs `work` in one transaction; it commits when `work` resolves and rolls back when it rejects.
   * Where the portfolio that it locks first is known beforehand, `portfolioId` names it: it then waits
   * behind others of this process that name it without holding a connection, so that a crowd in one
   * portfolio leaves connections to the others. Never to be named within another transaction.
   * @throws UniqueKeyTaken
   */
  transaction<T>(work: (rows: StoreTransaction) => Promise<T>, portfolioId?: string): Promise<T>;
  /** Runs `work`, which only reads, without a transaction around it: each read stands alone. */
  read<T>(work: (rows: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Runs `work`, which only reads, in one transaction: all of its reads see one moment. The database
   * itself refuses writes and row locks within, so nobody who trades ever waits for it.
   */
  snapshot<T>(work: (rows: StoreTransaction) => Promise<T>): Promise<T>;
}

/** The last price of each exchange day, rupees. */
export interface DailyCloses {
  /** `YYYY-MM-DD`, rising. */
  readonly days: readonly string[];
  readonly closes: readonly number[];
}

/** Recorded history and dated reference data; they do not change under a running feed. */
export interface History {
  /** Minute candles per instrument, in the order asked for, inside `from` (inclusive) to `to` (exclusive). */
  candles(
    datasetId: string,
    instrumentIds: readonly string[],
    from: Date | null,
    to: Date | null,
  ): Promise<readonly CandleColumns[]>;
  ticks(
    datasetId: string,
    instrumentIds: readonly string[],
    from: Date,
    to: Date,
  ): Promise<readonly TickColumns[]>;
  /**
   * The last price inside the session of each day of a dataset from `from` to `to` (`YYYY-MM-DD`, both with),
   * and of the day before `from` where there is one.
   */
  dailyCloses(
    datasetId: string,
    instrument: { readonly id: string; readonly exchange: string },
    from: string,
    to: string,
  ): Promise<DailyCloses>;
  /**
   * As `dailyCloses`, from the dataset, shared or the user's own, that holds the most of those days of
   * the instrument; null where none holds any.
   */
  storedCloses(
    userId: string,
    instrument: { readonly id: string; readonly exchange: string },
    from: string,
    to: string,
  ): Promise<DailyCloses | null>;
  /** Calendar of the cash market of an exchange. */
  calendar(exchange: string): Promise<TradingCalendar>;
  /** The hours of every market whose calendar and plans are known. */
  markets(): Promise<MarketBook>;
  /** The rows of the cash market's calendar, for another thread. */
  calendarDays(exchange: string): Promise<readonly CalendarDay[]>;
  rateCards(): Promise<RateCardBook>;
  /** The cards of that book, for another thread. */
  rateCardList(): Promise<readonly RateCard[]>;
  marginRates(): Promise<readonly MarginRate[]>;
  priceBands(): Promise<readonly PriceBandRule[]>;
  brokerRules(): Promise<readonly BrokerRules[]>;
}

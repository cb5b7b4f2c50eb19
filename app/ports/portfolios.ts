import type { Decimal } from 'decimal.js';
import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { NoteCharges } from '@nandax/core/charges/contract-note.ts';
import type { DayBook } from '@nandax/core/portfolio/day-book.ts';
import type { LedgerAccount } from '@nandax/core/portfolio/postings.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import type { FillRecord } from './orders.ts';

/** A portfolio as decisions about its trading read it. */
export interface TradingPortfolio {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'PAPER' | 'LIVE';
  readonly initialCapital: Decimal;
  readonly feedId: string | null;
  /** Whether there is somebody to send orders to: of a live one, whether its broker is connected. */
  readonly reachesBroker: boolean;
  /** The strictest of platform, user and portfolio. */
  readonly tradingState: TradingState;
  /**
   * Whether the broker's books were read and found to agree since the workers started; paper needs
   * no such reading.
   */
  readonly reconciled: boolean;
}

/** A portfolio under the lock that every decision about its trading takes. */
export type LockedPortfolio = TradingPortfolio;

export interface PositionRecord {
  readonly id: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly product: Product;
  /** Of the instrument. */
  readonly multiplier: Decimal;
  readonly buyQuantity: Decimal;
  readonly buyValue: Decimal;
  readonly sellQuantity: Decimal;
  readonly sellValue: Decimal;
  /** FIFO, gross. */
  readonly realisedPnl: Decimal;
  /** Rupees blocked for what is held. */
  readonly margin: Decimal;
  /** Rupees of gains of what is open that evenings have paid; negative: of losses. */
  readonly settled: Decimal;
  /** The same by days. */
  readonly book: DayBook;
}

/** A FIFO round trip of one owner; while OPEN it is that owner's lot. */
export interface TradeRecord {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string | null;
  readonly runId: string | null;
  readonly agentId: string | null;
  readonly instrumentId: string;
  readonly symbol: string;
  readonly product: Product;
  readonly direction: 'LONG' | 'SHORT';
  readonly status: 'OPEN' | 'CLOSED';
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly entryAt: Date;
  /** In words and numbers; null: from before it was written down. */
  readonly entryReason: string | null;
  readonly exitPrice: Decimal | null;
  readonly exitAt: Date | null;
  readonly exitReason: string | null;
  readonly grossPnl: Decimal | null;
  readonly charges: AccruedCharges;
  /** The request whose order entered; null: a backtest's, or from before it was written down. */
  readonly entryRequestId: string | null;
  /** The request whose order left; null while it is open, and where `entryRequestId` is. */
  readonly exitRequestId: string | null;
  readonly createdAt: Date;
}

/** One ledger transaction; the amounts of its lines sum to zero. */
export interface LedgerTransaction {
  readonly id: string;
  readonly portfolioId: string;
  readonly kind:
    | 'DEPOSIT'
    | 'WITHDRAWAL'
    | 'FILL'
    | 'CHARGES'
    | 'RESET'
    | 'RESTATEMENT'
    | 'DIVIDEND'
    | 'CORPORATE_ACTION'
    | 'SETTLEMENT'
    | 'OFFSET';
  /** What it is posted for; a second posting for the same reference is refused by the database. */
  readonly reference: string;
  readonly description: string;
  /** Market time. */
  readonly postedAt: Date;
  readonly createdAt: Date;
  readonly lines: readonly { readonly account: LedgerAccount; readonly amount: Decimal }[];
}

export interface ContractNoteRecord {
  readonly id: string;
  readonly portfolioId: string;
  readonly feedId: string | null;
  readonly tradingDay: string;
  readonly segment: string;
  /** From 1 within the day and segment; those above the first of an epoch are supplements. */
  readonly number: number;
  readonly charges: AccruedCharges;
  readonly depositoryParticipantCharge: Decimal;
  readonly total: Decimal;
  readonly rateCardId: string;
  /** False: no card covers the day, the nearest one served. */
  readonly covered: boolean;
  readonly createdAt: Date;
}

/** That something of an instrument was sold on an exchange day. */
export interface SaleOfDay {
  readonly instrumentId: string;
  readonly product: Product;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** A fill, and the contract note that charges it; null: none does yet. */
export interface FillOfDay extends FillRecord {
  readonly contractNoteId: string | null;
}

/** A contract note, as far as another of its day has to know it. */
export interface NoteOfDay extends Pick<ContractNoteRecord, 'id' | 'segment' | 'number'> {
  readonly charges: NoteCharges;
}

/** Fills of one instrument taken together. */
export interface TradedSum {
  /** Bought less sold. */
  readonly units: Decimal;
  /** Rupees paid less received, as contract values. */
  readonly paid: Decimal;
}

/** What an instrument was worth to a portfolio when its equity was written down. */
export interface PositionMarkRecord {
  readonly instrumentId: string;
  /** Units over all products, negative when short. */
  readonly quantity: Decimal;
  /** Rupees a unit. */
  readonly price: Decimal;
  /** Rupees of contract value, 2 decimals. */
  readonly value: Decimal;
}

/** The equity of a portfolio at one instant of its market. Rupees, 2 decimals. */
export interface PortfolioSnapshotRecord {
  readonly portfolioId: string;
  readonly feedId: string;
  /** Market time. */
  readonly time: Date;
  /** Balance of the ledger's CASH. */
  readonly cash: Decimal;
  /** Cash, margins, what is held at cost, and its gain. */
  readonly equity: Decimal;
  /** FIFO, before charges. */
  readonly realisedPnl: Decimal;
  /** Before charges. */
  readonly unrealisedPnl: Decimal;
  /** Charges noted so far. */
  readonly charges: Decimal;
  readonly marks: readonly PositionMarkRecord[];
  /** Wall clock. */
  readonly createdAt: Date;
}

/** Portfolios, positions, trades and ledger within a transaction. */
export interface PortfolioRows {
  /** Locks the portfolio's risk row until the commit; null where there is no such portfolio. */
  lock(portfolioId: string): Promise<LockedPortfolio | null>;
  /** As `lock`, for who only looks: nothing is locked. */
  find(portfolioId: string): Promise<TradingPortfolio | null>;
  positions(portfolioId: string): Promise<readonly PositionRecord[]>;
  savePosition(position: PositionRecord, at: Date): Promise<void>;
  /** A trade of this user's, open or closed; null: there is none. */
  findTrade(tradeId: string, userId: string): Promise<TradeRecord | null>;
  /**
   * Open trades of one owner in one instrument and product, oldest first. Of the user (null) also what
   * ended runs left: a run holds its own while it lives and while orders of it can execute.
   */
  openTrades(owner: {
    readonly portfolioId: string;
    readonly runId: string | null;
    readonly instrumentId: string;
    readonly product: Product;
  }): Promise<readonly TradeRecord[]>;
  /** Open trades of a run in all instruments, oldest first. */
  openTradesOfRun(runId: string): Promise<readonly TradeRecord[]>;
  /** Closed trades of a run, in the order of their exits. */
  closedTradesOfRun(runId: string): Promise<readonly TradeRecord[]>;
  /** What the closed trades of a run left after accrued charges, rupees. */
  netOfClosedTrades(runId: string): Promise<Decimal>;
  insertTrade(trade: TradeRecord): Promise<void>;
  saveTrade(trade: TradeRecord): Promise<void>;
  post(transaction: LedgerTransaction): Promise<void>;
  /** What an earlier posting moved on the cash account, rupees; null: there is none. */
  postedCash(
    portfolioId: string,
    kind: LedgerTransaction['kind'],
    reference: string,
  ): Promise<Decimal | null>;
  /** Open trades of all owners, oldest first. */
  openTradesOfPortfolio(portfolioId: string): Promise<readonly TradeRecord[]>;
  /** Agents of a portfolio that run or are paused. */
  countStartedAgents(portfolioId: string): Promise<number>;
  /** Charges of fills since the last reset that have no contract note yet, rupees. */
  accruedCharges(portfolioId: string): Promise<Decimal>;
  /** What those fills sold, less what a note of the same day charged a sale of already. */
  salesWithoutNote(portfolioId: string): Promise<readonly SaleOfDay[]>;
  rename(portfolioId: string, name: string): Promise<void>;
  /** Begins a new epoch with another capital. */
  beginEpoch(portfolioId: string, initialCapital: Decimal, at: Date): Promise<void>;
  /** Balance of an account: the sum of its entries. */
  balance(portfolioId: string, account: LedgerAccount): Promise<Decimal>;
  /**
   * Exchange days of a feed up to and with `throughDay` that have fills without a contract note,
   * those since the last reset.
   */
  daysWithoutNote(
    portfolioId: string,
    feedId: string,
    throughDay: string,
  ): Promise<readonly string[]>;
  /** Portfolios with such days on a feed, those that have left it too, in the order of locking. */
  withoutNote(feedId: string, throughDay: string): Promise<readonly { readonly id: string }[]>;
  /** Fills of a day since the last reset. */
  fillsOfDay(
    portfolioId: string,
    feedId: string,
    tradingDay: string,
  ): Promise<readonly FillOfDay[]>;
  /** Contract notes of a day, those before the last reset too. */
  notesOfDay(
    portfolioId: string,
    feedId: string,
    tradingDay: string,
  ): Promise<readonly NoteOfDay[]>;
  /** Writes a note down with the fills that it charges. */
  insertContractNote(note: ContractNoteRecord, fillIds: readonly string[]): Promise<void>;
  /** Writes it down with its marks; false where it stands there exactly so, and nothing was written. */
  saveSnapshot(snapshot: PortfolioSnapshotRecord): Promise<boolean>;
  /**
   * What was posted to an account, and what was traded in each instrument, after market time `after` on
   * a live feed, whose clock is the wall clock.
   */
  postedAfter(portfolioId: string, account: LedgerAccount, after: Date): Promise<Decimal>;
  tradedAfter(
    portfolioId: string,
    feedId: string,
    after: Date,
  ): Promise<ReadonlyMap<string, TradedSum>>;
  /** Portfolios that follow a feed, and up to when their equity on it is written down. */
  followers(feedId: string): Promise<
    readonly {
      readonly id: string;
      /** Market time of the last snapshot; null: none since it follows the feed or began anew. */
      readonly writtenThrough: Date | null;
      /** Wall clock since when it follows the feed, or since its last reset. */
      readonly since: Date;
    }[]
  >;
  /** Portfolios that follow a feed or have traded on it, in the order in which they are to be locked. */
  onFeed(feedId: string): Promise<readonly { readonly id: string }[]>;
}

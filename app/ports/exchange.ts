import type { Decimal } from 'decimal.js';
import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type {
  BookedOrder,
  BrokerExecution,
  BrokerOrder,
  BrokerOrderState,
  BrokerPosition,
} from './broker.ts';
import type { FeedLease } from './feeds.ts';

/** An order waiting in the simulated exchange. */
export interface RestingOrder {
  readonly clientOrderId: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly terms: ChangeableTerms;
  readonly filledQuantity: Decimal;
  /** Executions so far; the next one's trade id follows from it. */
  readonly executionCount: number;
  /** Whether it is a stop whose trigger price has traded. */
  readonly triggered: boolean;
  /** It meets ticks from this market instant on. */
  readonly eligibleFrom: Date;
  /** Market instant at which it lapses; null: with its session. */
  readonly expiresAt: Date | null;
  /** Counts the changes of its terms. */
  readonly revision: number;
  /** Its place in the queue and what it may meet; null: no owner of the feed has taken it up. */
  readonly taken: TakenPlace | null;
  /** Rupees beyond which its market protection fills nothing; null: it has none, or no price was known. */
  readonly protectionLimit: Decimal | null;
}

/** Where an order stands since an owner of its feed took it up. */
export interface TakenPlace {
  /** Rises in the order in which orders of the feed were taken up. */
  readonly place: number;
  /** It meets ticks after this market instant only; null: nothing had been matched. */
  readonly after: Date | null;
}

/** An order that is taken up for matching, as it was read. */
export interface TakenOrder {
  readonly clientOrderId: string;
  /** A row of another revision was changed meanwhile and is not taken up. */
  readonly revision: number;
  readonly place: number;
}

/** An order that waits, as far as it holds money. */
export interface WaitingOrder {
  readonly instrumentId: string;
  readonly side: Side;
  readonly product: Product;
  readonly quantity: Decimal;
  readonly filledQuantity: Decimal;
  /** Limit in rupees; null: at the market. */
  readonly price: Decimal | null;
}

/** An order at the exchange's counter, locked until the commit. */
export interface CounterOrder {
  readonly state: BrokerOrderState;
  readonly filledQuantity: Decimal;
  readonly eligibleFrom: Date;
}

/** What a counter writes of an order when it is entered or changed. */
export interface CounterEntry {
  readonly status: 'TRIGGER_PENDING' | 'OPEN';
  readonly eligibleFrom: Date;
  readonly expiresAt: Date | null;
  /** Rupees beyond which an order at market fills nothing; null: it has no protection, or no last price is known. */
  readonly protectionLimit: Decimal | null;
}

/** An order in a step of matching, as the matching knew it. */
export interface SteppedOrder {
  readonly clientOrderId: string;
  /** A row of another revision was changed meanwhile; the step does not count for it. */
  readonly revision: number;
  readonly triggered: boolean;
  readonly executions: readonly BrokerExecution[];
  /** Rupees that its market protection was set to in this step; null: it was not. */
  readonly protectionLimit: Decimal | null;
  /** How it ended beside being filled; null: it did not. */
  readonly end: {
    readonly status: 'CANCELLED' | 'EXPIRED';
    readonly reason: string;
  } | null;
}

/** How far owners of a feed came, as market instants; null: never that far. */
export interface MatchingProgress {
  /** Ticks up to it have met the orders, and what came of it was booked. */
  readonly matchedThrough: Date | null;
  /** Ticks up to it may have been told: an order that nobody took up meets later ones only. */
  readonly toldThrough: Date | null;
}

/** The simulated exchange's own books, kept apart from ours: its order book and its trade book. */
export interface ExchangeRows {
  /**
   * Enters an order once; a second entry of the same client order id changes nothing. False where the
   * feed has ended: nothing can be traded on it any more.
   */
  enter(
    order: BrokerOrder & { readonly feedId: string },
    brokerOrderId: string,
    entry: CounterEntry,
    at: Date,
  ): Promise<boolean>;
  /** Locks an order of the book; null where there is none. */
  lock(clientOrderId: string): Promise<CounterOrder | null>;
  /**
   * Gives an order that was locked other terms. Unless it `keepsPlace` it meets the market anew, and
   * waits to be taken up.
   */
  change(
    clientOrderId: string,
    terms: ChangeableTerms,
    entry: CounterEntry,
    keepsPlace: boolean,
  ): Promise<void>;
  /** Takes an order that was locked out of the book. */
  withdraw(clientOrderId: string, reason: string): Promise<void>;
  state(clientOrderId: string): Promise<BrokerOrderState | null>;
  /**
   * Orders of a portfolio on a feed, oldest first: those that still work, could trade at market time
   * `since` or later, or did.
   */
  book(portfolioId: string, feedId: string, since: Date): Promise<readonly BookedOrder[]>;
  /** Orders of a portfolio that wait in the book of a feed, oldest first. */
  waiting(portfolioId: string, feedId: string): Promise<readonly WaitingOrder[]>;
  /** What the executions of a portfolio since its last reset come to; flat ones are left out. */
  positions(portfolioId: string): Promise<readonly BrokerPosition[]>;

  /**
   * In the order of matching: those that were taken up, by their places, then the others by eligible
   * time and client order id, which rises with time.
   */
  resting(feedId: string): Promise<readonly RestingOrder[]>;
  /** The highest place of the orders that rest on a feed; 0: none has one. */
  lastPlace(feedId: string): Promise<number>;
  /** Writes down the places of orders that are taken up once ticks through `after` were matched. */
  takeUp(orders: readonly TakenOrder[], after: Date | null): Promise<void>;
  /** How far owners of a feed came before. */
  progress(feedId: string): Promise<MatchingProgress>;
  /**
   * Writes down, before anybody is told of ticks through this market instant, that they may have been;
   * it never goes back. @throws LeaseLost
   */
  markTold(lease: FeedLease, through: Date): Promise<void>;
  /**
   * Books a step of matching: executions once each, triggers and ends, and how far it went. Returns
   * the client order ids for which it does not count, as they were changed or taken out meanwhile.
   */
  settle(
    feedId: string,
    steps: readonly SteppedOrder[],
    matchedThrough: Date,
    at: Date,
  ): Promise<ReadonlySet<string>>;
  /**
   * Ends what rests on a feed and could have traded before `eligibleBefore`, all of it where that is
   * null, and returns the client order ids.
   */
  lapse(feedId: string, eligibleBefore: Date | null, reason: string): Promise<readonly string[]>;
  /**
   * Ends stops in these instruments whose trigger price has not traded and that were in the book before
   * `eligibleBefore`, and returns the client order ids.
   */
  lapseStops(
    feedId: string,
    instrumentIds: readonly string[],
    eligibleBefore: Date,
    reason: string,
  ): Promise<readonly string[]>;
  /** Ends what rests and expires at `marketTime` or before, and returns the client order ids. */
  expire(feedId: string, marketTime: Date, reason: string): Promise<readonly string[]>;
  /** Client order ids whose executions, terms or end our own order rows do not show yet. */
  unreported(feedId: string): Promise<readonly string[]>;
}

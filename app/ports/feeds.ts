import type { Decimal } from 'decimal.js';
import type { ReplaySessionRecord, ReplayState } from '../records.ts';

/** Proof of owning a feed: every write of the owner carries it and fails once it is out of date. */
export interface FeedLease {
  readonly feedId: string;
  readonly owner: string;
  readonly fencingNumber: bigint;
}

/** The lease was taken over by another process; whoever holds it must stop at once. */
export class LeaseLost extends Error {
  constructor(readonly lease: FeedLease) {
    super(`feed ${lease.feedId}: fencing number ${lease.fencingNumber} is out of date`);
    this.name = 'LeaseLost';
  }
}

export interface QuoteRecord {
  /** Rupees within which it trades today; null: nothing holds it back, or it is not known. */
  readonly lowerBand: Decimal | null;
  readonly upperBand: Decimal | null;
  readonly instrumentId: string;
  readonly lastPrice: Decimal;
  /** Cumulative volume of the day; null: unknown. */
  readonly volume: number | null;
  readonly time: Date;
}

/** Feeds, their leases, replay sessions and last prices within a transaction. */
export interface FeedRows {
  /** Everything before it has been delivered and settled. */
  marketTime(feedId: string): Promise<Date | null>;
  quote(feedId: string, instrumentId: string): Promise<QuoteRecord | null>;
  quotes(feedId: string): Promise<readonly QuoteRecord[]>;
  /** Those of some instruments; one that has no last price yet is absent. */
  quotesOf(feedId: string, instrumentIds: readonly string[]): Promise<readonly QuoteRecord[]>;

  insertReplay(session: ReplaySessionRecord): Promise<void>;
  findReplay(replaySessionId: string): Promise<ReplaySessionRecord | null>;
  /** The session under a row lock; null where it is not this user's. */
  lockReplay(replaySessionId: string, userId: string): Promise<ReplaySessionRecord | null>;
  setReplayState(replaySessionId: string, state: ReplayState, reason: string | null): Promise<void>;
  setReplaySpeed(replaySessionId: string, speed: number | null): Promise<void>;
  /** Lets portfolios of one feed that hold no positions and no working orders follow another. */
  moveFlatPortfolios(fromFeedId: string, toFeedId: string, at: Date): Promise<void>;
  /**
   * Lets the user's portfolios that follow no feed, or are flat on one that has ended, follow this one.
   */
  adoptPortfolios(userId: string, feedId: string, at: Date): Promise<void>;
  /** Lets a portfolio follow a feed's market clock, from `at` on unless it does already. */
  bindPortfolio(portfolioId: string, feedId: string, at: Date): Promise<void>;
  /** Feeds of live markets that a portfolio follows. */
  followedLiveFeeds(): Promise<readonly string[]>;

  /** Feeds of running replays whose lease is free or ran out before `now`. */
  unownedFeeds(now: Date): Promise<readonly string[]>;
  /** Takes a free or expired lease and raises the fencing number; null where another holds it. */
  acquireLease(
    feedId: string,
    owner: string,
    now: Date,
    expiresAt: Date,
  ): Promise<FeedLease | null>;
  /** @throws LeaseLost */
  renewLease(lease: FeedLease, expiresAt: Date): Promise<void>;
  releaseLease(lease: FeedLease): Promise<void>;
  /** Stores last prices ahead of the next `advance`. @throws LeaseLost */
  saveQuotes(lease: FeedLease, quotes: readonly QuoteRecord[]): Promise<void>;
  /**
   * Stores how far the feed came, with its last prices, and returns the session as it is then.
   * @throws LeaseLost
   */
  advance(
    lease: FeedLease,
    progress: {
      readonly marketTime: Date;
      readonly quotes: readonly QuoteRecord[];
      readonly droppedTicks: number;
    },
  ): Promise<ReplaySessionRecord>;
  /** @throws LeaseLost where the lease is out of date; locks it until the commit otherwise. */
  assertLease(lease: FeedLease): Promise<void>;

  /** How many decisions of `barTime` and orders the feed still has to wait for. */
  unsettled(
    feedId: string,
    awaited: readonly { readonly runId: string; readonly trigger: string }[],
    barTime: Date,
  ): Promise<number>;
}

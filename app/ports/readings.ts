import type { Difference } from '@nandax/core/reconciliation/compare-account.ts';
import type { BrokerAccount } from './broker.ts';

/** An account whose broker's books are to be read. */
export interface AccountToRead extends BrokerAccount {
  readonly userId: string;
}

/** A difference that two readings showed alike. */
export interface FindingRecord extends Difference {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string;
  /** Wall clock of the reading that confirmed it. */
  readonly openedAt: Date;
  /** Wall clock of the last reading that showed it. */
  readonly seenAt: Date;
  /** Wall clock of the reading that showed it no more; null: it is there. */
  readonly endedAt: Date | null;
  /** When its user said that they know of it; null: they did not. */
  readonly acknowledgedAt: Date | null;
}

/** How often accounts are read, milliseconds: as a rule, and after a difference that wants proof. */
export interface ReadingTimes {
  readonly everyMs: number;
  readonly secondLookMs: number;
}

/** What the readings of brokers' books left, within a transaction. */
export interface ReadingRows {
  /**
   * Lets no account count as read: whoever starts knows of none. From here on nothing live is opened
   * until a reading agrees.
   */
  forgetAll(): Promise<void>;
  /**
   * Accounts in use whose turn it is: live ones, those with working orders or on a market that plays,
   * those where something differs, sooner those that a kill switch waits for, and after `forgetAll` those that hold something.
   */
  due(now: Date, times: ReadingTimes): Promise<readonly AccountToRead[]>;
  /** Takes an account's turn, so that no other worker reads it; false: another has. */
  claim(portfolioId: string, now: Date, until: Date): Promise<boolean>;
  /** What the last reading showed and none has confirmed, as `FindingRecord` fingerprints. */
  suspicions(portfolioId: string): Promise<readonly string[]>;
  /** Writes down a reading that worked. `agrees`: nothing differs that its user does not know of. */
  saveReading(
    portfolioId: string,
    reading: {
      readonly at: Date;
      readonly agrees: boolean;
      readonly suspicions: readonly string[];
    },
  ): Promise<void>;
  /** Writes down that the broker gave no answer; what was known stays. */
  saveFailure(portfolioId: string, reason: string, at: Date): Promise<void>;
  /** Findings of an account that have not ended. */
  openFindings(portfolioId: string): Promise<readonly FindingRecord[]>;
  insertFinding(finding: FindingRecord): Promise<void>;
  /** Writes numbers and times anew. */
  saveFinding(finding: FindingRecord): Promise<void>;
  /** A finding of this user's under a lock; null: there is none. */
  lockFinding(findingId: string, userId: string): Promise<FindingRecord | null>;
}

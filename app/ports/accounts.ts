import type { Decimal } from 'decimal.js';
import type { UserView } from '../views/account.ts';
import type { ApiKeyRows } from './api-keys.ts';
import type { AuditRows } from './audit.ts';
import type { BrokerRows } from './brokers.ts';
import type { EventRows } from './events.ts';
import type { LetterRows } from './mail.ts';
import type { NotificationRows } from './notifications.ts';
import type { PortfolioRows } from './portfolios.ts';
import type { SecondFactorRows } from './second-factor.ts';
import type { SessionRows } from './sessions.ts';
import type { TierRows } from './tiers.ts';

/** Address of the account that is made in an embedded database, to try NandaX with. */
export const demoEmail = 'demo@nandax.local';

export type UserRole = UserView['role'];
export type SubscriptionTier = UserView['tier'];

/** A person as they are written down when their address is confirmed. */
export interface NewUser {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly displayName: string;
  /** PHC string of Argon2id. */
  readonly passwordHash: string;
  readonly role: UserRole;
  readonly tier: SubscriptionTier;
  readonly createdAt: Date;
}

/** A user as use-cases decide on them. */
export interface AccountRecord {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  /** Null: erased. */
  readonly passwordHash: string | null;
  readonly role: UserRole;
  readonly tier: SubscriptionTier;
  readonly loginLetters: boolean;
  readonly lastLoginAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly erasedAt: Date | null;
}

/** Fields of a user that use-cases change. */
export type AccountChange = Partial<
  Omit<AccountRecord, 'id' | 'erasedAt'> & { readonly suspensionReason: string | null }
>;

export interface NewPortfolio {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly kind: 'PAPER' | 'LIVE';
  /** The account at a broker that a live one is of; null: paper. */
  readonly brokerConnectionId: string | null;
  /** Rupees, 2 decimals. */
  readonly initialCapital: Decimal;
  readonly createdAt: Date;
}

export type AccountRequestKind = 'REGISTRATION' | 'PASSWORD_RESET';

/** What someone who is not logged in asked for; a worker looks at whether the address is known. */
export interface AccountRequestRecord {
  readonly id: string;
  readonly kind: AccountRequestKind;
  /** Lower case. */
  readonly email: string;
  /** Of REGISTRATION only, as `passwordHash`. */
  readonly displayName: string | null;
  readonly passwordHash: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export type EmailTokenPurpose = 'RESET_PASSWORD' | 'CHANGE_EMAIL';

export interface EmailTokenRecord {
  /** SHA-256 of the token, hexadecimal. */
  readonly id: string;
  readonly userId: string;
  readonly purpose: EmailTokenPurpose;
  /** Of CHANGE_EMAIL. */
  readonly newEmail: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Why the orders of an account may only reduce. */
export type ClosingCause = 'SUSPENSION' | 'DELETION';

/** People, what they asked for, and their portfolios, within a transaction. */
export interface AccountRows {
  /** Writes a user with an event counter, trading state and risk limits. @throws UniqueKeyTaken */
  insertUser(user: NewUser): Promise<void>;
  /** Under a row lock, deleted and suspended ones too. */
  lockUser(userId: string): Promise<AccountRecord | null>;
  /** As `lockUser`, by address in lower case. */
  lockUserByEmail(email: string): Promise<AccountRecord | null>;
  /** @throws UniqueKeyTaken */
  changeUser(userId: string, change: AccountChange): Promise<void>;
  /**
   * Destroys a user's personal data and credentials: address, name, password, key, sessions, API
   * keys, second factors, letters, broker connections. The trading record stays.
   */
  eraseUser(userId: string, at: Date): Promise<void>;
  /** Deleted at or before `before` and not erased yet. */
  dueForErasure(before: Date, limit: number): Promise<readonly string[]>;

  insertRequest(request: AccountRequestRecord): Promise<void>;
  /** Requests whose letters are still to be written, oldest first; skips those another worker holds. */
  takeRequests(limit: number): Promise<readonly AccountRequestRecord[]>;
  /**
   * The letter is written. `tokenHash` stands for the link in it; null: it has none, so what the
   * request carried besides the address is wiped.
   */
  markRequestHandled(id: string, tokenHash: string | null, at: Date): Promise<void>;
  /** No letter follows. */
  dropRequest(id: string): Promise<void>;
  /** Letters that were written for requests with this address at or after `since`. */
  countHandledRequests(email: string, since: Date): Promise<number>;
  /** Takes a registration out by its token's hash; null: unknown, used or expired at `at`. */
  takeRegistration(tokenHash: string, at: Date): Promise<AccountRequestRecord | null>;

  insertEmailToken(token: EmailTokenRecord): Promise<void>;
  /** Uses up a token; null: unknown, used, or expired at `at`. */
  useEmailToken(id: string, purpose: EmailTokenPurpose, at: Date): Promise<EmailTokenRecord | null>;
  /** Unused tokens of a user are worth nothing any more. */
  dropEmailTokens(userId: string): Promise<void>;

  /** Lets a user's orders only reduce, until the same cause is released. */
  reduceTrading(userId: string, cause: ClosingCause, reason: string, at: Date): Promise<void>;
  /** Lifts what `reduceTrading` set for this cause; another cause, a kill switch too, still holds. */
  releaseTrading(userId: string, cause: ClosingCause): Promise<void>;

  /** Writes a portfolio with its trading state and risk limits. */
  insertPortfolio(portfolio: NewPortfolio): Promise<void>;
  /** Marks a notification of this user as read, unless it is; null where it is not theirs. */
  readNotification(
    notificationId: string,
    userId: string,
    at: Date,
  ): Promise<{ readonly id: string; readonly readAt: Date } | null>;
}

export interface AccountTransaction {
  readonly accounts: AccountRows;
  readonly sessions: SessionRows;
  readonly apiKeys: ApiKeyRows;
  readonly secondFactors: SecondFactorRows;
  readonly brokers: BrokerRows;
  readonly letters: LetterRows;
  readonly notifications: Pick<NotificationRows, 'insert'>;
  readonly tiers: TierRows;
  readonly audit: AuditRows;
  readonly portfolios: Pick<PortfolioRows, 'post'>;
  readonly events: Pick<EventRows, 'append'>;
}

export interface AccountStore {
  /** @throws UniqueKeyTaken */
  transaction<T>(work: (rows: AccountTransaction) => Promise<T>): Promise<T>;
  /** A user by email in lower case, deleted and suspended ones too; erased ones have none. */
  findByEmail(email: string): Promise<AccountRecord | null>;
  findById(userId: string): Promise<AccountRecord | null>;
  /** A token that could still be used at `at`; it stays. */
  findEmailToken(
    id: string,
    purpose: EmailTokenPurpose,
    at: Date,
  ): Promise<EmailTokenRecord | null>;
  /** Whether the demo account was seeded into this database. */
  demoAccountExists(): Promise<boolean>;
}

/** Slow hashes of passwords. */
export interface PasswordHasher {
  /** A PHC string with a salt of its own. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password made the hash. Without a hash (an unknown user) it answers false after the
   * same work, so that time tells nothing. Old bcrypt hashes verify, too.
   */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether the hash should be made anew from the password that has just proved right. */
  isOutdated(hash: string): boolean;
}

/** Tells a password that others would guess. */
export interface PasswordJudge {
  /** Why the password is too weak for someone with these words about them; null: it will do. */
  weakness(password: string, about: readonly string[]): Promise<string | null>;
}

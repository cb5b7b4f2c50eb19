import type { Decimal } from 'decimal.js';
import type { EventRows } from './events.ts';
import type { PortfolioRows } from './portfolios.ts';

/** Address of the account that is made in an embedded database, to try NandaX with. */
export const demoEmail = 'demo@nandax.local';

/** A person as they are written down when they register. */
export interface NewUser {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly displayName: string;
  /** PHC string of Argon2id. */
  readonly passwordHash: string;
  readonly createdAt: Date;
}

export interface NewPortfolio {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly kind: 'PAPER';
  /** Rupees, 2 decimals. */
  readonly initialCapital: Decimal;
  readonly createdAt: Date;
}

/** People and their portfolios within a transaction. */
export interface AccountRows {
  /** Writes a user with an event counter, trading state and risk limits. @throws UniqueKeyTaken */
  insertUser(user: NewUser): Promise<void>;
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
  readonly portfolios: Pick<PortfolioRows, 'post'>;
  readonly events: Pick<EventRows, 'append'>;
}

export interface AccountStore {
  /** @throws UniqueKeyTaken */
  transaction<T>(work: (rows: AccountTransaction) => Promise<T>): Promise<T>;
  /** A user who is not deleted, by email in lower case. */
  findByEmail(
    email: string,
  ): Promise<{ readonly id: string; readonly passwordHash: string } | null>;
  recordLogin(userId: string, at: Date): Promise<void>;
  /** Whether the demo account was seeded into this database. */
  demoAccountExists(): Promise<boolean>;
}

/** Slow hashes of passwords. */
export interface PasswordHasher {
  /** A PHC string with a salt of its own. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password made the hash. Without a hash (an unknown user) it answers false after the
   * same work, so that time tells nothing.
   */
  verify(hash: string | null, password: string): Promise<boolean>;
}

/** Whether the browser speaks HTTPS: its cookies are then Secure. */
export interface Transport {
  readonly https: boolean;
}

/** Web sessions: the browser holds a secret in a cookie, the database its SHA-256. */
export interface Sessions {
  open(
    userId: string,
    from: Transport & { readonly userAgent: string | null; readonly ipAddress: string | null },
  ): Promise<OpenedSession>;
  /**
   * Whose session a secret opens; null: no one's. A session in the second half of its life is
   * prolonged, and `cookie` then says so to the browser.
   */
  find(
    secret: string,
    over: Transport,
  ): Promise<{ readonly userId: string; readonly cookie: string | null } | null>;
  close(secret: string): Promise<void>;
  /** The secret in a Cookie header. */
  secretIn(cookieHeader: string): string | null;
  /** Set-Cookie value that takes the session's cookie back. */
  blankCookie(over: Transport): string;
}

export interface OpenedSession {
  /** Set-Cookie value that hands the secret to the browser. */
  readonly cookie: string;
}

import type { Origin } from '../actor.ts';
import type { ApiScope } from './api-keys.ts';

export type SessionKind = 'WEB' | 'PROGRAM';

export interface NewSession extends Origin {
  readonly id: string;
  readonly kind: SessionKind;
  readonly userId: string;
  /** SHA-256 of the cookie's secret; null: a program's. */
  readonly secretHash: string | null;
  readonly secondFactor: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface RefreshTokenRecord {
  /** SHA-256 of the token. */
  readonly id: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** Of its session: an access token carries it. */
  readonly sessionVersion: number;
  readonly secondFactor: boolean;
}

/** Sessions and refresh tokens within a transaction. A session that ended is gone. */
export interface SessionRows {
  insert(session: NewSession): Promise<void>;
  /**
   * Removes sessions of a user, and logins that wait for their second factor; returns the sessions'
   * ids. `except`: one that stays.
   */
  endAll(userId: string, except: string | null): Promise<readonly string[]>;
  /** Removes one session of a user; false where it is not theirs. */
  end(sessionId: string, userId: string): Promise<boolean>;
  insertRefreshToken(token: {
    readonly id: string;
    readonly sessionId: string;
    readonly createdAt: Date;
    readonly expiresAt: Date;
  }): Promise<void>;
  /** A refresh token under a row lock of its session; null: unknown, or its session has ended. */
  lockRefreshToken(id: string): Promise<RefreshTokenRecord | null>;
  markRefreshTokenUsed(id: string, at: Date): Promise<void>;
  /** A session that goes on: seen now, expiring later. */
  prolong(sessionId: string, seenAt: Date, expiresAt: Date): Promise<void>;
  /** Whether the user is logged in with this address and device already. */
  isKnownDevice(userId: string, origin: Origin): Promise<boolean>;
  /** Whether a session was opened with a second factor, or has shown one since. */
  hasSecondFactor(sessionId: string): Promise<boolean>;
  /** The session has shown a second factor. */
  markSecondFactor(sessionId: string): Promise<void>;
  /** Makes every access token of a user's sessions stale; their refresh tokens stay good. */
  renewVersions(userId: string): Promise<void>;
}

/** What makes a credential good or bad, read for each request or from a short-lived cache. */
export interface SessionStanding {
  readonly sessionId: string;
  readonly userId: string;
  readonly version: number;
  readonly secondFactor: boolean;
  readonly expiresAt: Date;
}

export interface ApiKeyStanding {
  readonly apiKeyId: string;
  readonly userId: string;
  readonly scopes: readonly ApiScope[];
  readonly allowedIps: readonly string[];
  readonly expiresAt: Date | null;
}

/** Reads of credentials; each answers only for users who are neither suspended nor deleted. */
export interface CredentialReads {
  sessions(ids: readonly string[]): Promise<ReadonlyMap<string, SessionStanding>>;
  apiKeyByHash(secretHash: string): Promise<ApiKeyStanding | null>;
  apiKeys(ids: readonly string[]): Promise<ReadonlyMap<string, ApiKeyStanding>>;
  /** Notes that a key was used; at most once a minute is written. */
  noteUse(apiKeyId: string, at: Date, ipAddress: string | null): Promise<void>;
}

/** Signs and reads access tokens (JWT, HS256). */
export interface AccessTokens {
  sign(claims: AccessTokenClaims, issuedAt: Date): Promise<string>;
  /** `EXPIRED`: it says of itself that it ended before `now`; null: not signed by us, or malformed. */
  read(token: string, now: Date): Promise<AccessTokenClaims | 'EXPIRED' | null>;
}

export interface AccessTokenClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly sessionVersion: number;
  readonly expiresAt: Date;
}

/** Whether the browser speaks HTTPS: its cookies are then Secure. */
export interface Transport {
  readonly https: boolean;
}

/** Sessions of browsers: the cookie holds a secret, the database its SHA-256. */
export interface WebSessions {
  /** Opens a session and answers the Set-Cookie value that hands its secret to the browser. */
  open(
    userId: string,
    from: Origin & Transport & { readonly sessionId: string; readonly secondFactor: boolean },
  ): Promise<string>;
  /**
   * Which session a secret opens; null: none. A session in the second half of its life is
   * prolonged, and `cookie` then says so to the browser.
   */
  find(
    secret: string,
    over: Transport,
  ): Promise<(SessionStanding & { readonly cookie: string | null }) | null>;
  close(secret: string): Promise<void>;
  /** The secret in a Cookie header. */
  secretIn(cookieHeader: string): string | null;
  /** Set-Cookie value that takes the session's cookie back. */
  blankCookie(over: Transport): string;
}

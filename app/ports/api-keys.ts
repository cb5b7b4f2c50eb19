/** What an API key may do. */
export type ApiScope =
  | 'READ'
  | 'STRATEGIES_WRITE'
  | 'BACKTESTS_RUN'
  | 'AGENTS_CONTROL'
  | 'SIGNALS_SUBMIT'
  | 'PAPER_TRADE'
  | 'LIVE_TRADE'
  | 'RISK_HALT';

export interface NewApiKey {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  /** The beginning of the key, by which people recognise it. */
  readonly prefix: string;
  /** SHA-256 of the whole key, hexadecimal. */
  readonly secretHash: string;
  readonly scopes: readonly ApiScope[];
  /** Addresses and CIDR networks it may come from; empty: any. */
  readonly allowedIps: readonly string[];
  /** Null: it lasts until it is revoked. */
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
}

/** API keys within a transaction. */
export interface ApiKeyRows {
  insert(key: NewApiKey): Promise<void>;
  /** Revokes a live key of this user; null where there is none. */
  revoke(id: string, userId: string, at: Date): Promise<{ readonly name: string } | null>;
  /** Revokes all live keys of a user and returns their ids. */
  revokeAll(userId: string, at: Date): Promise<readonly string[]>;
}

/** So many in so long. */
export interface RateLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateVerdict {
  readonly allowed: boolean;
  /** How many more now. */
  readonly remaining: number;
  /** Seconds until one more is allowed; 0: at once. */
  readonly retryAfterSeconds: number;
  /** Seconds until the window under way ends; until then the budget does not grow by much. */
  readonly resetSeconds: number;
}

/**
 * Counts of all processes together. A sliding window: the share of the window before this one that
 * the last `windowSeconds` still cover counts too. What is refused does not count.
 */
export interface RateLimits {
  take(key: string, limit: RateLimit, now: Date): Promise<RateVerdict>;
}

/** Failures in a row, by key, forgotten after a while without another. */
export interface FailedAttempts {
  read(key: string, now: Date): Promise<{ readonly count: number; readonly lastAt: Date | null }>;
  /** Adds one and returns the count. */
  add(key: string, now: Date, forgetAfterSeconds: number): Promise<number>;
  clear(key: string): Promise<void>;
}

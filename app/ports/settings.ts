/** What this installation was configured to do. */
export interface Settings {
  /** Address at which people open it, without a slash at the end: links in letters, passkeys. */
  readonly publicUrl: string;
  /** How long an access token lives, minutes. */
  readonly accessTokenMinutes: number;
  /** How long a refresh token lives when it is not used, days. */
  readonly refreshTokenDays: number;
  /** How long a browser's session lives when it is not used, days. */
  readonly sessionDays: number;
  /** Days after which a deleted account's personal data are erased. */
  readonly deletionGraceDays: number;
  /** Whether a live broker connection asks for a second factor. */
  readonly secondFactorForLiveBrokers: boolean;
  /** Whether letters stay in the local outbox, which the demo user reads. */
  readonly localOutbox: boolean;
}

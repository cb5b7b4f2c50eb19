/** Codes of authenticator apps: TOTP (RFC 6238) with SHA-1, 6 digits and steps of 30 seconds. */
export interface Totp {
  /** A fresh secret: 20 random bytes in base32. */
  mintSecret(): string;
  /** The `otpauth://` address by which an app takes the secret over. */
  keyUri(secret: string, accountName: string): string;
  /**
   * The time step whose code this is: that of `now`, the one before or the one after, for clocks that
   * differ; null: of none of them, or of one at or before `usedStep`. A code works once.
   */
  matchingStep(
    secret: string,
    code: string,
    now: Date,
    usedStep: bigint | null,
  ): Promise<bigint | null>;
}

/** Texts as pictures that a camera reads. */
export interface QrCodes {
  /** An SVG document. */
  svg(text: string): Promise<string>;
}

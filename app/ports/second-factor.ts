/** How a second factor can be shown. */
export type SecondFactorMethod = 'TOTP' | 'RECOVERY_CODE' | 'PASSKEY';

export interface TotpRecord {
  readonly userId: string;
  /** Sealed base32 secret. */
  readonly sealedSecret: string;
  readonly confirmedAt: Date | null;
  readonly lastUsedStep: bigint | null;
}

export interface PasskeyRecord {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  /** Base64url. */
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: bigint;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly createdAt: Date;
}

export type ChallengeKind = 'SECOND_FACTOR' | 'PASSKEY_REGISTRATION' | 'PASSKEY_LOGIN';

/** A step that waits for its second half; its holder shows a secret whose SHA-256 is the id. */
export interface ChallengeRecord {
  readonly id: string;
  readonly kind: ChallengeKind;
  readonly userId: string | null;
  /** The WebAuthn challenge, base64url. */
  readonly webAuthn: string | null;
  readonly failures: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Second factors within a transaction. */
export interface SecondFactorRows {
  /** Ways in which this user can show one now; empty: none is set up. */
  methods(userId: string): Promise<readonly SecondFactorMethod[]>;

  /** Under a row lock. */
  lockTotp(userId: string): Promise<TotpRecord | null>;
  /** Begins an enrolment, in place of one that was not confirmed. */
  saveTotp(totp: Pick<TotpRecord, 'userId' | 'sealedSecret'>, at: Date): Promise<void>;
  confirmTotp(userId: string, step: bigint, at: Date): Promise<void>;
  markTotpStepUsed(userId: string, step: bigint): Promise<void>;
  removeTotp(userId: string): Promise<void>;

  /** Replaces all recovery codes; hashes are SHA-256 in hexadecimal. */
  replaceRecoveryCodes(userId: string, hashes: readonly string[], at: Date): Promise<void>;
  /** Uses up a code; false where it is none of this user's unused ones. */
  spendRecoveryCode(userId: string, hash: string, at: Date): Promise<boolean>;
  /** Codes of this user that were not used yet. */
  countRecoveryCodes(userId: string): Promise<number>;

  /** @throws UniqueKeyTaken at the end of the transaction where the credential is known already */
  insertPasskey(passkey: PasskeyRecord): Promise<void>;
  passkeysOf(userId: string): Promise<readonly PasskeyRecord[]>;
  /** By the authenticator's credential id, under a row lock. */
  lockPasskey(credentialId: string): Promise<PasskeyRecord | null>;
  notePasskeyUse(id: string, counter: bigint, at: Date): Promise<void>;
  /** Null where it is not this user's. */
  removePasskey(id: string, userId: string): Promise<{ readonly name: string } | null>;

  insertChallenge(challenge: Omit<ChallengeRecord, 'failures'>): Promise<void>;
  /** Under a row lock; null: unknown or already answered. Whoever asks checks the expiry. */
  lockChallenge(id: string): Promise<ChallengeRecord | null>;
  setWebAuthnChallenge(id: string, webAuthn: string): Promise<void>;
  countChallengeFailure(id: string): Promise<void>;
  removeChallenge(id: string): Promise<void>;
}

/**
 * Seals secrets for storage: AES-256-GCM, the key's id in the text. `place` says where the text is
 * kept (`BrokerConnection.sealedApiKey:<id>`); a text moved elsewhere does not open.
 */
export interface Sealer {
  seal(plain: string, place: string): string;
  /** @throws SealBroken */
  open(sealed: string, place: string): string;
  /** Whether it was sealed under the key that new texts are sealed under. */
  isCurrent(sealed: string): boolean;
}

/** A sealed text is damaged, was moved, or its key is gone from the key ring. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor(
    readonly place: string,
    options?: ErrorOptions,
  ) {
    super(`the sealed text of ${place} does not open`, options);
  }
}

/** Personal data of users under keys of their own, which erasure destroys. */
export interface PersonalData {
  /** The plain text of what was sealed for a user; null: their key was destroyed. */
  open(userId: string, sealed: string, place: string): Promise<string | null>;
}

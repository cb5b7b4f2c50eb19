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

/** A text sealed under a user's own key. */
export interface PersonalText {
  readonly userId: string;
  readonly sealed: string;
  readonly place: string;
}

/** Personal data of users under keys of their own, which erasure destroys. */
export interface PersonalData {
  /** The plain text of what was sealed for a user; null: their key was destroyed. */
  open(userId: string, sealed: string, place: string): Promise<string | null>;
  /** As `open`, for many texts with one look at the keys, in their order. */
  openAll(texts: readonly PersonalText[]): Promise<readonly (string | null)[]>;
}

/** The key ring, where this installation keeps it itself. Its processes see a change at once. */
export interface KeptKeyRing {
  /** Ids of its keys; the first seals. @throws Error where there is none yet */
  keys(): readonly string[];
  /** When it last changed. */
  changedAt(): Date;
  /** Puts a fresh key first, and answers its id. */
  add(now: Date): Promise<string>;
  /** Takes keys away for good; never the first. */
  remove(ids: readonly string[]): Promise<void>;
}

/** What was done to one column that holds sealed texts. */
export interface ResealedColumn {
  /** Table and column, e.g. `UserKey.sealedKey`. */
  readonly column: string;
  readonly resealed: number;
  /** Places of texts that do not open. They stay as they are. */
  readonly broken: readonly string[];
}

/** Everything that is stored sealed under the key ring. */
export interface SealedTexts {
  /** Seals anew, under the ring's first key, what is sealed under another; others may work meanwhile. */
  reseal(): Promise<readonly ResealedColumn[]>;
  /** Ids of the keys under which anything is sealed. */
  keysInUse(): Promise<ReadonlySet<string>>;
  /** Runs while no other rotation of this installation does. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Until when what has run out is kept; each instant is exclusive. */
export interface KeptSince {
  /** Sessions, refresh tokens, challenges, email tokens, account requests and counts end by this. */
  readonly now: Date;
  /** Letters of users, sent or not. */
  readonly letters: Date;
  /** Letters to people without an account. */
  readonly strangersLetters: Date;
}

/** Rows that are worth nothing any more. */
export interface ExpiredRows {
  /** Removes them and returns how many there were of each kind. */
  sweep(since: KeptSince): Promise<Readonly<Record<string, number>>>;
}

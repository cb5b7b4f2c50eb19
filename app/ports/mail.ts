/** A letter in plain text. Links in it may open an account, so it is stored sealed. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface LetterRecord extends Letter {
  readonly id: string;
  readonly createdAt: Date;
  readonly attempts: number;
}

/** Letters within the transaction they tell of. */
export interface LetterRows {
  insert(letter: Letter & { readonly userId: string | null }, at: Date): Promise<void>;
}

/** The letters that wait. */
export interface LetterBox {
  /**
   * Hands up to `limit` due letters, one by one, to `send` and marks each sent or puts it off;
   * letters that another process holds are passed over. Returns how many it handled.
   */
  deliver(
    limit: number,
    now: () => Date,
    send: (letter: LetterRecord) => Promise<void>,
  ): Promise<number>;
  /** Newest first, for an installation without a mail server. */
  list(first: number): Promise<readonly LetterRecord[]>;
}

/** Takes letters away; rejects where that failed and may be tried again. */
export interface MailTransport {
  send(letter: LetterRecord): Promise<void>;
}

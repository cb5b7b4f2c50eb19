/** A link of a letter that is unknown, used up, replaced or expired; which of them is not said. */
export interface InvalidToken {
  readonly kind: 'INVALID_TOKEN';
}

export const invalidToken: InvalidToken = { kind: 'INVALID_TOKEN' };

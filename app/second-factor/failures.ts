/** The step was never begun, was finished, took too long, or was answered wrongly too often. */
export interface ChallengeEnded {
  readonly kind: 'CHALLENGE_ENDED';
}

/** The code is wrong or was used, or the passkey's answer is not valid. */
export interface SecondFactorRefused {
  readonly kind: 'SECOND_FACTOR_REFUSED';
  /** How often the same step may be answered again; null: no step is counted, only the time between. */
  readonly attemptsLeft: number | null;
}

export const challengeEnded: ChallengeEnded = { kind: 'CHALLENGE_ENDED' };

/** A wrong code outside of a counted step. */
export const codeRefused: SecondFactorRefused = {
  kind: 'SECOND_FACTOR_REFUSED',
  attemptsLeft: null,
};

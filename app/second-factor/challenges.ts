import type { ChallengeKind, SecondFactorRows } from '../ports/second-factor.ts';
import type { IdSource } from '../ports/world.ts';
import { mintToken, tokenHash } from '../token.ts';

/** How long a step waits for its second half. */
const lifeMs = 10 * 60_000;

/** A step that was begun: whoever holds the secret may finish it. */
export interface OpenedChallenge {
  readonly secret: string;
  readonly expiresAt: Date;
}

/** Begins a step of a login or of an enrolment that waits for its second half. */
export async function openChallenge(
  rows: { readonly secondFactors: Pick<SecondFactorRows, 'insertChallenge'> },
  ids: Pick<IdSource, 'randomBytes'>,
  step: {
    readonly kind: ChallengeKind;
    readonly userId: string | null;
    readonly webAuthn: string | null;
  },
  now: Date,
): Promise<OpenedChallenge> {
  const secret = mintToken(ids, 'challenge');
  const expiresAt = new Date(now.getTime() + lifeMs);
  await rows.secondFactors.insertChallenge({
    ...step,
    id: tokenHash(secret),
    createdAt: now,
    expiresAt,
  });
  return { secret, expiresAt };
}

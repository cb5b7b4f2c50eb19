import type { ChallengeKind, ChallengeRecord, SecondFactorRows } from '../ports/second-factor.ts';
import type { IdSource } from '../ports/world.ts';
import { mintToken, tokenHash } from '../token.ts';
import type { SecondFactorRefused } from './failures.ts';

/** How long a step waits for its second half. */
const lifeMs = 10 * 60_000;
/** How many wrong answers end a step. */
const mostFailures = 5;

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

/** The step that a secret stands for, under a row lock; null: it cannot be answered (any more). */
export async function lockOpenChallenge(
  rows: { readonly secondFactors: Pick<SecondFactorRows, 'lockChallenge'> },
  secret: string,
  kind: ChallengeKind,
  now: Date,
): Promise<ChallengeRecord | null> {
  const challenge = await rows.secondFactors.lockChallenge(tokenHash(secret));
  return challenge?.kind === kind && challenge.expiresAt > now ? challenge : null;
}

/** Counts a wrong answer; the last that is allowed ends the step. */
export async function refuseAnswer(
  rows: {
    readonly secondFactors: Pick<SecondFactorRows, 'countChallengeFailure' | 'removeChallenge'>;
  },
  { id, failures }: ChallengeRecord,
): Promise<SecondFactorRefused> {
  const attemptsLeft = mostFailures - failures - 1;
  if (attemptsLeft > 0) await rows.secondFactors.countChallengeFailure(id);
  else await rows.secondFactors.removeChallenge(id);
  return { kind: 'SECOND_FACTOR_REFUSED', attemptsLeft };
}

/** A fresh WebAuthn challenge: 256 random bits, base64url. */
export function mintWebAuthnChallenge(ids: Pick<IdSource, 'randomBytes'>): string {
  return Buffer.from(ids.randomBytes(32)).toString('base64url');
}

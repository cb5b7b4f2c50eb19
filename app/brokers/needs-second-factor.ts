import type { Actor } from '../actor.ts';
import type { SecondFactorRows } from '../ports/second-factor.ts';
import type { SessionRows } from '../ports/sessions.ts';
import type { Settings } from '../ports/settings.ts';

/** A live broker is used with a second factor only. */
export interface SecondFactorNeeded {
  readonly kind: 'SECOND_FACTOR_NEEDED';
  /** Whether the user has one; if so, this session was opened without it. */
  readonly isSetUp: boolean;
}

/**
 * Whether a live broker is closed to this actor, as this installation is configured; null: it is open.
 * The user has to have a second factor, and a session has to have shown it. An API key or an agent
 * acts without a session; that a person with a second factor made it is enough.
 */
export async function needsSecondFactor(
  settings: Pick<Settings, 'secondFactorForLiveBrokers'>,
  rows: {
    readonly secondFactors: Pick<SecondFactorRows, 'methods'>;
    readonly sessions: Pick<SessionRows, 'hasSecondFactor'>;
  },
  actor: Extract<Actor, { readonly userId: string }>,
): Promise<SecondFactorNeeded | null> {
  if (!settings.secondFactorForLiveBrokers) return null;
  const methods = await rows.secondFactors.methods(actor.userId);
  const isSetUp = methods.length > 0;
  const isShown = actor.kind !== 'USER' || (await rows.sessions.hasSecondFactor(actor.sessionId));
  return isSetUp && isShown ? null : { kind: 'SECOND_FACTOR_NEEDED', isSetUp };
}

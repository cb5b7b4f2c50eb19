import type { KeptKeyRing, ResealedColumn, SealedTexts } from '../ports/secrets.ts';
import type { Clock } from '../ports/world.ts';

export interface RotateSecretsPorts {
  /** Null: the operator gives it, and put the new key first before the restart. */
  readonly keyRing: KeptKeyRing | null;
  readonly sealedTexts: SealedTexts;
  readonly clock: Clock;
}

/** What a rotation did. */
export interface SecretsRotated {
  /** Id of the key that was added; null: an earlier rotation went on, or the operator adds them. */
  readonly added: string | null;
  readonly columns: readonly ResealedColumn[];
}

/**
 * Adds a fresh key to the ring and seals everything anew under it, while other processes work. Where
 * an earlier rotation was interrupted it goes on, and adds no further key.
 */
export function rotateSecrets({
  keyRing,
  sealedTexts,
  clock,
}: RotateSecretsPorts): Promise<SecretsRotated> {
  return sealedTexts.exclusively(async () => {
    const columns = await sealedTexts.reseal();
    const goesOn = columns.some(({ resealed }) => resealed > 0);
    if (keyRing === null || goesOn) return { added: null, columns };
    const added = await keyRing.add(clock.now());
    return { added, columns: await sealedTexts.reseal() };
  });
}

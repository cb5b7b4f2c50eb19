import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AuditAnchor } from '../ports/audit.ts';
import type { KeptKeyRing, ResealedColumn, SealedTexts } from '../ports/secrets.ts';
import type { Clock } from '../ports/world.ts';

export interface PruneKeysPorts {
  readonly keyRing: KeptKeyRing | null;
  readonly sealedTexts: SealedTexts;
  readonly auditAnchor: AuditAnchor;
  readonly clock: Clock;
}

/** The operator gives the key ring, and takes keys out of it. */
export interface KeyRingNotKept {
  readonly kind: 'KEY_RING_NOT_KEPT';
}

/** What began before the ring changed may still write texts under the key of then. */
export interface RotatedJustNow {
  readonly kind: 'ROTATED_JUST_NOW';
  readonly retryAfterSeconds: number;
}

/** What pruning did. */
export interface KeysPruned {
  readonly removed: readonly string[];
  /** Older keys under which something is still sealed. */
  readonly stillInUse: readonly string[];
  readonly columns: readonly ResealedColumn[];
}

/** Longer than any transaction lives, milliseconds. */
const settleMs = 180_000;

/**
 * Removes the older keys under which nothing is sealed any more. Access tokens signed under them end,
 * and so do anchored heads of the audit trail, of which the last of each chain is signed anew first.
 */
export async function pruneKeys(
  ports: PruneKeysPorts,
): Promise<Result<KeysPruned, KeyRingNotKept | RotatedJustNow>> {
  const { keyRing, sealedTexts, auditAnchor, clock } = ports;
  if (keyRing === null) return fail({ kind: 'KEY_RING_NOT_KEPT' });
  return sealedTexts.exclusively(async () => {
    const now = clock.now();
    const wait = keyRing.changedAt().getTime() + settleMs - now.getTime();
    if (wait > 0) {
      return fail({ kind: 'ROTATED_JUST_NOW', retryAfterSeconds: Math.ceil(wait / 1000) });
    }
    const columns = await sealedTexts.reseal();
    const inUse = await sealedTexts.keysInUse();
    const older = keyRing.keys().slice(1);
    const removed = older.filter((id) => !inUse.has(id));
    if (removed.length > 0) {
      await auditAnchor.write([...(await auditAnchor.read()).values()], now);
      await keyRing.remove(removed);
    }
    return succeed({ removed, stillInUse: older.filter((id) => inUse.has(id)), columns });
  });
}

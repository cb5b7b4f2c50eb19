import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { OptimisationRecord } from '../ports/optimisations.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { optimisationEvent } from './optimisation-event.ts';

/** Ends a search that is waiting or under way; its trials so far stay, and its worker lets go of it. */
export async function cancelOptimisation(
  ports: Pick<TradingPorts, 'store' | 'clock' | 'bus'>,
  { userId, optimisationId }: { readonly userId: string; readonly optimisationId: string },
): Promise<Result<OptimisationRecord, NotFound | IllegalState>> {
  const cancelled = await ports.store.transaction(async (rows) => {
    const found = await rows.optimisations.lock(optimisationId);
    if (found?.userId !== userId) return fail(notFound('Optimisation', optimisationId));
    if (found.status !== 'QUEUED' && found.status !== 'RUNNING') {
      return fail(illegalState(found.status, 'The optimisation has already ended.'));
    }
    const now = ports.clock.now();
    const ended: OptimisationRecord = { ...found, status: 'CANCELLED', endedAt: now };
    await rows.optimisations.setStatus(found.id, 'CANCELLED', { endedAt: now });
    await rows.events.append(userId, [optimisationEvent(ended)], now);
    return succeed(ended);
  });
  if (cancelled.ok) await ports.bus.publish('outbox', {});
  return cancelled;
}

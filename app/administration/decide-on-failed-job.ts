import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import { takeBackUnsent } from '../orders/cancel-order.ts';
import { installationChain } from '../ports/audit.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

export type FailedJobDecision = 'RETRY' | 'DISCARD';

const outcomes = {
  RETRY: { status: 'RETRY_REQUESTED', action: 'JOB_RETRIED' },
  DISCARD: { status: 'DISCARDED', action: 'JOB_DISCARDED' },
} as const;

/**
 * An administrator's word about a job that used up its attempts: run it again, or put it away. An
 * order that has not left by then is taken back with its job: left as it is, the next look after
 * waiting orders would send it all the same. The word is said once; a job that fails again after a retry is a failed job of its own. The relay queues
 * it, so that a retry that was answered is not lost with this process.
 */
export async function decideOnFailedJob(
  ports: Pick<TradingPorts, 'store' | 'bus' | 'clock' | 'ids'>,
  {
    actor,
    failureId,
    decision,
  }: {
    readonly actor: UserActor;
    readonly failureId: string;
    readonly decision: FailedJobDecision;
  },
): Promise<Result<{ readonly id: string }, NotFound | IllegalState>> {
  const { store, bus, clock } = ports;
  const now = clock.now();
  const { status, action } = outcomes[decision];
  const decided = await store.transaction(async (rows) => {
    const failure = await rows.jobFailures.lock(failureId);
    if (failure === null) return fail(notFound('JobFailure', failureId));
    if (failure.status !== 'WAITING') {
      return fail(illegalState(failure.status, 'The failed job was decided about already.'));
    }
    await rows.jobFailures.save(failureId, status, now);
    const { queue, name, id, payload } = failure.job;
    if (decision === 'DISCARD' && name === 'place-order') {
      await takeBackUnsent(rows, ports, { actor, orderId: payload.orderId });
    }
    await rows.audit.append(
      [
        {
          chain: installationChain,
          action,
          actor,
          entity: 'JobFailure',
          entityId: failureId,
          before: { status: failure.status },
          after: { status, queue, name, jobId: id },
        },
      ],
      now,
    );
    return succeed({ id: failureId });
  });
  if (decided.ok) await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
  return decided;
}

import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { runEvent } from '../agents/agent-event.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { RunRecord } from '../records.ts';

/** Ends a backtest that is waiting or under way; the worker that runs it lets go of it. */
export async function cancelBacktest(
  ports: Pick<TradingPorts, 'store' | 'clock' | 'bus'>,
  { userId, runId }: { readonly userId: string; readonly runId: string },
): Promise<Result<RunRecord, NotFound | IllegalState>> {
  const cancelled = await ports.store.transaction(async (rows) => {
    const run = await rows.runs.lockRun(runId);
    if (run?.userId !== userId || run.kind !== 'BACKTEST') return fail(notFound('Run', runId));
    if (run.status !== 'QUEUED' && run.status !== 'RUNNING') {
      return fail(illegalState(run.status, 'The backtest has already ended.'));
    }
    const now = ports.clock.now();
    const stopped: RunRecord = { ...run, status: 'STOPPED', endedAt: now };
    await rows.runs.setRunStatus(run.id, 'STOPPED', { endedAt: now });
    await rows.events.append(userId, [runEvent(stopped, 'RUN_STOPPED')], now);
    return succeed(stopped);
  });
  if (cancelled.ok) await ports.bus.publish('outbox', {});
  return cancelled;
}

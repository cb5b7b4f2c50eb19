import type { TradingPorts } from '../ports/trading-ports.ts';

/** Jobs queued in one transaction. */
const batchSize = 50;

/**
 * Puts the failed jobs that an administrator wants to run again back into their queues. A crash
 * before the commit queues them once more, which is harmless: every job is safe to repeat.
 */
export async function requeueFailedJobs({
  store,
  queue,
  clock,
}: Pick<TradingPorts, 'store' | 'queue' | 'clock'>): Promise<void> {
  for (;;) {
    const queued = await store.transaction(async ({ jobFailures }) => {
      let count = 0;
      for (const { id, job } of await jobFailures.takeRequested(batchSize)) {
        // Its last attempt is still ending; the next round finds it again.
        if (!(await queue.addAgain(job))) continue;
        await jobFailures.save(id, 'RETRIED', clock.now());
        count += 1;
      }
      return count;
    });
    if (queued < batchSize) return;
  }
}

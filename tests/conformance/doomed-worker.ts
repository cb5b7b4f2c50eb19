import { createJobConsumers } from '@nandax/adapters/queue/job-consumers.ts';
import type { QueuePlace } from '@nandax/adapters/queue/queue-backend.ts';
import { silentLog } from '../setup/silent-log.ts';

/** A worker that takes one job, tells so, and never ends it. */
process.once('message', ({ place }: { place: QueuePlace }) => {
  createJobConsumers({ place, log: silentLog, lockDurationMs: 1_000 }).consume(
    'backtests',
    {
      'run-backtest': async ({ runId }) => {
        process.send?.({ runId });
        await new Promise(() => undefined);
      },
    },
    { concurrency: 1, onExhausted: () => Promise.resolve() },
  );
});

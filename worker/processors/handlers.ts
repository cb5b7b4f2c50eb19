import { decideOnBar } from '@nandax/app/agents/decide-on-bar.ts';
import { failAgent } from '@nandax/app/agents/fail-agent.ts';
import type { RunWalks } from '@nandax/app/agents/run-walks.ts';
import { failBacktest, runBacktest } from '@nandax/app/backtests/run-backtest.ts';
import type { AgentBarJob, RunBacktestJob, RunOptimisationJob } from '@nandax/app/jobs.ts';
import { failOptimisation, runOptimisation } from '@nandax/app/optimisations/run-optimisation.ts';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { BacktestRunner } from '@nandax/app/ports/backtest-runner.ts';
import type { ExhaustedHandler, JobHandlers } from '@nandax/app/ports/queue.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { TrialThreads } from '@nandax/app/ports/trial-threads.ts';
import { examineRun } from '@nandax/app/runs/examine-run.ts';

export type WorkerPorts = TradingPorts & {
  readonly walks: RunWalks;
  readonly backtests: BacktestRunner;
  readonly trials: TrialThreads;
};

/** What each job does. */
export function jobHandlers(ports: WorkerPorts): JobHandlers {
  return {
    'place-order': ({ orderId }) => submitOrder(ports, orderId),
    'cancel-order': ({ orderId }) => sendCancel(ports, orderId),
    'modify-order': ({ orderId }) => sendModification(ports, orderId),
    'agent-bar': (payload) => decideOnBar(ports, payload),
    'run-backtest': ({ runId }, { signal }) => runBacktest(ports, runId, signal),
    'run-optimisation': ({ optimisationId }, { signal }) =>
      runOptimisation(ports, optimisationId, signal),
    'examine-run': ({ runId }, { signal }) => examineRun(ports, runId, signal),
  };
}

/**
 * A job used up its attempts: it is written down for a person to look at, and whatever waited for
 * it is told. An order that could not be sent stays INITIALIZED; reconciliation takes it up again.
 */
export function exhaustedHandler(ports: WorkerPorts): ExhaustedHandler {
  return async (failure) => {
    ports.log.error(failure, 'a job used up its attempts');
    await ports.store.transaction(({ jobFailures }) =>
      jobFailures.insert({
        ...failure,
        id: ports.ids.uuid(),
        failedAt: ports.clock.now(),
      }),
    );
    if (failure.name === 'agent-bar') {
      const { runId } = failure.payload as AgentBarJob['payload'];
      await failAgent(ports, runId, `A decision failed: ${failure.reason}.`);
    } else if (failure.name === 'run-backtest') {
      const { runId } = failure.payload as RunBacktestJob['payload'];
      await failBacktest(ports, runId, failure.reason);
    } else if (failure.name === 'run-optimisation') {
      const { optimisationId } = failure.payload as RunOptimisationJob['payload'];
      await failOptimisation(ports, optimisationId, failure.reason);
    }
  };
}

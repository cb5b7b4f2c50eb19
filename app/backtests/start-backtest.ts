import { wholeModelOf } from '@nandax/core/exchange/fill-model.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { runEvent } from '../agents/agent-event.ts';
import type { InvalidInput, NotFound } from '../failures.ts';
import { runBacktestJob } from '../jobs.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { RunRecord } from '../records.ts';
import type { TierLimitReached } from '../tiers/check-tier-limit.ts';
import { findHistory, refuseTerms, type AskedTest } from './find-history.ts';

/** Queues a backtest of a strategy version over recorded history. */
export async function startBacktest(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  input: AskedTest,
): Promise<Result<RunRecord, InvalidInput | NotFound | TierLimitReached>> {
  const { userId, initialCapital } = input;
  const refused = refuseTerms(input);
  if (refused !== null) return fail(refused);
  const queued = await ports.store.transaction(async (rows) => {
    const found = await findHistory(rows, input);
    if (!found.ok) return found;
    const { version, from, to } = found.value;
    const now = ports.clock.now();
    const run: RunRecord = {
      id: ports.ids.uuid(),
      userId,
      kind: 'BACKTEST',
      status: 'QUEUED',
      strategyVersionId: version.id,
      agentId: null,
      portfolioId: null,
      feedId: null,
      datasetId: input.datasetId,
      initialCapital,
      fillModel: wholeModelOf(input.fillModel ?? {}),
      rangeFrom: from,
      rangeTo: to,
      failureReason: null,
      createdAt: now,
      startedAt: null,
      endedAt: null,
    };
    await rows.runs.insertRun(run);
    const event = { ...runEvent(run, 'RUN_QUEUED'), job: runBacktestJob(run.id) };
    await rows.events.append(userId, [event], now);
    return succeed(run);
  });
  if (queued.ok) await ports.bus.publish('outbox', {});
  return queued;
}

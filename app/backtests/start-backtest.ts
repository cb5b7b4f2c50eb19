import { wholeModelOf, type FillModel } from '@nandax/core/exchange/fill-model.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import { runEvent } from '../agents/agent-event.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import { runBacktestJob } from '../jobs.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { refuseFillModel } from '../replay/refuse-fill-model.ts';
import type { RunRecord } from '../records.ts';
import { checkBacktestSize, type TierLimitReached } from '../tiers/check-tier-limit.ts';

export interface StartBacktestInput {
  readonly userId: string;
  readonly strategyId: string;
  /** Null: the strategy's newest version. */
  readonly strategyVersionId: string | null;
  readonly datasetId: string;
  /** Rupees. */
  readonly initialCapital: Decimal;
  /** How orders fill; left out: as the parts' defaults say. */
  readonly fillModel?: FillModel;
  /** Null: from the dataset's first or to its last record. `to` is not itself tested. */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Queues a backtest of a strategy version over recorded history. */
export async function startBacktest(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  input: StartBacktestInput,
): Promise<Result<RunRecord, InvalidInput | NotFound | TierLimitReached>> {
  const { userId, strategyId, strategyVersionId, initialCapital } = input;
  if (!initialCapital.greaterThan(0)) {
    return fail(invalidInput('initialCapital', 'The initial capital must be above zero.'));
  }
  const badModel = refuseFillModel(input.fillModel ?? {});
  if (badModel !== null) return fail(badModel);
  const queued = await ports.store.transaction(async (rows) => {
    const version =
      strategyVersionId === null
        ? await rows.runs.latestVersion(strategyId, userId)
        : await rows.runs.versionOfUser(strategyVersionId, userId);
    if (version?.strategyId !== strategyId) {
      return fail(
        strategyVersionId === null
          ? notFound('Strategy', strategyId)
          : notFound('StrategyVersion', strategyVersionId),
      );
    }
    const dataset = await rows.runs.dataset(input.datasetId, userId);
    if (dataset === null) return fail(notFound('Dataset', input.datasetId));
    const missing = version.instruments.find(({ id }) => !dataset.instrumentIds.includes(id));
    if (missing !== undefined) {
      const symbol = `${missing.exchange}:${missing.tradingSymbol}`;
      return fail(invalidInput('datasetId', `The dataset has no candles of ${symbol}.`));
    }
    const rangeFrom = input.from ?? dataset.from;
    const rangeTo = input.to ?? dataset.to;
    if (rangeFrom === null || rangeTo === null || rangeFrom >= rangeTo) {
      return fail(invalidInput('to', 'The range must end after it begins.'));
    }

    const tooLarge = await checkBacktestSize(rows, userId, {
      datasetId: dataset.id,
      instrumentIds: version.instruments.map(({ id }) => id),
      from: rangeFrom,
      to: rangeTo,
    });
    if (tooLarge !== null) return fail(tooLarge);

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
      datasetId: dataset.id,
      initialCapital,
      fillModel: wholeModelOf(input.fillModel ?? {}),
      rangeFrom,
      rangeTo,
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

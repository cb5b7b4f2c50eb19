import { Study, describeStudyFailure, type StudyTrial } from '@nandax/core/optimise/study.ts';
import { aimOf } from '@nandax/core/optimise/trial.ts';
import { timeLineOf } from '@nandax/core/backtest/bars/bars-market.ts';
import type { BarsProblem } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import { valuesAt } from '@nandax/core/optimise/search-space.ts';
import {
  walkForwardWindows,
  type Stretch,
  type WalkForwardWindow,
} from '@nandax/core/optimise/walk-forward-windows.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Json } from '../ports/events.ts';
import type { BestFound, OptimisationRecord, OptimisationResult } from '../ports/optimisations.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { TrialThreads } from '../ports/trial-threads.ts';
import type { StrategyVersionRecord } from '../records.ts';
import { packEquity } from '../runs/packed-equity.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';
import { driveStudy } from './drive-study.ts';
import { optimisationEvent } from './optimisation-event.ts';
import { studyPlanOf } from './optimisation-plan.ts';
import { joinTrials } from './packed-trials.ts';
import { problemOfHistory } from './problem-of-history.ts';
import { TrialKeeper } from './trial-keeper.ts';
import { walkedForwardOf } from './walked-forward.ts';

export type OptimisationPorts = Pick<
  TradingPorts,
  'store' | 'history' | 'ids' | 'clock' | 'bus' | 'log'
> & { readonly trials: TrialThreads };

/**
 * Runs a queued search and stores what it found. One that a crash left RUNNING goes on from the trials
 * that were kept, with the same continuation; one that was cancelled is left alone.
 */
export async function runOptimisation(
  ports: OptimisationPorts,
  optimisationId: string,
  signal: AbortSignal,
): Promise<void> {
  const begun = await begin(ports, optimisationId);
  if (begun === null) return;
  const { optimisation, version, kind, known } = begun;
  const problem = await problemOfHistory(ports, optimisation, version, kind);
  if (!problem.ok) return end(ports, optimisation, fail(problem.failure));
  const plan = planOf(optimisation, version, problem.value.problem, known);
  if (!plan.ok) return end(ports, optimisation, fail(plan.failure));
  const { study } = plan.value;
  const cancelled = new AbortController();
  const keeper = new TrialKeeper(ports, optimisation, study, () => bestOf(study), cancelled);
  const pool = ports.trials.start(problem.value.problem);
  try {
    const found = await search(
      plan.value,
      pool,
      keeper,
      AbortSignal.any([signal, cancelled.signal]),
    );
    await keeper.keepAll();
    await end(ports, optimisation, succeed({ ...found, caveats: problem.value.caveats }));
  } catch (error) {
    if (!cancelled.signal.aborted) throw error;
  } finally {
    await pool.close();
  }
}

interface Plan {
  readonly study: Study;
  /** The whole range, and what each window searches. */
  readonly stretches: readonly Stretch[];
  /** Empty: nothing is walked forward. */
  readonly windows: readonly WalkForwardWindow[];
  readonly time: Float64Array;
}

function planOf(
  optimisation: OptimisationRecord,
  version: StrategyVersionRecord,
  { instruments }: BarsProblem,
  known: readonly StudyTrial[],
): Result<Plan, string> {
  const { walkForward, inSampleBars, outOfSampleBars } = optimisation;
  const time = timeLineOf(instruments);
  const windows =
    walkForward === null || inSampleBars === null || outOfSampleBars === null
      ? []
      : walkForwardWindows(time.length, {
          kind: walkForward,
          inSample: inSampleBars,
          outOfSample: outOfSampleBars,
        });
  if (walkForward !== null && windows.length === 0) {
    return fail(
      `The range has ${time.length} bars, no more than the ${inSampleBars} that a window searches.`,
    );
  }
  if (windows.length > mostWindows) {
    return fail(
      `Walking forward would make ${windows.length} windows; ${mostWindows} are allowed.`,
    );
  }
  const plan = studyPlanOf(rulesOfVersion(version).strategy.document, optimisation);
  if (!plan.ok) return plan;
  const stretches = [{ from: 0, to: time.length }, ...windows.map(({ inSample }) => inSample)];
  const study = Study.begin({ ...plan.value, segments: stretches.length }, known);
  if (!study.ok) return fail(describeStudyFailure(study.failure));
  const { total } = study.value;
  if (total > mostTrialsTogether) {
    return fail(
      `The whole range and ${windows.length} windows would make ${total} trials; ${mostTrialsTogether} are allowed.`,
    );
  }
  return succeed({ study: study.value, stretches, windows, time });
}

/** Each window is a search of its own. */
const mostWindows = 100;
/** Trials of all searches: they are in memory while they run, and on the screen as one list. */
const mostTrialsTogether = 100_000;

async function search(
  { study, stretches, windows, time }: Plan,
  pool: ReturnType<TrialThreads['start']>,
  keeper: TrialKeeper,
  signal: AbortSignal,
): Promise<Omit<OptimisationResult, 'caveats'>> {
  await keeper.announce();
  await driveStudy(study, stretches, pool, { onTold: (trials) => keeper.add(trials), signal });
  const best = bestOf(study);
  if (windows.length === 0) return { best, walked: null, equity: null };
  const walked = await pool.walkForward(
    windows,
    windows.map((_, window) => study.bestOf(window + 1)),
  );
  return {
    best,
    walked: walkedForwardOf(walked, study.plan.space, time) as unknown as Json,
    equity: packEquity(walked.equity),
  };
}

/** The best trial over the whole range so far. */
function bestOf(study: Study): BestFound | null {
  const best = study.bestOf(0);
  if (best === null) return null;
  const value = aimOf(best, study.plan.aim);
  if (value === null) return null;
  const parameters = Object.fromEntries(valuesAt(study.plan.space, best.point));
  return { number: best.number, parameters, value };
}

async function begin(
  ports: OptimisationPorts,
  optimisationId: string,
): Promise<{
  readonly optimisation: OptimisationRecord;
  readonly version: StrategyVersionRecord;
  readonly kind: 'CANDLES' | 'TICKS';
  readonly known: readonly StudyTrial[];
} | null> {
  const begun = await ports.store.transaction(async (rows) => {
    const found = await rows.optimisations.lock(optimisationId);
    if (found === null || (found.status !== 'QUEUED' && found.status !== 'RUNNING')) return null;
    const version = await rows.runs.findVersion(found.strategyVersionId);
    const dataset = await rows.runs.dataset(found.datasetId, found.userId);
    if (version === null || dataset === null) return null;
    const packs = await rows.optimisations.packedTrials(found.id);
    const known = { version, kind: dataset.kind, known: joinTrials(packs) };
    if (found.status === 'RUNNING') return { optimisation: found, ...known };
    const now = ports.clock.now();
    const optimisation: OptimisationRecord = { ...found, status: 'RUNNING', startedAt: now };
    await rows.optimisations.setStatus(found.id, 'RUNNING', { startedAt: now });
    await rows.events.append(found.userId, [optimisationEvent(optimisation)], now);
    return { optimisation, ...known };
  });
  if (begun !== null) await ports.bus.publish('outbox', {});
  return begun;
}

async function end(
  ports: Pick<OptimisationPorts, 'store' | 'clock' | 'bus'>,
  { id }: OptimisationRecord,
  result: Result<OptimisationResult, string>,
): Promise<void> {
  await ports.store.transaction(async (rows) => {
    const found = await rows.optimisations.lock(id);
    if (found?.status !== 'RUNNING') return;
    const now = ports.clock.now();
    if (result.ok) await rows.optimisations.complete(id, result.value, now);
    else {
      await rows.optimisations.setStatus(id, 'FAILED', {
        endedAt: now,
        failureReason: result.failure,
      });
    }
    const ended: OptimisationRecord = {
      ...found,
      status: result.ok ? 'COMPLETED' : 'FAILED',
      best: result.ok ? result.value.best : found.best,
      failureReason: result.ok ? null : result.failure,
      endedAt: now,
    };
    await rows.events.append(found.userId, [optimisationEvent(ended)], now);
  });
  await ports.bus.publish('outbox', {});
}

/** Ends a search whose job used up its attempts. */
export async function failOptimisation(
  ports: Pick<OptimisationPorts, 'store' | 'clock' | 'bus'>,
  optimisationId: string,
  reason: string,
): Promise<void> {
  const running = await ports.store.transaction(async (rows) => {
    const found = await rows.optimisations.lock(optimisationId);
    if (found === null || (found.status !== 'QUEUED' && found.status !== 'RUNNING')) return null;
    await rows.optimisations.setStatus(found.id, 'RUNNING', {});
    return found;
  });
  if (running !== null) await end(ports, running, fail(reason));
}

import { wholeModelOf } from '@nandax/core/exchange/fill-model.ts';
import { aimAt, type AimDirection, type StatisticName } from '@nandax/core/optimise/aim.ts';
import { describeStudyFailure, Study, type SearchKind } from '@nandax/core/optimise/study.ts';
import type { WalkForwardPlan } from '@nandax/core/optimise/walk-forward-windows.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { refusalOfBars } from '@nandax/core/strategy/strategy-product.ts';
import { invalidInput, type InvalidInput, type NotFound } from '../failures.ts';
import { findHistory, refuseTerms, type AskedTest } from '../backtests/find-history.ts';
import { runOptimisationJob } from '../jobs.ts';
import type { OptimisationRecord } from '../ports/optimisations.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { TierLimitReached } from '../tiers/check-tier-limit.ts';
import { optimisationEvent } from './optimisation-event.ts';
import { studyPlanOf } from './optimisation-plan.ts';

/** Most trials of one search in the product; the command line takes more. */
export const mostTrialsAsked = 10_000;
/** Most constraints, and the longest. */
const [mostConstraints, longestConstraint] = [20, 500];

export interface StartOptimisationInput extends AskedTest {
  readonly aim: StatisticName;
  /** Null: what is usually wanted of the statistic. */
  readonly direction: AimDirection | null;
  readonly search: SearchKind;
  readonly seed: number;
  readonly trialLimit: number;
  readonly constraints: readonly string[];
  /** Null: nothing is walked forward. */
  readonly walkForward: WalkForwardPlan | null;
}

/** Queues a search of a strategy version's parameters over recorded history. */
export async function startOptimisation(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  input: StartOptimisationInput,
): Promise<Result<OptimisationRecord, InvalidInput | NotFound | TierLimitReached>> {
  const refused = refuseTerms(input) ?? refuseNumbers(input);
  if (refused !== null) return fail(refused);
  const { userId } = input;
  const queued = await ports.store.transaction(async (rows) => {
    const found = await findHistory(rows, input);
    if (!found.ok) return found;
    const { version, rules, from, to } = found.value;
    const { strategy } = rules;
    const refusal = refusalOfBars(strategy.document.product, strategy.timeFrame);
    if (refusal !== null) return fail(invalidInput('strategyId', refusal));
    const direction = input.direction ?? aimAt(input.aim).direction;
    const asked = { ...input, direction };
    const plan = studyPlanOf(strategy.document, asked);
    if (!plan.ok) return fail(invalidInput('constraints', plan.failure));
    const study = Study.begin(plan.value);
    if (!study.ok) return fail(refuseStudy(study.failure));
    const now = ports.clock.now();
    const optimisation: OptimisationRecord = {
      id: ports.ids.uuid(),
      userId,
      strategyVersionId: version.id,
      datasetId: input.datasetId,
      status: 'QUEUED',
      initialCapital: input.initialCapital,
      fillModel: wholeModelOf(input.fillModel ?? {}),
      rangeFrom: from,
      rangeTo: to,
      aim: input.aim,
      direction,
      search: input.search,
      seed: input.seed,
      trialLimit: input.trialLimit,
      constraints: input.constraints,
      walkForward: input.walkForward?.kind ?? null,
      inSampleBars: input.walkForward?.inSample ?? null,
      outOfSampleBars: input.walkForward?.outOfSample ?? null,
      trialsDone: 0,
      trialsPlanned: null,
      best: null,
      failureReason: null,
      createdAt: now,
      startedAt: null,
      endedAt: null,
    };
    await rows.optimisations.insert(optimisation);
    const event = { ...optimisationEvent(optimisation), job: runOptimisationJob(optimisation.id) };
    await rows.events.append(userId, [event], now);
    return succeed(optimisation);
  });
  if (queued.ok) await ports.bus.publish('outbox', {});
  return queued;
}

function refuseStudy(failure: Parameters<typeof describeStudyFailure>[0]): InvalidInput {
  const fields = {
    NO_RANGES: 'strategyId',
    NOTHING_LEFT: 'constraints',
    GRID_TOO_LARGE: 'trialLimit',
  } as const;
  return invalidInput(fields[failure.code], describeStudyFailure(failure));
}

function refuseNumbers(input: StartOptimisationInput): InvalidInput | null {
  const { trialLimit, seed, constraints, walkForward } = input;
  if (trialLimit < 1 || trialLimit > mostTrialsAsked) {
    return invalidInput('trialLimit', `A search has 1 to ${mostTrialsAsked} trials.`);
  }
  if (seed < 0) return invalidInput('seed', 'The seed must not be below zero.');
  if (constraints.length > mostConstraints) {
    return invalidInput('constraints', `At most ${mostConstraints} constraints can be given.`);
  }
  if (constraints.some(({ length }) => length > longestConstraint)) {
    return invalidInput('constraints', `A constraint has at most ${longestConstraint} characters.`);
  }
  if (walkForward !== null && Math.min(walkForward.inSample, walkForward.outOfSample) < 1) {
    return invalidInput('walkForward', 'Each part of a window must have at least one bar.');
  }
  return null;
}

import { fail, succeed, type Result } from '../result.ts';
import type { Aim } from './aim.ts';
import { refusalOfTrial, type Constraint } from './constraint.ts';
import { guidedSampler } from './guided-sampler.ts';
import { layOut, PointPool, validPoints } from './point-pool.ts';
import { gridSampler, randomSampler, type Sampler } from './sampler.ts';
import { valuesAt, type Point, type SearchSpace } from './search-space.ts';
import { Search } from './search.ts';
import { bestTrial, type Proposal, type Trial, type TrialOutcome } from './trial.ts';

/** GRID tries everything, RANDOM what chance picks, GUIDED what trials so far make likely. */
export type SearchKind = 'GRID' | 'RANDOM' | 'GUIDED';

/** Most trials of one search. */
export const mostTrials = 100_000;
/** The largest space that is walked through to count what its constraints leave. */
const mostWalked = 2_000_000;

/** What is searched, and how. */
export interface StudyPlan {
  readonly space: SearchSpace;
  readonly constraints: readonly Constraint[];
  readonly aim: Aim;
  readonly kind: SearchKind;
  /** Whole number from 0 to 2 ** 31 - 1; the same seed gives the same trials. */
  readonly seed: number;
  /** Most trials of one search, 1 to `mostTrials`. */
  readonly trials: number;
  /** Stretches of bars, each of which is searched by itself: the whole, then walk-forward windows. */
  readonly segments: number;
}

/** Why a study cannot be made. */
export type StudyFailure =
  /** No parameter names a range. */
  | { readonly code: 'NO_RANGES' }
  /** No point fulfils the constraints. */
  | { readonly code: 'NOTHING_LEFT' }
  /** A grid has more points than trials are allowed. */
  | { readonly code: 'GRID_TOO_LARGE'; readonly points: number; readonly trials: number };

/** A point to try on a stretch of bars. */
export interface Task extends Proposal {
  readonly segment: number;
}

/** A trial on a stretch of bars. */
export interface StudyTrial extends Trial {
  readonly segment: number;
}

/** A study that is under way; see `Search`, of which it has one for each stretch. */
export class Study {
  readonly plan: StudyPlan;
  /** Trials that one search will have at most. */
  readonly trialsOfSearch: number;
  readonly #samplerOf: (segment: number) => Sampler;
  readonly #known = new Map<number, Trial[]>();
  /** Made when it is first asked. */
  readonly #searches: Search[] = [];

  private constructor(
    plan: StudyPlan,
    trialsOfSearch: number,
    samplerOf: (segment: number) => Sampler,
    known: readonly StudyTrial[],
  ) {
    this.plan = plan;
    this.trialsOfSearch = trialsOfSearch;
    this.#samplerOf = samplerOf;
    for (const { segment, ...trial } of known) {
      const trials = this.#known.get(segment) ?? [];
      trials.push(trial);
      this.#known.set(segment, trials);
    }
  }

  /** Starts a study, or goes on with one of which trials are known. */
  static begin(plan: StudyPlan, known: readonly StudyTrial[] = []): Result<Study, StudyFailure> {
    const { space, kind, trials } = plan;
    const constraints = beforeTrials(plan);
    if (space.size === 0) return fail({ code: 'NO_RANGES' });
    if (kind === 'GRID') {
      const points = gridOf(plan);
      if (!points.ok) return points;
      const sampler = (): Sampler => gridSampler(points.value.values());
      return succeed(new Study(plan, points.value.length, sampler, known));
    }
    const laidOut = layOut(space, constraints);
    if (laidOut?.length === 0) return fail({ code: 'NOTHING_LEFT' });
    const samplerOf = (segment: number): Sampler => {
      const pool = new PointPool(space, constraints, laidOut);
      // Seeds of the stretches are far apart in one number and equal in the other.
      const seed = plan.seed * 0x10000 + segment;
      return kind === 'RANDOM'
        ? randomSampler(pool, seed)
        : guidedSampler(space.dimensions, pool, plan.aim, seed);
    };
    const most = Math.min(trials, laidOut?.length ?? trials);
    return succeed(new Study(plan, most, samplerOf, known));
  }

  /** How many trials there will be at most. */
  get total(): number {
    return this.trialsOfSearch * this.plan.segments;
  }

  /** How many trials were told. */
  get told(): number {
    return this.#searches.reduce((sum, { told }) => sum + told, 0);
  }

  /** Whether every trial there will be was told. */
  get isOver(): boolean {
    for (let segment = 0; segment < this.plan.segments; segment += 1) {
      if (!this.#search(segment).isOver) return false;
    }
    return true;
  }

  /** At most `count` points to try, all on one stretch; none while all wait or are at their end. */
  ask(count: number): readonly Task[] {
    for (let segment = 0; segment < this.plan.segments; segment += 1) {
      const asked = this.#search(segment).ask(count);
      if (asked.length > 0) return asked.map((proposal) => ({ ...proposal, segment }));
    }
    return [];
  }

  /** Takes what came of a task; the trial as it counts, refused where it breaks a constraint. */
  tell(task: Task, outcome: TrialOutcome): StudyTrial {
    const judged = this.#judge(task, outcome);
    this.#search(task.segment).tell(task, judged);
    return { ...task, outcome: judged };
  }

  /** The trials of a stretch so far, by their number. */
  trialsOf(segment: number): readonly Trial[] {
    return this.#search(segment).trials();
  }

  /** The best trial of a stretch so far; null: none gave anything. */
  bestOf(segment: number): Trial | null {
    return bestTrial(this.trialsOf(segment), this.plan.aim);
  }

  /** Whether what is tried follows from trials before. */
  get learns(): boolean {
    return this.plan.kind === 'GUIDED';
  }

  /** Most points of one search that can be tried at one time. */
  get batchSize(): number {
    return this.#search(0).batchSize;
  }

  #judge({ point }: Task, outcome: TrialOutcome): TrialOutcome {
    const { space, constraints } = this.plan;
    const after = constraints.filter(({ statistics }) => statistics.length > 0);
    if (outcome.kind === 'REFUSED' || after.length === 0) return outcome;
    const reason = refusalOfTrial(after, valuesAt(space, point), outcome.statistics);
    return reason === null ? outcome : { kind: 'REFUSED', reason };
  }

  #search(segment: number): Search {
    const search = this.#searches[segment];
    if (search !== undefined) return search;
    const made = new Search(
      this.#samplerOf(segment),
      this.trialsOfSearch,
      this.#known.get(segment),
    );
    this.#searches[segment] = made;
    return made;
  }
}

/** Constraints that tell what is tried at all. */
function beforeTrials({ constraints }: StudyPlan): readonly Constraint[] {
  return constraints.filter(({ statistics }) => statistics.length === 0);
}

function gridOf(plan: StudyPlan): Result<readonly Point[], StudyFailure> {
  const { space, trials } = plan;
  if (space.size > mostWalked) {
    return fail({ code: 'GRID_TOO_LARGE', points: space.size, trials });
  }
  const points = [...validPoints(space, beforeTrials(plan))];
  if (points.length === 0) return fail({ code: 'NOTHING_LEFT' });
  if (points.length > trials) {
    return fail({ code: 'GRID_TOO_LARGE', points: points.length, trials });
  }
  return succeed(points);
}

/** Why a study cannot be made, as a sentence. */
export function describeStudyFailure(failure: StudyFailure): string {
  switch (failure.code) {
    case 'NO_RANGES':
      return 'No parameter of the strategy names what may be tried, such as fast = 10 in 5..50 step 5.';
    case 'NOTHING_LEFT':
      return 'No values of the parameters fulfil the constraints.';
    case 'GRID_TOO_LARGE':
      return `The grid has ${failure.points} points, more than the ${failure.trials} trials allowed; take wider steps, or a random or guided search.`;
  }
}

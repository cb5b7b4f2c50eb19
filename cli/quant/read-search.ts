import { aimAt, statisticNames, type AimDirection } from '@nandax/core/optimise/aim.ts';
import { parseConstraint, type Constraint } from '@nandax/core/optimise/constraint.ts';
import type { HeatMapFold } from '@nandax/core/optimise/heat-map.ts';
import type { SearchSpace } from '@nandax/core/optimise/search-space.ts';
import { mostTrials, type SearchKind, type StudyPlan } from '@nandax/core/optimise/study.ts';
import {
  walkForwardWindows,
  type WalkForwardPlan,
  type WalkForwardWindow,
} from '@nandax/core/optimise/walk-forward-windows.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { nearestName } from '@nandax/core/strategy/nearest-name.ts';
import { oneOf } from './one-of.ts';
import { placed } from './refuse.ts';

/** Options of a search as commander gives them. */
export interface SearchFlags {
  readonly aim: string;
  readonly direction?: string;
  readonly search: string;
  readonly trials?: string;
  readonly seed: string;
  readonly constraint: readonly string[];
  readonly walkForward?: string;
  readonly inSample?: string;
  readonly outOfSample?: string;
  readonly heatMap?: string;
  readonly heatMapOf: string;
  readonly threads?: string;
}

/** Which two dimensions a heat map shows, and what stands for the others. */
export interface AskedHeatMap {
  readonly x: number;
  readonly y: number;
  readonly fold: HeatMapFold;
}

/** What was asked for. */
export interface AskedSearch {
  readonly search: Omit<StudyPlan, 'space' | 'segments'>;
  /** Null: none. */
  readonly heatMap: AskedHeatMap | null;
  /** Left out: one for each core. */
  readonly threads?: number;
}

/** Random and guided searches where nobody says how long. */
const usualTrials = 500;

/** Reads the options of a search; a mistake names the option. */
export function readSearch(flags: SearchFlags, space: SearchSpace): Result<AskedSearch, string> {
  const statistic = statisticNames.find((name) => name === flags.aim);
  if (statistic === undefined) {
    const near = nearestName(flags.aim, statisticNames);
    const hint = near === null ? `one of ${statisticNames.join(', ')}` : near;
    return fail(`--aim ${flags.aim}: expected ${hint}`);
  }
  const direction = oneOf<AimDirection>('--direction', flags.direction, {
    maximise: 'MAXIMISE',
    minimise: 'MINIMISE',
  });
  if (!direction.ok) return direction;
  const kind = oneOf<SearchKind>('--search', flags.search, {
    grid: 'GRID',
    random: 'RANDOM',
    guided: 'GUIDED',
  });
  if (!kind.ok) return kind;
  const isGrid = kind.value === 'GRID';
  const trials = wholeNumber('--trials', flags.trials, 1, mostTrials);
  if (!trials.ok) return trials;
  const seed = wholeNumber('--seed', flags.seed, 0, 2 ** 31 - 1);
  if (!seed.ok) return seed;
  const threads = wholeNumber('--threads', flags.threads, 1, 256);
  if (!threads.ok) return threads;
  const constraints = readConstraints(flags.constraint, space);
  if (!constraints.ok) return constraints;
  const heatMap = readHeatMap(flags, space);
  if (!heatMap.ok) return heatMap;
  return succeed({
    search: {
      constraints: constraints.value,
      aim: aimAt(statistic, direction.value ?? undefined),
      kind: kind.value ?? 'GUIDED',
      seed: seed.value ?? 1,
      trials: trials.value ?? (isGrid ? mostTrials : usualTrials),
    },
    heatMap: heatMap.value,
    ...(threads.value === null ? {} : { threads: threads.value }),
  });
}

/** Reads the options of walking forward over `length` bars; null where it was not asked for. */
export function readWalkForward(
  flags: SearchFlags,
  length: number,
): Result<
  { readonly plan: WalkForwardPlan; readonly windows: readonly WalkForwardWindow[] } | null,
  string
> {
  const kind = oneOf<WalkForwardPlan['kind']>('--walk-forward', flags.walkForward, {
    rolling: 'ROLLING',
    anchored: 'ANCHORED',
  });
  if (!kind.ok) return kind;
  const inSample = wholeNumber('--in-sample', flags.inSample, 1, 1e9);
  if (!inSample.ok) return inSample;
  const outOfSample = wholeNumber('--out-of-sample', flags.outOfSample, 1, 1e9);
  if (!outOfSample.ok) return outOfSample;
  const bars = [inSample.value, outOfSample.value];
  if (kind.value === null) {
    if (bars.every((value) => value === null)) return succeed(null);
    return fail(
      '--in-sample, --out-of-sample: expected --walk-forward rolling or anchored as well',
    );
  }
  if (inSample.value === null || outOfSample.value === null) {
    return fail(
      `--walk-forward ${flags.walkForward}: expected --in-sample and --out-of-sample as well`,
    );
  }
  const plan = { kind: kind.value, inSample: inSample.value, outOfSample: outOfSample.value };
  const windows = walkForwardWindows(length, plan);
  if (windows.length === 0) {
    return fail(`--in-sample ${plan.inSample}: expected fewer than the ${length} bars there are`);
  }
  return succeed({ plan, windows });
}

function readConstraints(
  texts: readonly string[],
  { dimensions, fixed }: SearchSpace,
): Result<readonly Constraint[], string> {
  const names = [...dimensions.map(({ name }) => name), ...fixed.keys()];
  const constraints: Constraint[] = [];
  for (const text of texts) {
    const read = parseConstraint(text, names);
    if (read.ok) {
      constraints.push(read.value);
      continue;
    }
    const [first] = read.failure;
    if (first === undefined) throw new Error('a refusal without a reason');
    return fail(placed('--constraint', first.line, first.column, first.message));
  }
  return succeed(constraints);
}

function readHeatMap(
  { heatMap, heatMapOf }: SearchFlags,
  { dimensions }: SearchSpace,
): Result<AskedHeatMap | null, string> {
  const fold = oneOf<HeatMapFold>('--heat-map-of', heatMapOf, { best: 'BEST', mean: 'MEAN' });
  if (!fold.ok) return fold;
  if (heatMap === undefined) return succeed(null);
  const names = heatMap.split(',').map((name) => name.trim());
  const [x = -1, y = -1] = names.map((name) => dimensions.findIndex((one) => one.name === name));
  if (names.length !== 2 || x === -1 || y === -1 || x === y) {
    const known = dimensions.map(({ name }) => name).join(', ');
    return fail(`--heat-map ${heatMap}: expected two of ${known}, such as fast,slow`);
  }
  return succeed({ x, y, fold: fold.value ?? 'BEST' });
}

function wholeNumber(
  flag: string,
  text: string | undefined,
  least: number,
  most: number,
): Result<number | null, string> {
  if (text === undefined) return succeed(null);
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value >= least && value <= most) return succeed(value);
  return fail(`${flag} ${text}: expected a whole number from ${least} to ${most}`);
}

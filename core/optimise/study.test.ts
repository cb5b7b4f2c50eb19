import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/seeded-random.ts';
import type { Aim } from './aim.ts';
import { parseConstraint, type Constraint } from './constraint.ts';
import { searchSpaceOf, type Point, type SearchSpace } from './search-space.ts';
import { Study, type SearchKind, type StudyPlan, type StudyTrial, type Task } from './study.ts';
import { bestTrial, rankTrials, type Trial, type TrialOutcome } from './trial.ts';

const maximise: Aim = { statistic: 0, direction: 'MAXIMISE' };

function spaceOf(...counts: readonly number[]): SearchSpace {
  return searchSpaceOf(
    counts.map((count, place) => ({
      name: `p${place}`,
      value: 0,
      range: { minimum: 0, maximum: count - 1, step: 1 },
    })),
  );
}

function constraint(text: string, space: SearchSpace): Constraint {
  const read = parseConstraint(
    text,
    space.dimensions.map(({ name }) => name),
  );
  if (!read.ok) throw new Error('the test itself is broken');
  return read.value;
}

function planOf(kind: SearchKind, changed: Partial<StudyPlan> = {}): StudyPlan {
  const space = spaceOf(30, 30);
  return {
    space,
    constraints: [constraint('p0 < p1', space)],
    aim: maximise,
    kind,
    seed: 7,
    trials: kind === 'GRID' ? 1000 : 200,
    segments: 3,
    ...changed,
  };
}

/** A hill, of which each stretch has another top; some points cannot be tried, some give nothing. */
function hill({ point, segment }: Task): TrialOutcome {
  const [x = 0, y = 0] = point;
  if ((x + y) % 11 === 0) return { kind: 'REFUSED', reason: 'eleven' };
  const height = -((x - 5 - segment) ** 2) - (y - 20) ** 2;
  return { kind: 'MEASURED', statistics: Float64Array.of(x % 7 === 0 ? NaN : height) };
}

function begin(plan: StudyPlan, known: readonly StudyTrial[] = []): Study {
  const study = Study.begin(plan, known);
  if (!study.ok) throw new Error(JSON.stringify(study.failure));
  return study.value;
}

/** Runs a study as `threads` threads would that take between 1 and 9 tasks and answer in any order. */
function finish(study: Study, threads: number, seed: number, most = Infinity): StudyTrial[] {
  const random = seededRandom(seed);
  const told: StudyTrial[] = [];
  const working: Task[][] = [];
  while (!study.isOver && told.length < most) {
    while (working.length < threads) {
      const tasks = study.ask(1 + random.below(9));
      if (tasks.length === 0) break;
      working.push([...tasks]);
    }
    const [done] = working.splice(random.below(working.length), 1);
    if (done === undefined) throw new Error('the study waits for nobody');
    for (const task of done) {
      const outcome = hill(task);
      study.tell(task, outcome);
      told.push({ ...task, outcome });
    }
  }
  return told;
}

function allOf(study: Study): string {
  const segments = Array.from({ length: study.plan.segments }, (_, segment) =>
    study.trialsOf(segment),
  );
  return JSON.stringify(segments, (_, value: unknown) =>
    value instanceof Float64Array ? [...value].map(String) : value,
  );
}

const kinds = ['GRID', 'RANDOM', 'GUIDED'] as const;

describe.each(kinds)('a %s search', (kind) => {
  it('is the same to the byte whatever the number of threads and the order of their answers', () => {
    const one = begin(planOf(kind));
    finish(one, 1, 1);
    for (const threads of [2, 3, 16]) {
      const many = begin(planOf(kind));
      finish(many, threads, threads);
      expect(allOf(many)).toBe(allOf(one));
    }
    expect(one.told).toBe(one.total);
  });

  it('goes on from the trials told before it was broken off, wherever that was', () => {
    const whole = begin(planOf(kind));
    finish(whole, 1, 1);
    for (const most of [0, 1, 17, 33, 150, 401, 555]) {
      const told = finish(begin(planOf(kind)), 4, most, most);
      const resumed = begin(planOf(kind), told);
      const more = finish(resumed, 2, 99);
      expect(allOf(resumed)).toBe(allOf(whole));
      expect(more.length + told.length).toBe(whole.told);
    }
  });

  it('tries no point twice and none that breaks a constraint', () => {
    const study = begin(planOf(kind));
    finish(study, 3, 5);
    for (const segment of [0, 1, 2]) {
      const points = study.trialsOf(segment).map(({ point }) => point);
      expect(new Set(points.map(String)).size).toBe(points.length);
      expect(points.every(([x = 0, y = 0]) => x < y)).toBe(true);
    }
  });

  it('ends where a small space is used up', () => {
    const space = spaceOf(4, 3);
    const constraints = [constraint('p0 != p1', space)];
    const study = begin(planOf(kind, { space, constraints, segments: 1, trials: 100 }));
    finish(study, 2, 3);
    expect(study.trialsOf(0)).toHaveLength(9);
    expect(study.total).toBe(9);
  });

  it('refuses trials of another search', () => {
    const trial: StudyTrial = {
      segment: 0,
      number: 0,
      point: [29, 29],
      outcome: { kind: 'REFUSED', reason: '' },
    };
    expect(() => begin(planOf(kind), [trial]).ask(1)).toThrow('not one of this search');
  });
});

describe('a study', () => {
  it('tells why it cannot be made', () => {
    const failureOf = (changed: Partial<StudyPlan>, kind: SearchKind = 'GRID') => {
      const study = Study.begin(planOf(kind, changed));
      return study.ok ? null : study.failure;
    };
    const space = spaceOf(10, 10);
    expect(failureOf({ space: spaceOf() })).toEqual({ code: 'NO_RANGES' });
    for (const kind of kinds) {
      const constraints = [constraint('p0 > 20', space)];
      expect(failureOf({ space, constraints }, kind)).toEqual({ code: 'NOTHING_LEFT' });
    }
    expect(failureOf({ space, constraints: [], trials: 99 })).toEqual({
      code: 'GRID_TOO_LARGE',
      points: 100,
      trials: 99,
    });
    expect(failureOf({ space: spaceOf(5000, 5000), constraints: [] })).toMatchObject({
      code: 'GRID_TOO_LARGE',
      points: 25_000_000,
    });
  });

  it('gives other trials for another seed', () => {
    for (const kind of ['RANDOM', 'GUIDED'] as const) {
      const [one, other] = [1, 2].map((seed) => begin(planOf(kind, { seed })));
      if (one === undefined || other === undefined) throw new Error('two were made');
      finish(one, 1, 1);
      finish(other, 1, 1);
      expect(allOf(one)).not.toBe(allOf(other));
    }
  });

  it('searches spaces too large to lay out', () => {
    const space = spaceOf(2000, 2000, 2000);
    const constraints = [constraint('p0 < p1 and p1 < p2', space)];
    for (const kind of ['RANDOM', 'GUIDED'] as const) {
      const study = begin(planOf(kind, { space, constraints, segments: 1 }));
      finish(study, 2, 1);
      const points = study.trialsOf(0).map(({ point }) => point);
      expect(points).toHaveLength(200);
      expect(points.every(([x = 0, y = 0, z = 0]) => x < y && y < z)).toBe(true);
    }
  });
});

describe('the guided search', () => {
  const functions: Record<string, (point: Point) => number> = {
    'a narrow hill': (point) =>
      -point.reduce((sum, x, place) => sum + (x - 20 * (place + 1)) ** 2, 0),
    'a ridge on which both must fit': ([x = 0, y = 0, z = 0]) =>
      -((x - y + 10) ** 2) - 0.02 * (x - 60) ** 2 - 0.01 * (z - 40) ** 2,
    'many hills, one the highest': (point) =>
      point.reduce((sum, x) => sum + Math.cos((x - 50) / 3) * 4 - ((x - 50) / 10) ** 2, 0),
  };

  it.each(Object.entries(functions))('finds %s sooner than chance', (_, height) => {
    const bestOf = (kind: SearchKind, seed: number): number => {
      const space = spaceOf(100, 100, 100);
      const study = begin(planOf(kind, { space, constraints: [], segments: 1, trials: 200, seed }));
      while (!study.isOver) {
        for (const task of study.ask(16)) {
          study.tell(task, { kind: 'MEASURED', statistics: Float64Array.of(height(task.point)) });
        }
      }
      return study.bestOf(0)?.outcome.kind === 'MEASURED'
        ? height(study.bestOf(0)?.point ?? [])
        : NaN;
    };
    const seeds = Array.from({ length: 15 }, (_, seed) => seed);
    const wins = seeds.filter((seed) => bestOf('GUIDED', seed) > bestOf('RANDOM', seed)).length;
    expect(wins).toBeGreaterThanOrEqual(11);
  });
});

describe('ranks', () => {
  const trial = (number: number, value: number): Trial => ({
    number,
    point: [number],
    outcome: { kind: 'MEASURED', statistics: Float64Array.of(value) },
  });
  const trials = [trial(0, 2), trial(1, NaN), trial(2, 5), trial(3, -1), trial(4, 5)];

  it('put the best first, equal ones by number and what has no value last', () => {
    const numbers = (aim: Aim): number[] => rankTrials(trials, aim).map(({ number }) => number);
    expect(numbers(maximise)).toEqual([2, 4, 0, 3, 1]);
    expect(numbers({ ...maximise, direction: 'MINIMISE' })).toEqual([3, 0, 2, 4, 1]);
  });

  it('know no best where nothing has a value', () => {
    expect(bestTrial(trials, maximise)?.number).toBe(2);
    expect(bestTrial([trial(0, NaN)], maximise)).toBeNull();
  });
});

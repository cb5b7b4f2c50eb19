import { aimAt, type AimDirection, type StatisticName } from '@nandax/core/optimise/aim.ts';
import { parseConstraint, type Constraint } from '@nandax/core/optimise/constraint.ts';
import { searchSpaceOf } from '@nandax/core/optimise/search-space.ts';
import type { SearchKind, StudyPlan } from '@nandax/core/optimise/study.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';

/** What is asked of a search, as it is stored. */
export interface AskedSearch {
  readonly aim: StatisticName;
  readonly direction: AimDirection;
  readonly search: SearchKind;
  readonly seed: number;
  readonly trialLimit: number;
  readonly constraints: readonly string[];
}

/** A plan over one stretch; or what is wrong with a constraint, in a sentence. */
export function studyPlanOf(
  document: StrategyDocument,
  { aim, direction, search, seed, trialLimit, constraints }: AskedSearch,
): Result<StudyPlan, string> {
  const names = document.parameters.map(({ name }) => name);
  const read: Constraint[] = [];
  for (const text of constraints) {
    const constraint = parseConstraint(text, names);
    if (!constraint.ok) {
      const [first] = constraint.failure;
      const { column = 1, message = '' } = first ?? {};
      return fail(`Constraint "${text}", character ${column}: ${message}.`);
    }
    read.push(constraint.value);
  }
  return succeed({
    space: searchSpaceOf(document.parameters),
    constraints: read,
    aim: aimAt(aim, direction),
    kind: search,
    seed,
    trials: trialLimit,
    segments: 1,
  });
}

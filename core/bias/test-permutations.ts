import { seededRandom } from '../random/seeded-random.ts';
import type { CompiledStrategy } from '../strategy/compile-strategy.ts';
import type { PermutationTest } from './bias-report.ts';
import { percentilesOf } from './percentiles.ts';
import { PermutableMarket } from './permute-bars.ts';
import { aimOver, type ExaminedRun } from './trial.ts';

/** Bars below which an order of them says nothing. */
const fewestBars = 40;

const mostPermutations = 200;
/** With one fewer the p value could not fall below a twentieth. */
const fewestPermutations = 20;

/** Bars run over in all permutations. */
const mostWork = 20_000_000;

/**
 * Runs the strategy over the bars with their moves in other orders, in which there is nothing to find:
 * a strategy that found something is better on the real one than on nearly all of them. The p value
 * counts the real order as one of all (source: Timothy Masters, 2020; see `PermutableMarket`).
 */
export function testPermutations(
  run: ExaminedRun,
  strategy: CompiledStrategy,
  value: number,
): PermutationTest | null {
  const { market, seed, decideFrom = 0 } = run;
  const points = market.time.length - decideFrom;
  if (points < fewestBars) return null;
  const permutable = PermutableMarket.of(market, market.time[decideFrom]);
  if (permutable === null) return null;
  const random = seededRandom(seed, 2);
  const work = Math.floor(mostWork / (points * market.instruments.length));
  const permutations = Math.max(fewestPermutations, Math.min(mostPermutations, work));
  const aims = new Float64Array(permutations);
  let atLeast = 1;
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    const aim = aimOver(run, strategy, permutable.permuted(random));
    aims[permutation] = aim;
    if (aim >= value) atLeast += 1;
  }
  return { permutations, aims: percentilesOf(aims), pValue: atLeast / (permutations + 1) };
}

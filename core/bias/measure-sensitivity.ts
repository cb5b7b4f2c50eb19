import type { CompiledStrategy } from '../strategy/compile-strategy.ts';
import type { StrategyParameter } from '../strategy/strategy-document.ts';
import type { ParameterNeighbour, ParameterSensitivity } from './bias-report.ts';
import { aimOf, hasTraded, runOver, type ExaminedRun } from './trial.ts';

const sides = [-2, -1, 1, 2] as const;

/** Parameters that are moved at most; a strategy has rarely more. */
const mostParameters = 20;

/**
 * Runs the strategy with each named parameter one and two steps to either side of its value, within its
 * range: a result that rests on something survives it. A parameter without a range is moved by a tenth
 * of its value (by whole numbers where it is one).
 */
export function measureSensitivity(
  run: ExaminedRun,
  strategy: CompiledStrategy,
  aim: number,
): readonly ParameterSensitivity[] {
  return strategy.document.parameters.slice(0, mostParameters).flatMap((parameter) => {
    const value = run.parameters.get(parameter.name) ?? parameter.value;
    const neighbours: ParameterNeighbour[] = [];
    const untraded: number[] = [];
    for (const other of neighboursOf(parameter, value)) {
      const moved = run.strategyWith(new Map([...run.parameters, [parameter.name, other]]));
      if (moved === null) continue;
      const result = runOver(run, moved, run.market);
      if (!hasTraded(result)) untraded.push(other);
      else neighbours.push({ value: other, aim: aimOf(result, run.aim) ?? 0 });
    }
    if (neighbours.length + untraded.length === 0) return [];
    const worstAim = Math.min(...neighbours.map((neighbour) => neighbour.aim));
    const isTold = aim > 0 && neighbours.length > 0;
    return [
      {
        name: parameter.name,
        value,
        neighbours,
        untraded,
        worstAim: neighbours.length === 0 ? aim : worstAim,
        fallPercent: isTold ? Math.max(0, (1 - worstAim / aim) * 100) : null,
      },
    ];
  });
}

/** Values beside `value`, rising. */
function neighboursOf({ range }: StrategyParameter, value: number): readonly number[] {
  const step = range?.step ?? stepWithoutRange(value);
  if (step === 0) return [];
  const { minimum, maximum } = range ?? { minimum: -Infinity, maximum: Infinity };
  return sides
    .map((side) => roundedTo(value + side * step))
    .filter((other) => other >= minimum && other <= maximum);
}

function stepWithoutRange(value: number): number {
  const tenth = Math.abs(value) / 10;
  return Number.isInteger(value) ? Math.max(1, Math.round(tenth)) : tenth;
}

/** Takes off what binary fractions add to 0.1 + 0.2. */
function roundedTo(value: number): number {
  return Number(value.toPrecision(12));
}

import { makeIndicator } from '../indicators/catalogue.ts';
import { Plan, type PlanStep } from './rule-plan.ts';
import type { BarField, Expression, StrategyDocument } from './strategy-document.ts';

/** What rules read of a bar: prices in rupees, volume in units, NaN where unknown. */
export type RuleBar = Readonly<Record<BarField, number>>;

/** Which rules are true on a bar; a rule the strategy does not have is false. */
export interface RuleOutcome {
  readonly longEntry: boolean;
  readonly longExit: boolean;
  readonly shortEntry: boolean;
  readonly shortExit: boolean;
}

/** A price or indicator the rules read, and its value on a bar; null where it has none (yet). */
export interface RuleInput {
  readonly expression: string;
  readonly value: number | null;
}

/** The rules over the bars of one instrument. */
export interface RuleEvaluator {
  /** Takes the next closed bar and says which rules are true on it. */
  next(bar: RuleBar): RuleOutcome;
  /** The prices and indicators of the latest bar, in the order the rules name them. */
  inputs(): readonly RuleInput[];
}

/** A strategy made ready to run. */
export interface CompiledStrategy {
  readonly document: StrategyDocument;
  /** A fresh evaluator; every instrument needs its own, fed every bar from the first one on. */
  evaluator(): RuleEvaluator;
}

/**
 * Compiles a strategy. Equal expressions are computed once a bar, whichever rules they stand in.
 *
 * A value that does not exist is null in the language and NaN in here: an indicator that is not warm
 * yet, an unknown volume, a division by zero, and anything computed from one of them. A comparison
 * with it is false; a crossing needs both values on this bar and on the one before:
 * `a crosses_above b` is `previous a <= previous b and a > b`, `crosses_below` the mirror of it.
 *
 * Numbers that agree to nine digits count as equal: what binary fractions make of 95.10 - 95.05, or
 * of two averages of one price, must not open a position.
 */
export function compileStrategy(document: StrategyDocument): CompiledStrategy {
  const plan = new Plan();
  const rule = (expression: Expression | undefined): number =>
    expression === undefined ? plan.never : plan.add(expression);
  const rules = [
    rule(document.long?.entry),
    rule(document.long?.exit),
    rule(document.short?.entry),
    rule(document.short?.exit),
  ] as const;
  return { document, evaluator: () => new PlanEvaluator(plan, rules) };
}

/** Every combination of the four rules, so that no bar allocates its answer. */
const outcomes: readonly RuleOutcome[] = Array.from({ length: 16 }, (_, bits) => ({
  longEntry: (bits & 1) !== 0,
  longExit: (bits & 2) !== 0,
  shortEntry: (bits & 4) !== 0,
  shortExit: (bits & 8) !== 0,
}));

class PlanEvaluator implements RuleEvaluator {
  readonly #plan: Plan;
  readonly #rules: readonly [number, number, number, number];
  /** Value of each step on the latest bar; conditions are 1 or 0. */
  readonly #values: Float64Array;
  readonly #updates: readonly ((bar: RuleBar) => void)[];

  constructor(plan: Plan, rules: readonly [number, number, number, number]) {
    this.#plan = plan;
    this.#rules = rules;
    this.#values = new Float64Array(plan.steps.length).fill(NaN);
    this.#updates = plan.steps.map((step, position) => makeUpdate(step, position, this.#values));
  }

  next(bar: RuleBar): RuleOutcome {
    for (const update of this.#updates) update(bar);
    let bits = 0;
    for (let rule = 0; rule < 4; rule += 1) {
      if (this.#values[this.#rules[rule] ?? 0] === 1) bits |= 1 << rule;
    }
    const outcome = outcomes[bits];
    if (outcome === undefined) throw new Error(`no outcome ${bits}`);
    return outcome;
  }

  inputs(): readonly RuleInput[] {
    return this.#plan.inputs.map(({ expression, position }) => {
      const value = this.#values[position] ?? NaN;
      return { expression, value: Number.isNaN(value) ? null : value };
    });
  }
}

/** The function that brings one step's value up to date with a new bar. */
function makeUpdate(
  step: PlanStep,
  position: number,
  values: Float64Array,
): (bar: RuleBar) => void {
  switch (step.kind) {
    case 'number': {
      const { value } = step;
      return () => {
        values[position] = value;
      };
    }
    case 'field': {
      const { name } = step;
      return (bar) => {
        values[position] = bar[name];
      };
    }
    case 'indicator': {
      const indicator = makeIndicator(step.name, step.period);
      const { operand } = step;
      return () => {
        values[position] = indicator.next(values[operand] ?? NaN);
      };
    }
    case 'negation': {
      const { operand } = step;
      return () => {
        values[position] = -(values[operand] ?? NaN);
      };
    }
    case 'not': {
      const { operand } = step;
      return () => {
        values[position] = values[operand] === 1 ? 0 : 1;
      };
    }
    case 'infix': {
      const compute = makeInfix(step.operator);
      const { left, right } = step;
      return () => {
        const result = compute(values[left] ?? NaN, values[right] ?? NaN);
        values[position] = Number.isFinite(result) ? result : NaN;
      };
    }
  }
}

function makeInfix(operator: (PlanStep & { kind: 'infix' })['operator']): Infix {
  switch (operator) {
    case 'crosses_above':
      return makeCrossing((before, now) => before <= 0 && now > 0);
    case 'crosses_below':
      return makeCrossing((before, now) => before >= 0 && now < 0);
    default:
      return infixes[operator];
  }
}

type Infix = (left: number, right: number) => number;

/** Numbers that differ by less than this part of the larger one count as equal. */
const equality = 1e-9;

/** Below, at or above zero as `left` is less than, equal to or greater than `right`; else NaN. */
function compare(left: number, right: number): number {
  const difference = left - right;
  const negligible = equality * Math.max(Math.abs(left), Math.abs(right));
  return Math.abs(difference) <= negligible ? 0 : difference;
}

const infixes = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '<': (left, right) => (compare(left, right) < 0 ? 1 : 0),
  '<=': (left, right) => (compare(left, right) <= 0 ? 1 : 0),
  '>': (left, right) => (compare(left, right) > 0 ? 1 : 0),
  '>=': (left, right) => (compare(left, right) >= 0 ? 1 : 0),
  '==': (left, right) => (compare(left, right) === 0 ? 1 : 0),
  // NaN differs from zero, but a comparison with a missing value is false.
  '!=': (left, right) => (Math.abs(compare(left, right)) > 0 ? 1 : 0),
  and: (left, right) => (left === 1 && right === 1 ? 1 : 0),
  or: (left, right) => (left === 1 || right === 1 ? 1 : 0),
} satisfies Record<string, Infix>;

/** A crossing needs the order of this bar and of the one before; it is missing (NaN) at first. */
function makeCrossing(crossed: (before: number, now: number) => boolean): Infix {
  let before = NaN;
  return (left, right) => {
    const now = compare(left, right);
    const result = crossed(before, now) ? 1 : 0;
    before = now;
    return result;
  };
}

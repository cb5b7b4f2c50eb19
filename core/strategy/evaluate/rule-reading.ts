import { TradingCalendar } from '../../calendar/trading-calendar.ts';
import type { Plan } from '../plan/rule-plan.ts';
import { printExpression } from '../print-strategy.ts';
import type { PositionField } from '../strategy-document.ts';
import { BarContext } from './bar-context.ts';
import { streamStep, type StreamState } from './stream-step.ts';

/** Which rules are true on a bar; a rule the strategy does not have is false. */
export interface RuleOutcome {
  readonly longEntry: boolean;
  readonly longExit: boolean;
  readonly shortEntry: boolean;
  readonly shortExit: boolean;
}

/** A value the rules read, as they write it, on a bar; null where it has none (yet). */
export interface RuleInput {
  readonly expression: string;
  readonly value: number | null;
}

/** What rules read of the position that is held; NaN where nothing is. Units as in the document. */
export type PositionValues = Readonly<Record<PositionField, number>>;

/** The position of somebody who holds nothing. */
export const noPosition: PositionValues = {
  bars_held: NaN,
  entry_price: NaN,
  unrealised_pnl_percent: NaN,
  position_quantity: NaN,
};

/** A plan and where its four rules stand in it: long entry, long exit, short entry, short exit. */
export interface RulePlan {
  readonly plan: Plan;
  readonly rules: readonly [number, number, number, number];
}

/** Every combination of the four rules, so that no bar allocates its answer. */
const outcomes: readonly RuleOutcome[] = Array.from({ length: 16 }, (_, bits) => ({
  longEntry: (bits & 1) !== 0,
  longExit: (bits & 2) !== 0,
  shortEntry: (bits & 4) !== 0,
  shortExit: (bits & 8) !== 0,
}));

/** What a strategy's rules say on one bar; only the position is still to be told. */
export class RuleReading {
  readonly #plan: Plan;
  readonly #rules: RulePlan['rules'];
  readonly #values: Float64Array;
  readonly #position: Float64Array;
  readonly #ofPosition: readonly (() => void)[];

  /** Reads `values`, one for each step of the plan; whoever owns them says of which bar they are. */
  constructor({ plan, rules }: RulePlan, values: Float64Array) {
    this.#plan = plan;
    this.#rules = rules;
    this.#values = values;
    this.#position = new Float64Array(4).fill(NaN);
    this.#ofPosition = plan.ofPosition.includes(true)
      ? updatesOfPosition(plan, values, this.#position)
      : [];
  }

  /** Which rules are true, given what is held. */
  outcome(position: PositionValues): RuleOutcome {
    if (this.#ofPosition.length > 0) this.#hold(position);
    let bits = 0;
    for (let rule = 0; rule < 4; rule += 1) {
      if (this.#values[this.#rules[rule] ?? 0] === 1) bits |= 1 << rule;
    }
    const outcome = outcomes[bits];
    if (outcome === undefined) throw new Error(`no outcome ${bits}`);
    return outcome;
  }

  /** The value of a step, NaN where it has none. */
  value(step: number): number {
    return this.#values[step] ?? NaN;
  }

  /** The prices, indicators and moments, in the order in which the strategy names them. */
  inputs(): readonly RuleInput[] {
    return this.#plan.inputs.map(({ expression, position }) => {
      const value = this.value(position);
      return { expression: printExpression(expression), value: Number.isNaN(value) ? null : value };
    });
  }

  /** The same of a bar that later ones do not change. */
  copy(): RuleReading {
    return new RuleReading({ plan: this.#plan, rules: this.#rules }, this.#values.slice());
  }

  #hold(position: PositionValues): void {
    this.#position[0] = position.bars_held;
    this.#position[1] = position.entry_price;
    this.#position[2] = position.unrealised_pnl_percent;
    this.#position[3] = position.position_quantity;
    for (const update of this.#ofPosition) update();
  }
}

/** What brings the steps that read a position up to date, in their order. */
function updatesOfPosition(
  { steps, ofPosition }: Plan,
  values: Float64Array,
  position: Float64Array,
): (() => void)[] {
  const bars = [new BarContext()];
  const state: StreamState = { values, bars, position, calendar: noCalendar, streams: new Map() };
  return steps.flatMap((step, place) =>
    ofPosition[place] === true ? [streamStep(step, place, state)] : [],
  );
}

/** No step of a position asks a calendar. */
const noCalendar = new TradingCalendar([]);

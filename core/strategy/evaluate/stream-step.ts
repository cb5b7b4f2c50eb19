import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import type { IndicatorStream } from '../../indicators/indicator.ts';
import type { PlanStep } from '../plan/plan-step.ts';
import { positionFields } from '../strategy-document.ts';
import { inputOf, momentOf, type BarContext } from './bar-context.ts';
import { compare, crossed, functions, infixes, isCrossing } from './rule-numbers.ts';
import { Extreme, LookBack } from './windows.ts';

/** What the steps of one evaluator work on. */
export interface StreamState {
  /** Value of each step on the latest bar of its context; conditions are 1 or 0. */
  readonly values: Float64Array;
  /** Latest bar of each context. */
  readonly bars: readonly BarContext[];
  /** Values of the position, in the order of `positionFields`. */
  readonly position: Float64Array;
  readonly calendar: TradingCalendar;
  /** Streams of the indicators, by the position of their step. */
  readonly streams: Map<number, IndicatorStream>;
}

type Of<K extends PlanStep['kind']> = Extract<PlanStep, { readonly kind: K }>;

/** The function that brings one step's value up to date with a new bar of its context. */
export function streamStep(step: PlanStep, place: number, state: StreamState): () => void {
  const { values, position } = state;
  const bar = state.bars[step.context] as BarContext;
  switch (step.kind) {
    case 'number': {
      const { value } = step;
      return () => {
        values[place] = value;
      };
    }
    case 'field': {
      const { name } = step;
      return () => {
        values[place] = bar[name];
      };
    }
    case 'moment': {
      const { name } = step;
      const { calendar } = state;
      return () => {
        values[place] = momentOf(name, bar.openTime, bar.closeTime, calendar);
      };
    }
    case 'position': {
      const index = positionFields.indexOf(step.name);
      return () => {
        values[place] = position[index] ?? NaN;
      };
    }
    case 'indicator':
      return indicatorStep(step, place, bar, state);
    case 'output': {
      const { outputs } = streamOf(state, step.indicator);
      const { output } = step;
      return () => {
        values[place] = outputs[output] ?? NaN;
      };
    }
    case 'truth':
      return unary(step.operand, place, values, (value) => (value === 1 ? 1 : 0));
    case 'negation':
      return unary(step.operand, place, values, (value) => -value);
    case 'not':
      return unary(step.operand, place, values, (value) => (value === 1 ? 0 : 1));
    case 'sample':
      return unary(step.operand, place, values, (value) => value);
    case 'infix':
      return infixStep(step, place, values);
    case 'function': {
      const compute = functions[step.name];
      const { left, right } = step;
      return () => {
        values[place] = compute(values[left] ?? NaN, values[right] ?? NaN);
      };
    }
    case 'look_back': {
      const past = new LookBack(step.bars);
      return unary(step.operand, place, values, (value) => past.next(value));
    }
    case 'highest':
    case 'lowest': {
      const extreme = new Extreme(step.bars, step.kind === 'highest' ? 1 : -1);
      return unary(step.operand, place, values, (value) => extreme.next(value));
    }
    case 'rising':
    case 'falling':
      return unary(step.operand, place, values, trend(step.kind, step.bars));
    case 'within':
      return unary(step.operand, place, values, within(step.bars));
    case 'bars_since':
      return unary(step.operand, place, values, barsSince());
  }
}

function unary(
  operand: number,
  place: number,
  values: Float64Array,
  compute: (value: number) => number,
): () => void {
  return () => {
    values[place] = compute(values[operand] ?? NaN);
  };
}

function infixStep(
  { operator, left, right }: Of<'infix'>,
  place: number,
  values: Float64Array,
): () => void {
  if (isCrossing(operator)) {
    let before = NaN;
    return () => {
      const now = compare(values[left] ?? NaN, values[right] ?? NaN);
      values[place] = crossed(operator, before, now) ? 1 : 0;
      before = now;
    };
  }
  const compute = infixes[operator];
  return () => {
    values[place] = compute(values[left] ?? NaN, values[right] ?? NaN);
  };
}

function indicatorStep(
  { definition, settings, series }: Of<'indicator'>,
  place: number,
  bar: BarContext,
  state: StreamState,
): () => void {
  const { values } = state;
  const stream = definition.stream(settings);
  state.streams.set(place, stream);
  const { outputs } = stream;
  const names = definition.inputs;
  const inputs = new Float64Array(names.length);
  return () => {
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] ?? 'series';
      inputs[index] = name === 'series' ? (values[series ?? -1] ?? NaN) : inputOf(name, bar);
    }
    stream.next(inputs);
    values[place] = outputs[0] ?? NaN;
  };
}

function streamOf(state: StreamState, place: number): IndicatorStream {
  const stream = state.streams.get(place);
  if (stream === undefined) throw new RangeError(`no indicator at ${place}`);
  return stream;
}

/** Whether each of the latest `bars` steps went up (down). */
function trend(kind: 'rising' | 'falling', bars: number): (value: number) => number {
  const sign = kind === 'rising' ? 1 : -1;
  let before = NaN;
  let run = 0;
  return (value) => {
    run = compare(value, before) * sign > 0 ? Math.min(run + 1, bars) : 0;
    before = value;
    return run === bars ? 1 : 0;
  };
}

function within(bars: number): (value: number) => number {
  let since = bars;
  return (value) => {
    since = value === 1 ? 0 : Math.min(since + 1, bars);
    return since < bars ? 1 : 0;
  };
}

function barsSince(): (value: number) => number {
  let since = NaN;
  return (value) => {
    since = value === 1 ? 0 : since + 1;
    return since;
  };
}

import type { IndicatorDefinition, IndicatorParameter, IndicatorStream } from './indicator.ts';

/** The longest period a rule may ask for. */
export const maxPeriod = 1000;

/** A whole number of bars, from `minimum` to the longest period. */
export function period(value: number, name = 'period', minimum = 1): IndicatorParameter {
  return { name, default: value, minimum, maximum: maxPeriod, whole: true };
}

/** A number, such as a multiple of a deviation, within bounds that it may reach. */
export function factor(
  name: string,
  value: number,
  minimum: number,
  maximum: number,
): IndicatorParameter {
  return { name, default: value, minimum, maximum, whole: false };
}

/** What every definition says of itself; see {@link IndicatorDefinition} for the fields. */
interface Description extends Pick<
  IndicatorDefinition,
  'name' | 'title' | 'description' | 'inputs'
> {
  readonly parameters?: readonly IndicatorParameter[];
  /** Constant where it says nothing. */
  readonly cost?: IndicatorDefinition['cost'];
  readonly refuses?: (...settings: number[]) => string | null;
  /** A column loop that gives what the stream gives, bit for bit; else the stream is fed. */
  readonly batch?: (
    inputs: readonly Float64Array[],
    outputs: readonly Float64Array[],
    ...settings: number[]
  ) => void;
}

interface OneOutput extends Description {
  /** Leading bars without a value, for these settings. */
  readonly warmUp: (...settings: number[]) => number;
  /** Takes the settings; what it gives takes the inputs of each bar and gives the value. */
  readonly start: (...settings: number[]) => (...inputs: number[]) => number;
}

interface ManyOutputs extends Description {
  readonly outputs: readonly string[];
  /** Leading bars without a value, for these settings: one number for each output. */
  readonly warmUp: (...settings: number[]) => readonly number[];
  /** Like that of an indicator with one output, but writes its values into `into`. */
  readonly start: (into: Float64Array, ...settings: number[]) => (...inputs: number[]) => void;
}

/** An indicator with one output, called `value`. Its inputs are all NaN where one is a gap. */
export function defineIndicator(sketch: OneOutput): IndicatorDefinition {
  const arity = sketch.inputs.length;
  const batch = sketch.batch ?? (arity === 1 ? seriesLoop(sketch.start) : undefined);
  return define(
    batch ? { ...sketch, batch } : sketch,
    ['value'],
    false,
    (settings) => [sketch.warmUp(...settings)],
    (settings) => {
      const step = sketch.start(...settings);
      const outputs = new Float64Array(1).fill(NaN);
      if (arity === 1) {
        return { outputs, next: (inputs) => (outputs[0] = step(inputs[0] ?? NaN)) };
      }
      return { outputs, next: (inputs) => (outputs[0] = call(step, inputs, arity)) };
    },
  );
}

/** Feeds a series without the ways of a row of inputs. */
function seriesLoop(start: OneOutput['start']): NonNullable<Description['batch']> {
  return ([series], [result], ...settings) => {
    if (!series || !result) return;
    const step = start(...settings);
    for (let bar = 0; bar < series.length; bar += 1) result[bar] = step(series[bar] ?? NaN);
  };
}

/** An indicator whose value is 1 where something is true of the bars and 0 where it is not. */
export function defineCondition(
  sketch: Omit<OneOutput, 'start'> & {
    readonly start: (...settings: number[]) => (...inputs: number[]) => boolean | null;
  },
): IndicatorDefinition {
  const { start, ...rest } = sketch;
  const definition = defineIndicator({
    ...rest,
    start: (...settings) => {
      const holds = start(...settings);
      return (...inputs) => {
        const isTrue = holds(...inputs);
        return isTrue === null ? NaN : Number(isTrue);
      };
    },
  });
  return { ...definition, isCondition: true };
}

/** An indicator with several outputs. Its inputs are all NaN where one is a gap. */
export function defineIndicatorOfMany(sketch: ManyOutputs): IndicatorDefinition {
  return define(
    sketch,
    sketch.outputs,
    false,
    (settings) => sketch.warmUp(...settings),
    (settings) => {
      const outputs = new Float64Array(sketch.outputs.length).fill(NaN);
      const step = sketch.start(outputs, ...settings);
      const arity = sketch.inputs.length;
      return { outputs, next: (inputs) => call(step, inputs, arity) };
    },
  );
}

function define(
  sketch: Description,
  outputs: readonly string[],
  isCondition: boolean,
  warmUps: (settings: readonly number[]) => readonly number[],
  stream: (settings: readonly number[]) => IndicatorStream,
): IndicatorDefinition {
  const { name, title, description, inputs, parameters = [], cost = 'O(1)' } = sketch;
  return {
    name,
    title,
    description,
    inputs,
    parameters,
    outputs,
    isCondition,
    cost,
    refuses: (settings) => sketch.refuses?.(...settings) ?? null,
    warmUp: (settings, output) => warmUps(settings)[output] ?? NaN,
    stream,
    batch: (settings, columns) => {
      const length = columns[0]?.length ?? 0;
      const results = outputs.map(() => new Float64Array(length));
      if (sketch.batch) sketch.batch(columns, results, ...settings);
      else feed(stream(settings), columns, results);
      return results;
    },
  };
}

function feed(
  stream: IndicatorStream,
  columns: readonly Float64Array[],
  results: readonly Float64Array[],
): void {
  const row = new Float64Array(columns.length);
  const length = columns[0]?.length ?? 0;
  for (let bar = 0; bar < length; bar += 1) {
    for (let input = 0; input < columns.length; input += 1) {
      row[input] = columns[input]?.[bar] ?? NaN;
    }
    stream.next(row);
    for (let output = 0; output < results.length; output += 1) {
      const column = results[output];
      if (column) column[bar] = stream.outputs[output] ?? NaN;
    }
  }
}

/** Calls `step` with the first `arity` inputs, or with as many NaN where one of them is. */
function call<T>(step: (...inputs: number[]) => T, row: Float64Array, arity: number): T {
  const first = row[0] ?? NaN;
  if (arity === 1) return step(first);
  const second = row[1] ?? NaN;
  if (arity === 2) {
    return Number.isNaN(first + second) ? step(NaN, NaN) : step(first, second);
  }
  const third = row[2] ?? NaN;
  const sum = first + second + third;
  if (arity === 3) {
    return Number.isNaN(sum) ? step(NaN, NaN, NaN) : step(first, second, third);
  }
  const fourth = row[3] ?? NaN;
  if (arity === 4) {
    return Number.isNaN(sum + fourth)
      ? step(NaN, NaN, NaN, NaN)
      : step(first, second, third, fourth);
  }
  const fifth = row[4] ?? NaN;
  return Number.isNaN(sum + fourth + fifth)
    ? step(NaN, NaN, NaN, NaN, NaN)
    : step(first, second, third, fourth, fifth);
}

import fc from 'fast-check';
import { indicatorDefinitions } from '@nandax/core/indicators/catalogue.ts';
import type { IndicatorDefinition } from '@nandax/core/indicators/indicator.ts';
import { timeFrames } from '@nandax/core/market/time-frame.ts';
import { constantValue, notConstant } from '@nandax/core/strategy/check/constant-value.ts';
import { readsSeries } from '@nandax/core/strategy/language-words.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  momentFields,
  numericFunctions,
  positionFields,
  type Condition,
  type ConstantExpression,
  type NumericExpression,
  type NumericFunction,
  type PriceDistance,
  type Sizing,
  type StrategyDocument,
  type StrategyParameter,
} from '@nandax/core/strategy/strategy-document.ts';

type Numbers = fc.Arbitrary<NumericExpression>;
type Conditions = fc.Arbitrary<Condition>;

/** What an expression may hold where it stands. */
interface Place {
  readonly depth: number;
  readonly position: boolean;
  readonly on: boolean;
  readonly of: boolean;
}

/** Every tree has these, so that every expression may name them. */
const parameters: readonly StrategyParameter[] = [
  { name: 'fast', value: 5, range: { minimum: 2, maximum: 9, step: 1 } },
  { name: 'slow_2', value: 6, range: null },
  { name: '_Below', value: -2.5, range: { minimum: -10.25, maximum: -1e-7, step: 0.01 } },
];

const values = new Map(parameters.map(({ name, value }) => [name, value]));

const kind = <T extends string>(name: T): fc.Arbitrary<T> => fc.constant(name);

const literal: Numbers = fc
  .oneof(fc.integer({ min: 0, max: 1e15 }), fc.double({ min: 0, max: 1e15, noNaN: true }))
  .map((value) => ({ kind: 'number', value: value === 0 ? 0 : value }));

const visibleText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => /^[^\s"\p{C}](?:[^"\p{C}]*[^\s"\p{C}])?$/u.test(text));

const instrument = fc.record({
  exchange: fc.constantFrom('NSE', 'BSE', 'NFO', 'MCX'),
  symbol: fc.oneof(fc.constantFrom('NIFTY 50', 'M&M', 'A:B'), visibleText),
});

/** A constant from `least` to `most`, which hold 1 to 9 where a parameter is to be among them. */
function constant(least: number, most: number, whole: boolean): fc.Arbitrary<ConstantExpression> {
  const number = (
    whole
      ? fc.integer({ min: least, max: most })
      : fc.double({ min: least, max: most, noNaN: true })
  ).map((value): NumericExpression => ({ kind: 'number', value: value === 0 ? 0 : value }));
  const holdsParameters = least <= 1 && most >= 19;
  return holdsParameters ? fc.oneof({ weight: 3, arbitrary: number }, parametric) : number;
}

/** Constants of parameters that are whole numbers from 1 to 19. */
const parametric: fc.Arbitrary<ConstantExpression> = fc.constantFrom<ConstantExpression>(
  { kind: 'parameter', name: 'fast' },
  { kind: 'parameter', name: 'slow_2' },
  {
    kind: 'arithmetic',
    operator: '-',
    left: { kind: 'parameter', name: 'fast' },
    right: { kind: 'negation', operand: { kind: 'number', value: 10 } },
  },
  {
    kind: 'arithmetic',
    operator: '/',
    left: {
      kind: 'arithmetic',
      operator: '*',
      left: { kind: 'parameter', name: 'fast' },
      right: { kind: 'number', value: 4 },
    },
    right: { kind: 'number', value: 2 },
  },
);

const bars = constant(1, 1000, true);

const definitions = [...indicatorDefinitions.values()];

/** The settings of an indicator, its own where the drawn ones do not fit each other. */
function settingsOf(definition: IndicatorDefinition): fc.Arbitrary<ConstantExpression[]> {
  const standard = definition.parameters.map((parameter): ConstantExpression =>
    parameter.default < 0
      ? { kind: 'negation', operand: { kind: 'number', value: -parameter.default } }
      : { kind: 'number', value: parameter.default },
  );
  const drawn = definition.parameters.map(({ minimum, maximum, whole }) =>
    constant(Math.max(0, minimum), maximum, whole),
  );
  return fc.tuple(...drawn).map((settings) => {
    const numbers = settings.map((setting) => constantValue(setting, values));
    return definition.refuses(numbers) === null ? settings : standard;
  });
}

/** One arbitrary for each place, since they nest. */
function remembered<T>(make: (place: Place) => T): (place: Place) => T {
  const known = new Map<string, T>();
  return (place) => {
    const key = JSON.stringify(place);
    const made = known.get(key) ?? make(place);
    known.set(key, made);
    return made;
  };
}

/** Any number for a place. */
const numbersAt = remembered(numericAt);
/** Any condition for a place. */
const conditionsAt = remembered(conditionAt);

function numericAt(place: Place): Numbers {
  const leaves: Numbers[] = [
    literal,
    fc.record({ kind: kind('time_of_day'), minutes: fc.integer({ min: 0, max: 1439 }) }),
    fc.record({
      kind: kind('parameter'),
      name: fc.constantFrom(...parameters.map(({ name }) => name)),
    }),
    fc.record({ kind: kind('field'), name: fc.constantFrom(...barFields) }),
    fc.record({ kind: kind('moment'), name: fc.constantFrom(...momentFields) }),
    fc.record({ kind: kind('model'), name: visibleText }),
  ];
  if (place.position) {
    leaves.push(fc.record({ kind: kind('position'), name: fc.constantFrom(...positionFields) }));
  }
  if (place.depth === 0) return fc.oneof(...leaves);
  const inner = numbersAt({ ...place, depth: place.depth - 1 });
  const pastPlace = { ...place, depth: place.depth - 1, position: false };
  const past = numbersAt(pastPlace);
  const indicators = definitions
    .filter(({ isCondition }) => !isCondition)
    .map((definition) => indicator(definition, past));
  const nodes: Numbers[] = [
    ...leaves,
    ...(indicators.length === 0 ? [] : [fc.oneof(...indicators), fc.oneof(...indicators)]),
    fc.record({ kind: kind('negation'), operand: inner }),
    fc.record({
      kind: kind('arithmetic'),
      operator: fc.constantFrom(...arithmeticOperators),
      left: inner,
      right: inner,
    }),
    ...(Object.keys(numericFunctions) as NumericFunction[]).map((name) =>
      fc.record({
        kind: kind('function'),
        name: fc.constant(name),
        operands: fc.array(inner, {
          minLength: numericFunctions[name],
          maxLength: numericFunctions[name],
        }),
      }),
    ),
    fc.record({ kind: kind('look_back'), operand: past, bars }),
    fc.record({
      kind: fc.constantFrom('highest' as const, 'lowest' as const),
      operand: past,
      bars,
    }),
    fc.record({ kind: kind('bars_since'), condition: conditionsAt(pastPlace) }),
  ];
  if (place.on) {
    nodes.push(
      fc.record({
        kind: kind('on'),
        operand: numbersAt({ ...pastPlace, on: false }),
        timeFrame: fc.constantFrom(...timeFrames),
      }),
    );
  }
  if (place.of) {
    nodes.push(
      fc.record({ kind: kind('of'), operand: numbersAt({ ...pastPlace, of: false }), instrument }),
    );
  }
  return fc.oneof(...nodes);
}

function indicator(definition: IndicatorDefinition, series: Numbers): Numbers {
  return fc.record({
    kind: kind('indicator'),
    name: fc.constant(definition.name),
    // What is the same on every bar is refused.
    series: readsSeries(definition)
      ? series.filter((node) => notConstant(node) !== null)
      : fc.constant(null),
    settings: settingsOf(definition),
    output: fc.constantFrom(...definition.outputs),
  });
}

function conditionAt(place: Place): Conditions {
  const depth = Math.max(0, place.depth - 1);
  const numbers = numbersAt({ ...place, depth });
  const past = numbersAt({ ...place, depth, position: false });
  const crossings = ['crosses_above', 'crosses_below'] as const;
  const comparisons = comparisonOperators.filter((name) => !name.startsWith('crosses'));
  const leaves: Conditions[] = [
    fc.record({
      kind: kind('comparison'),
      operator: fc.constantFrom(...comparisons),
      left: numbers,
      right: numbers,
    }),
    fc.record({
      kind: kind('comparison'),
      operator: fc.constantFrom(...crossings),
      left: past,
      right: past,
    }),
    fc.record({
      kind: fc.constantFrom('rising' as const, 'falling' as const),
      operand: past,
      bars,
    }),
    ...definitions
      .filter(({ isCondition }) => isCondition)
      .map((definition) =>
        fc.record({
          kind: kind('pattern'),
          name: fc.constant(definition.name),
          settings: settingsOf(definition),
        }),
      ),
  ];
  if (place.depth === 0) return fc.oneof(...leaves);
  const below = conditionsAt({ ...place, depth });
  return fc.oneof(
    ...leaves,
    fc.record({ kind: kind('not'), operand: below }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: below,
      right: below,
    }),
    fc.record({
      kind: kind('within'),
      bars,
      condition: conditionsAt({ ...place, depth, position: false }),
    }),
  );
}

const condition = conditionsAt({ depth: 3, position: true, on: true, of: true });
const side = fc.record({ entry: condition, exit: condition });

/** Rupees that the market says: never a constant, so that any number of them is right. */
const marketRupees: Numbers = numbersAt({ depth: 2, position: false, on: true, of: true }).map(
  (factor) => ({
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'field', name: 'close' },
    right: factor,
  }),
);

const distance = (most: number): fc.Arbitrary<PriceDistance> =>
  fc.oneof(
    fc.record({ kind: kind('percent'), percent: constant(0.01, most, false) }),
    fc.record({ kind: kind('rupees'), rupees: fc.oneof(marketRupees, constant(1, 1e12, false)) }),
  );

const sizing: fc.Arbitrary<Sizing> = fc.oneof(
  fc.record({ kind: kind('capital'), rupees: constant(0.01, 1e12, false) }),
  fc.record({ kind: kind('quantity'), units: constant(1, 1e9, true) }),
  fc.record({ kind: kind('lots'), lots: constant(1, 1e6, true) }),
  fc.record({ kind: kind('equity'), percent: constant(0.01, 1000, false) }),
  fc.record({
    kind: kind('risk'),
    percent: constant(0.01, 100, false),
    distance: fc.option(marketRupees),
  }),
);

/** Up to five profits, each farther than the one before, the last of which takes the rest. */
const takeProfits = fc
  .array(fc.double({ min: 0.01, max: 24, noNaN: true }), { maxLength: 5 })
  .map((parts) =>
    parts.map((part, index) => ({
      distance: {
        kind: 'percent' as const,
        percent: { kind: 'number' as const, value: index + part / 25 },
      },
      portionPercent: {
        kind: 'number' as const,
        value: index === parts.length - 1 ? 100 : part,
      },
    })),
  );

const minute = (min: number, max: number) => fc.option(fc.integer({ min, max }));

/** Any valid strategy, over the whole grammar. */
export const anyStrategy: fc.Arbitrary<StrategyDocument> = fc
  .record({
    parameters: fc.constant(parameters),
    product: fc.constantFrom('MIS' as const, 'CNC' as const),
    sizing,
    maxPositions: fc.option(constant(1, 1000, true)),
    stopLoss: fc.option(distance(99.99)),
    trailingStop: fc.option(distance(99.99)),
    breakEvenAt: fc.option(distance(1000)),
    timeStopBars: fc.option(constant(1, 100_000, true)),
    takeProfits,
    session: fc.record({
      noEntryBefore: minute(0, 600),
      noEntryAfter: minute(601, 1439),
      squareOffAt: minute(601, 1439),
    }),
    pair: fc.option(fc.record({ instrument, ratio: constant(0.01, 1000, false) })),
    long: fc.option(side),
    short: fc.option(side),
  })
  .filter(
    ({ sizing: { kind: size, ...rest }, stopLoss }) =>
      size !== 'risk' || stopLoss !== null || ('distance' in rest && rest.distance !== null),
  )
  .map((document) =>
    document.product === 'MIS'
      ? document
      : {
          ...document,
          short: null,
          pair: null,
          session: { ...document.session, squareOffAt: null },
        },
  )
  .filter(({ long, short }) => long !== null || short !== null);

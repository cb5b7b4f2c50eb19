import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicatorNames } from '../indicators/catalogue.ts';
import { parseStrategy } from './parse-strategy.ts';
import { printStrategy } from './print-strategy.ts';
import { readStrategyTree } from './read-strategy-tree.ts';
import {
  arithmeticOperators,
  barFields,
  comparisonOperators,
  type Condition,
  type NumericExpression,
  type StrategyDocument,
} from './strategy-document.ts';

const number = fc
  .oneof(fc.integer({ min: 0, max: 1e15 }), fc.double({ min: 0, max: 1e15, noNaN: true }))
  .map((value) => (value === 0 ? 0 : value));

const { condition } = fc.letrec<{ numeric: NumericExpression; condition: Condition }>((tie) => ({
  numeric: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'rule' },
    fc.record({ kind: fc.constant('number' as const), value: number }),
    fc.record({ kind: fc.constant('field' as const), name: fc.constantFrom(...barFields) }),
    fc.record({ kind: fc.constant('negation' as const), operand: tie('numeric') }),
    fc.record({
      kind: fc.constant('indicator' as const),
      name: fc.constantFrom(...indicatorNames),
      series: tie('numeric'),
      period: fc.integer({ min: 1, max: 1000 }),
    }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom(...arithmeticOperators),
      left: tie('numeric'),
      right: tie('numeric'),
    }),
  ),
  condition: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'rule' },
    fc.record({
      kind: fc.constant('comparison' as const),
      operator: fc.constantFrom(...comparisonOperators),
      left: tie('numeric'),
      right: tie('numeric'),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('condition') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('condition'),
      right: tie('condition'),
    }),
  ),
}));

const side = fc.record({ entry: condition, exit: condition });

/** Any valid strategy. */
const arbitraryStrategy: fc.Arbitrary<StrategyDocument> = fc
  .record({
    capitalPerTrade: fc.double({ min: 0.01, max: 1e12, noNaN: true }),
    stopLossPercent: fc.option(fc.double({ min: 0.01, max: 99.99, noNaN: true })),
    takeProfitPercent: fc.option(fc.double({ min: 0.01, max: 1000, noNaN: true })),
    maxPositions: fc.option(fc.integer({ min: 1, max: 1000 })),
    product: fc.constantFrom('MIS' as const, 'CNC' as const),
    long: fc.option(side),
    short: fc.option(side),
  })
  .filter(({ product, long, short }) =>
    product === 'CNC' ? long !== null && short === null : long !== null || short !== null,
  );

describe('text and tree', () => {
  it('are the same thing: what is printed is read back as the same tree', () => {
    fc.assert(
      fc.property(arbitraryStrategy, (document) => {
        expect(parseStrategy(printStrategy(document))).toEqual({ ok: true, value: document });
      }),
    );
  });

  it('are the same thing: a tree survives its JSON', () => {
    fc.assert(
      fc.property(arbitraryStrategy, (document) => {
        const json: unknown = JSON.parse(JSON.stringify(document));
        expect(readStrategyTree(json)).toEqual({ ok: true, value: document });
      }),
    );
  });

  it('answer any text with a strategy or with failures inside that text', () => {
    const words = fc.constantFrom(
      ...['long', 'short', 'entry', 'exit', 'when', 'capital_per_trade', 'stop_loss', 'product'],
      ...['close', 'sma', 'and', 'or', 'not', '(', ')', ',', '+', '-', '>', '%', '3', 'MIS', '\n'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.array(words).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const result = parseStrategy(any);
        if (result.ok) return;
        expect(result.failure.length).toBeGreaterThan(0);
        const lines = any.split('\n');
        for (const { line, column } of result.failure) {
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a strategy in JSON', () => {
  const always = {
    kind: 'comparison',
    operator: '>',
    left: { kind: 'field', name: 'close' },
    right: { kind: 'number', value: 1 },
  };
  const minimal = { capitalPerTrade: 1000, long: { entry: always, exit: always } };

  function refused(json: unknown): [string, string][] {
    const result = readStrategyTree(json);
    if (result.ok) throw new Error('read though it should be refused');
    return result.failure.map(({ path, expected }) => [path, expected]);
  }

  it('may leave out what has a default', () => {
    expect(readStrategyTree(minimal)).toMatchObject({
      ok: true,
      value: { product: 'MIS', stopLossPercent: null, short: null },
    });
  });

  it('is refused key by key', () => {
    const json = {
      ...minimal,
      capitalPerTrade: '1000',
      stopLossPercent: 100,
      product: 'NRML',
      leverage: 5,
      long: {
        entry: { kind: 'not', operand: { kind: 'number', value: 1 } },
        exit: {
          ...always,
          left: { kind: 'indicator', name: 'macd', series: null, period: 0 },
          right: { kind: 'number', value: -1 },
        },
      },
    };
    expect(refused(json)).toEqual([
      [
        'leverage',
        'no key but capitalPerTrade, stopLossPercent, takeProfitPercent, maxPositions, product, long, short',
      ],
      ['capitalPerTrade', 'rupees above 0 and at most 1000000000000'],
      ['stopLossPercent', 'a percentage above 0 and below 100'],
      ['product', 'one of CNC, MIS'],
      ['long.entry.operand.kind', 'one of comparison, not, and, or'],
      ['long.exit.left.name', 'one of sma, ema, rsi'],
      ['long.exit.left.series.kind', 'one of number, field, indicator, negation, arithmetic'],
      ['long.exit.left.period', 'a whole number from 1 to 1000'],
      ['long.exit.right.value', 'a number from 0 to 1000000000000000'],
    ]);
  });

  it('is refused where the whole makes no sense', () => {
    expect(refused({ capitalPerTrade: 1 })).toEqual([['', 'long or short rules']]);
    expect(refused({ ...minimal, short: minimal.long, product: 'CNC' })).toEqual([
      ['product', 'MIS, as short rules need'],
    ]);
  });

  it('is refused where it is too deep or too large', () => {
    let deep: unknown = always;
    for (let level = 0; level < 10_000; level += 1) deep = { kind: 'not', operand: deep };
    expect(refused({ ...minimal, long: { entry: deep, exit: always } })[0]?.[1]).toBe(
      'at most 100 levels',
    );
    let wide: unknown = always;
    for (let level = 0; level < 9; level += 1) wide = { kind: 'and', left: wide, right: wide };
    expect(refused({ ...minimal, long: { entry: wide, exit: always } })[0]?.[1]).toBe(
      'at most 1000 parts',
    );
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (any, rule) => {
        expect(readStrategyTree(any).ok).toBe(false);
        expect(readStrategyTree({ ...minimal, long: { entry: rule, exit: always } }).ok).toBe(
          false,
        );
      }),
    );
  });
});

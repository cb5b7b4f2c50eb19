import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStrategy } from '../../tests/fuzz/strategy-trees.ts';
import { parseStrategy } from './parse-strategy.ts';
import { printStrategy } from './print-strategy.ts';
import { readStrategyTree } from './read-strategy-tree.ts';

describe('text and tree', () => {
  it('are the same thing: what is printed is read back as the same tree', () => {
    fc.assert(
      fc.property(anyStrategy, (document) => {
        expect(parseStrategy(printStrategy(document))).toEqual({ ok: true, value: document });
      }),
      { numRuns: 500 },
    );
  });

  it('are the same thing: a tree survives its JSON', () => {
    fc.assert(
      fc.property(anyStrategy, (document) => {
        const json: unknown = JSON.parse(JSON.stringify(document));
        expect(readStrategyTree(json)).toEqual({ ok: true, value: document });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a strategy in JSON', () => {
  const close = { kind: 'field', name: 'close' };
  const one = { kind: 'number', value: 1 };
  const always = { kind: 'comparison', operator: '>', left: close, right: one };
  const minimal = {
    sizing: { kind: 'capital', rupees: { kind: 'number', value: 1000 } },
    long: { entry: always, exit: always },
  };

  function refused(json: unknown): [string, string][] {
    const result = readStrategyTree(json);
    if (result.ok) throw new Error('read though it should be refused');
    return result.failure.map(({ path, expected }) => [path, expected]);
  }

  it('may leave out what has a default', () => {
    const average = { kind: 'indicator', name: 'macd', series: close };
    const entry = { ...always, left: average };
    expect(readStrategyTree({ ...minimal, long: { entry, exit: always } })).toEqual(
      parseStrategy(
        'capital_per_trade 1000 long entry when macd(close) > 1 long exit when close > 1',
      ),
    );
  });

  it('is refused key by key', () => {
    const json = {
      ...minimal,
      sizing: { kind: 'capital', rupees: '1000' },
      stopLoss: { kind: 'percent', percent: { kind: 'number', value: 100 } },
      product: 'NRML',
      leverage: 5,
      takeProfits: [{ distance: { kind: 'percent', percent: one }, portionPercent: one }],
      long: {
        entry: { kind: 'not', operand: one },
        exit: {
          ...always,
          left: { kind: 'indicator', name: 'doji', settings: [] },
          right: { kind: 'number', value: -1 },
        },
      },
      short: {
        entry: { ...always, left: { kind: 'on', operand: close, timeFrame: '1d' } },
        exit: { ...always, left: { kind: 'atr', settings: [] } },
      },
    };
    const paths = refused(json).map(([path]) => path);
    expect(paths).toEqual([
      'leverage',
      'product',
      'sizing.rupees.kind',
      'takeProfits.0.portionPercent',
      'long.entry.operand.kind',
      'long.exit.left.name',
      'long.exit.right.value',
      'short.entry.left.timeFrame',
      'short.exit.left.kind',
      'stopLoss.percent',
    ]);
  });

  it('is held to the meaning of the text, with the place of the part to blame', () => {
    const parameter = (name: string) => ({ kind: 'parameter', name });
    const json = {
      ...minimal,
      product: 'CNC',
      parameters: [
        { name: 'close', value: 1 },
        { name: 'fast', value: 3, range: { minimum: 5, maximum: 50, step: 5 } },
        { name: 'fast', value: 3 },
      ],
      maxPositions: parameter('slow'),
      long: {
        entry: { ...always, left: { kind: 'look_back', operand: close, bars: close } },
        exit: {
          ...always,
          left: { kind: 'highest', operand: { kind: 'position', name: 'entry_price' }, bars: one },
        },
      },
      short: minimal.long,
    };
    expect(refused(json)).toEqual([
      ['parameters.0', 'a name of its own'],
      ['parameters.1', 'a number from 5 to 50'],
      ['parameters.2', 'one fast only'],
      ['maxPositions', 'a number, a price, an indicator or a parameter'],
      ['long.entry.left.bars', 'numbers, parameters and arithmetic'],
      ['long.exit.left.operand', 'entry_price in comparisons and arithmetic only'],
      ['short', 'product MIS'],
    ]);
    expect(refused({ sizing: minimal.sizing })).toEqual([['', 'long or short rules']]);
  });

  it('is refused where it is too deep or too large', () => {
    let deep: unknown = always;
    for (let level = 0; level < 10_000; level += 1) deep = { kind: 'not', operand: deep };
    expect(refused({ ...minimal, long: { entry: deep, exit: always } })[0]?.[1]).toBe(
      'at most 100 levels',
    );
    let wide: unknown = always;
    for (let level = 0; level < 10; level += 1) wide = { kind: 'and', left: wide, right: wide };
    expect(refused({ ...minimal, long: { entry: wide, exit: always } })[0]?.[1]).toBe(
      'at most 2000 parts',
    );
    const parameters = Array.from({ length: 51 }, (_, index) => ({ name: `p${index}`, value: 1 }));
    expect(refused({ ...minimal, parameters })).toEqual([['parameters', 'a list of at most 50']]);
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

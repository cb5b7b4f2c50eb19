import { describe, expect, it } from 'vitest';
import { file, goog, run } from './testing.ts';

const text = file(
  'rules.txt',
  `# Said aloud.
fast = 10 in 5..20 step 5
equity_per_trade 50%
long entry when sma(close, fast) crosses_above sma(close, 30)
long exit when sma(close, fast) crosses_below sma(close, 30)
`,
);

function rules(...options: string[]): string {
  const { status, stdout, stderr } = run('rules', ...options);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

describe('a strategy as a tree', () => {
  it('is printed of a text, and makes the same text and the same trades', () => {
    const tree = file('rules.json', rules('--strategy', text));
    expect(rules('--strategy', tree)).toBe(rules('--strategy', text));
    const printed = rules('--strategy', text, '--as', 'text');
    expect(printed).toContain('long entry when sma(close, fast) crosses_above sma(close, 30)\n');
    expect(rules('--strategy', tree, '--as', 'text')).toBe(printed);
    const [byText, byTree] = [text, tree].map((strategy) =>
      run('backtest', '--data', goog, '--strategy', strategy, '--param', 'fast=15', '--json'),
    );
    expect(byTree).toEqual(byText);
    expect(byTree?.status).toBe(0);
  });

  it.each([
    ['{ "sizing": ', /broken\.json:\d+:\d+: expected the JSON of a strategy\n$/],
    ['{}', /broken\.json: sizing\.kind: expected one of capital, /],
    [
      '{"sizing":{"kind":"equity","percent":{"kind":"number","value":50}},"long":{"entry":{"kind":"not","operand":{"kind":"number","value":1}},"exit":null}}',
      /broken\.json: long\.entry\.operand.*: expected /,
    ],
  ])('names what is wrong: %s', (json, line) => {
    const broken = file('broken.json', json);
    for (const [command, options] of [
      ['rules', []],
      ['backtest', ['--data', goog]],
    ] as const) {
      const { status, stdout, stderr } = run(command, '--strategy', broken, ...options);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(line);
      expect(stderr.trimEnd()).not.toContain('\n');
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { barFunctions, callableNames, plainNames, statementNames } from './language-words.ts';
import { parseStrategy } from './parse-strategy.ts';
import { comparisonOperators } from './strategy-document.ts';

const reference = readFileSync(new URL('../../docs/strategy-language.md', import.meta.url), 'utf8');
const blocks = [...reference.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(
  ([, kind = '', text = '']) => ({ kind, lines: text.trimEnd().split('\n') }),
);

const rules = 'long entry when close > 1\nlong exit when close < 1\n';
const entry = (condition: string) =>
  `capital_per_trade 1\nlong entry when ${condition}\nlong exit when close > 1`;

/** The strategies that the lines of a block stand for. */
function strategiesOf({ kind, lines }: (typeof blocks)[number]): string[] {
  switch (kind) {
    case 'strategy':
      return [lines.join('\n')];
    case 'statements':
      return [`capital_per_trade 1\n${lines.join('\n')}\n${rules}`];
    case 'rules':
      return [`capital_per_trade 1\n${lines.join('\n')}`];
    case 'conditions':
      return lines.map(entry);
    case 'numbers':
      return lines.map((line) => entry(`${line} > 1`));
    default:
      throw new Error(`a code block of kind ${kind}`);
  }
}

describe('the reference of the language', () => {
  it.each(blocks)('shows what can be read: $lines', (block) => {
    for (const text of strategiesOf(block)) {
      expect(parseStrategy(text)).toMatchObject({ ok: true });
    }
  });

  it('shows every size of an entry', () => {
    const sizes = [...reference.matchAll(/^\| `(\w+_per_trade [^`]+)` \|/gm)];
    expect(sizes).toHaveLength(6);
    for (const [, size = ''] of sizes) {
      expect(parseStrategy(`${size}\nstop_loss 2%\n${rules}`)).toMatchObject({ ok: true });
    }
  });

  it('names every word that stands for something', () => {
    const functions = callableNames.filter((name) => name in barFunctions);
    const all = [...statementNames, ...functions, ...comparisonOperators, ...plainNames].filter(
      (name) => !/^(?:TUES|WEDNES|THURS|FRI|SATUR)DAY$/.test(name),
    );
    expect(all.filter((name) => !reference.includes(name))).toEqual([]);
  });
});

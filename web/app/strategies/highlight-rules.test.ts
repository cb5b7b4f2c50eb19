import { expect, test } from 'vitest';

import { highlightLine } from './highlight-rules.ts';

const line = 'long entry when sma(close, 10) >= 1.5% # ok';

test('the pieces of a line are the line again', () => {
  expect(
    highlightLine(line)
      .map((token) => token.text)
      .join(''),
  ).toBe(line);
});

test('each piece knows its role and the column it starts in', () => {
  const telling = highlightLine(line).filter((token) => token.kind !== 'plain');
  expect(telling.map(({ text, kind, column }) => [text, kind, column])).toEqual([
    ['long', 'keyword', 1],
    ['entry', 'keyword', 6],
    ['when', 'keyword', 12],
    ['sma', 'function', 17],
    ['10', 'number', 28],
    ['1.5%', 'number', 35],
    ['# ok', 'comment', 40],
  ]);
});

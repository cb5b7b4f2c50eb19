import { expect, test } from 'vitest';

import type { LanguageWordKind } from '../generated/graphql.ts';
import { highlightLine, kindsOf } from './highlight-rules.ts';

const words: Readonly<Record<string, LanguageWordKind>> = {
  long: 'STATEMENT',
  risk_per_trade: 'STATEMENT',
  entry: 'KEYWORD',
  when: 'KEYWORD',
  of: 'KEYWORD',
  on: 'KEYWORD',
  sma: 'INDICATOR',
  atr: 'INDICATOR',
  close: 'VALUE',
  time: 'VALUE',
  '1d': 'CONSTANT',
};
const kinds = kindsOf(
  Object.entries(words).map(([word, kind]) => ({
    ...{ __typename: 'LanguageWord' as const, word, kind, form: word, meaning: '' },
  })),
);
const line = 'long entry when sma(close, 10) on 1d >= 1.5% # ok';

test('the pieces of a line are the line again', () => {
  for (const text of [line, 'x of "NSE:NIFTY 50', 'päris ₹ 09:30 1d2 _a9', '  ', '']) {
    expect(
      highlightLine(text, kinds)
        .map((token) => token.text)
        .join(''),
    ).toBe(text);
  }
});

test('a time frame of two digits is one word', () => {
  const frame = new Map([...kinds, ['15m', 'constant'], ['5m', 'constant']] as const);
  const pieces = highlightLine('close on 15m', frame).map(({ text, kind }) => `${text} ${kind}`);
  expect(pieces.at(-1)).toBe('15m constant');
});

test('each piece knows its role and the column it starts in', () => {
  const telling = highlightLine(line, kinds).filter((token) => token.kind !== 'plain');
  expect(telling.map(({ text, kind, column }) => [text, kind, column])).toEqual([
    ['long', 'keyword', 1],
    ['entry', 'keyword', 6],
    ['when', 'keyword', 12],
    ['sma', 'function', 17],
    ['close', 'value', 21],
    ['10', 'number', 28],
    ['on', 'keyword', 32],
    ['1d', 'constant', 35],
    ['1.5%', 'number', 41],
    ['# ok', 'comment', 46],
  ]);
});

test('names of instruments are texts, times numbers, and words of one’s own plain', () => {
  const roles = (text: string) =>
    highlightLine(text, kinds).flatMap((token) =>
      token.text.trim() === '' ? [] : [`${token.kind} ${token.text}`],
    );
  expect(roles('close of "NSE:NIFTY 50" # long')).toEqual([
    'value close',
    'keyword of',
    'text "NSE:NIFTY 50"',
    'comment # long',
  ]);
  expect(roles('fast = atr - time 09:30')).toEqual([
    'plain fast',
    'plain =',
    'function atr',
    'plain -',
    'value time',
    'number 09:30',
  ]);
});

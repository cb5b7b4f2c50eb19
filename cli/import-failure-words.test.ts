import { expect, test } from 'vitest';
import { importFailureWords } from './import-failure-words.ts';

test('a bad row is named by file, line and column, with what should stand there', () => {
  const words = importFailureWords({
    kind: 'INVALID_FILE',
    fileName: 'yes.csv',
    failures: [
      { line: 3, column: 2, columnName: 'open', value: 'abc', expected: 'a price above zero' },
      { line: 9, column: 4, columnName: null, value: '1,2\x1b[2J', expected: '6 cells' },
    ],
  });
  expect(words.split('\n')).toEqual([
    'yes.csv, line 3, column 2 (open): "abc" should be a price above zero.',
    'yes.csv, line 9, column 4: "1,2\\x1b[2J" should be 6 cells.',
    'Nothing was imported.',
  ]);
});

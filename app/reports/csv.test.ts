import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

it('writes rows that every reader of CSV takes apart again', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        [1, 'two, "three"'],
        [null, 'line\nbreak'],
      ],
    ),
  ).toBe('a,b\n1,"two, ""three"""\n,"line\nbreak"\n');
});

it.each([
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ['+1+1', `'+1+1`],
  ['-2+3', `'-2+3`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `'\t=1`],
  ['\r=1', `"'\r=1"`],
  [' =1', `' =1`],
])('lets no spreadsheet take %j for a formula', (text, written) => {
  expect(csvOf(['a'], [[text]])).toBe(`a\n${written}\n`);
});

it.each([[-1.5], ['-1.5'], ['12.00'], [1e21], ['-1e-7']])('keeps the number %j one', (value) => {
  expect(csvOf(['a'], [[value]])).toBe(`a\n${value}\n`);
});

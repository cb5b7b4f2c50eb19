import { expect, test } from 'vitest';

import { instrumentCalled, namesIn, namesOfAllowed } from './instrument-names.ts';

const instruments = [
  { id: 'a', exchange: 'NSE', tradingSymbol: 'YESBANK' },
  { id: 'b', exchange: 'NSE', tradingSymbol: 'SBIN' },
  { id: 'c', exchange: 'BSE', tradingSymbol: 'SBIN' },
];

test('allowed instruments are shown by their names, all as nothing and none in a word', () => {
  expect(namesOfAllowed(['a', 'c'], instruments)).toBe('NSE:YESBANK, BSE:SBIN');
  expect(namesOfAllowed(['a', 'elsewhere'], instruments)).toBe('NSE:YESBANK, elsewhere');
  expect(namesOfAllowed([], instruments)).toBe('none');
  expect(namesOfAllowed(null, instruments)).toBe('');
});

test('what is shown is read back', () => {
  expect(namesIn(' NSE:YESBANK,\nBSE:SBIN, ')).toEqual(['NSE:YESBANK', 'BSE:SBIN']);
  expect(namesIn('None')).toEqual([]);
  expect(namesIn(' ')).toBeNull();
});

test('a name means one instrument or none', () => {
  const idOf = (name: string) => instrumentCalled(name, instruments)?.id;
  expect(idOf('bse:sbin')).toBe('c');
  expect(idOf('YESBANK')).toBe('a');
  expect(idOf('SBIN')).toBeUndefined();
  expect(idOf('NSE:NOBODY')).toBeUndefined();
  expect(idOf('b')).toBe('b');
});

import { describe, expect, it } from 'vitest';
import { parseTickCsv } from './tick-csv.ts';

const header = 'timestamp,ltp,volume';

describe('reading recorded ticks', () => {
  it('reads times of India, keeps those that run backward, and an empty volume as unknown', () => {
    const result = parseTickCsv(
      `${header}\n2021-04-12 09:15:08,1958.05,138633\n2021-04-12 09:15:07,1957.0,\n`,
    );
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    const { length, time, price, dayVolume } = result.value;
    expect(length).toBe(2);
    expect([...time]).toEqual([
      Date.parse('2021-04-12T03:45:08Z'),
      Date.parse('2021-04-12T03:45:07Z'),
    ]);
    expect([...price]).toEqual([1958.05, 1957]);
    expect([...dayVolume]).toEqual([138633, NaN]);
  });

  it('names line, column, value and what was expected of everything that is wrong', () => {
    const result = parseTickCsv(
      `${header}\n2021-04-12T09:15:08+0530,0,-1\n2021-04-12 09:15:08,10\n`,
    );
    expect(result).toEqual({
      ok: false,
      failure: [
        {
          line: 2,
          column: 1,
          columnName: 'timestamp',
          value: '2021-04-12T09:15:08+0530',
          expected: 'a time such as 2021-04-12 09:15:08',
        },
        { line: 2, column: 2, columnName: 'ltp', value: '0', expected: 'a price above zero' },
        {
          line: 2,
          column: 3,
          columnName: 'volume',
          value: '-1',
          expected: 'a whole number of units, or nothing',
        },
        {
          line: 3,
          column: 2,
          columnName: null,
          value: '2021-04-12 09:15:08,10',
          expected: '3 cells',
        },
      ],
    });
  });

  it('refuses another header and a file without ticks', () => {
    expect(parseTickCsv('time,price\n')).toMatchObject({ ok: false, failure: [{ line: 1 }] });
    expect(parseTickCsv(header)).toMatchObject({ ok: false, failure: [{ line: 2 }] });
  });
});

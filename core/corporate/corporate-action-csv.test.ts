import { describe, expect, it } from 'vitest';
import { parseCorporateActionCsv } from './corporate-action-csv.ts';

const header = 'exchange,symbol,kind,ex_date,ratio,amount,fraction_price,source';
const read = (...lines: string[]) => parseCorporateActionCsv([header, ...lines].join('\n'));

describe('a file of corporate actions', () => {
  it('says splits as after:before, bonuses as new:held and dividends in rupees', () => {
    const file = read(
      'NSE,infy,SPLIT,2026-08-14,5:1,,,NSE/CML/1',
      'NSE,INFY,BONUS,2026-08-14,1:2,,1500.5,NSE/CML/2',
      'BSE,INFY,DIVIDEND,2026-10-29,,22.5,,BSE notice',
    );
    expect(file).toMatchObject({
      ok: true,
      value: [
        {
          line: 2,
          exchange: 'NSE',
          tradingSymbol: 'INFY',
          source: 'NSE/CML/1',
          action: { kind: 'SPLIT', exDate: '2026-08-14', unitsAfter: 5, unitsBefore: 1 },
        },
        { action: { kind: 'BONUS', unitsAfter: 3, unitsBefore: 2 } },
        { exchange: 'BSE', action: { kind: 'DIVIDEND', exDate: '2026-10-29' } },
      ],
    });
    const [split, bonus, dividend] = file.ok ? file.value.map(({ action }) => action) : [];
    expect(split).toMatchObject({ fractionPrice: null });
    expect(String(bonus?.kind !== 'DIVIDEND' && bonus?.fractionPrice)).toBe('1500.5');
    expect(String(dividend?.kind === 'DIVIDEND' && dividend.cashPerUnit)).toBe('22.5');
  });

  it.each([
    ['NSE,INFY,MERGER,2026-08-14,,,,x', 3, 'kind', 'MERGER', 'DIVIDEND or BONUS or SPLIT'],
    ['NSE,INFY,SPLIT,2026-02-30,5:1,,,x', 4, 'ex_date', '2026-02-30', 'a date'],
    ['NSE,INFY,SPLIT,2026-08-14,1:10,,,x', 5, 'ratio', '1:10', 'a consolidation'],
    ['NSE,INFY,BONUS,2026-08-14,1/2,,,x', 5, 'ratio', '1/2', 'new:held'],
    ['NSE,INFY,BONUS,2026-08-14,1:2,3,,x', 6, 'amount', '3', 'nothing'],
    ['NSE,INFY,BONUS,2026-08-14,1:2,,-1,x', 7, 'fraction_price', '-1', 'rupees'],
    ['NSE,INFY,DIVIDEND,2026-08-14,,0,,x', 6, 'amount', '0', 'rupees a unit above 0'],
    ['NSE,INFY,DIVIDEND,2026-08-14,1:1,2,,x', 5, 'ratio', '1:1', 'nothing'],
    ['NSE,,DIVIDEND,2026-08-14,,2,,x', 2, 'symbol', '', 'a trading symbol'],
    ['nse,INFY,DIVIDEND,2026-08-14,,2,,x', 1, 'exchange', 'nse', 'an exchange'],
    ['NSE,INFY,DIVIDEND,2026-08-14,,2,,', 8, 'source', '', 'where it was announced'],
  ])('is refused by place: %s', (line, column, columnName, value, expected) => {
    expect(read('NSE,GOOD,DIVIDEND,2026-08-14,,2,,x', line)).toMatchObject({
      ok: false,
      failure: [
        {
          line: 3,
          column,
          columnName,
          value,
          expected: expect.stringContaining(expected) as string,
        },
      ],
    });
  });

  it('is refused without its header, without lines, with too few cells and with one said twice', () => {
    expect(parseCorporateActionCsv('symbol,ratio')).toMatchObject({ failure: [{ line: 1 }] });
    expect(read()).toMatchObject({ failure: [{ line: 2, expected: 'at least one action' }] });
    expect(read('NSE,INFY')).toMatchObject({ failure: [{ line: 2, expected: '8 cells' }] });
    const twice = 'NSE,INFY,DIVIDEND,2026-08-14,,2,,x';
    expect(read(twice, twice)).toMatchObject({
      failure: [{ line: 3, expected: 'something else than line 2 says already' }],
    });
  });
});

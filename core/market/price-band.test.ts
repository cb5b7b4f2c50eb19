import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { priceBandOn, readPriceBands } from './price-band.ts';

const file = new URL('../../data/reference/price-bands.json', import.meta.url);
const read = readPriceBands(JSON.parse(readFileSync(file, 'utf8')));
if (!read.ok) throw new Error(JSON.stringify(read.failure));
const rules = read.value;
const share = { segment: 'EQUITY', type: 'EQUITY', tickSize: 0.05 };

test('a share trades within 20 % of its previous close, on whole ticks inside that', () => {
  // 92.3 less and more 18.46.
  expect(priceBandOn(rules, share, '2019-07-10', 92.3)).toEqual({ lower: 73.85, upper: 110.75 });
  // 80 and 120 are ticks themselves.
  expect(priceBandOn(rules, share, '2019-07-10', 100)).toEqual({ lower: 80, upper: 120 });
});

test('a share with derivatives and, since June 2026, a fund within 10 %', () => {
  const derivative = { ...share, segment: 'EQUITY_CLOSING_AUCTION' };
  expect(priceBandOn(rules, derivative, '2026-09-08', 100)).toEqual({ lower: 90, upper: 110 });
  const fund = { ...share, type: 'EXCHANGE_TRADED_FUND', tickSize: 0.01 };
  expect(priceBandOn(rules, fund, '2026-06-14', 100)).toEqual({ lower: 80, upper: 120 });
  expect(priceBandOn(rules, fund, '2026-06-15', 100)).toEqual({ lower: 90, upper: 110 });
});

test('nothing holds back what has no rule or no previous close; a tick is the least price', () => {
  expect(priceBandOn(rules, { ...share, type: 'INDEX' }, '2019-07-10', 100)).toBeNull();
  expect(priceBandOn(rules, share, '2019-07-10', NaN)).toBeNull();
  expect(priceBandOn(rules, share, '2019-07-10', 0.05)).toEqual({ lower: 0.05, upper: 0.05 });
});

test('a file that misses something is refused with each place', () => {
  expect(readPriceBands([{ segment: 'EQUITY', type: '', percent: -1 }])).toMatchObject({
    ok: false,
    failure: [
      { path: '[0].type' },
      { path: '[0].validFrom' },
      { path: '[0].validTo' },
      { path: '[0].percent' },
      { path: '[0].source' },
    ],
  });
});

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

test('a closing auction has a band of its own, and a contract one around its last price', () => {
  const auctioned = { ...share, segment: 'EQUITY_CLOSING_AUCTION' };
  expect(priceBandOn(rules, auctioned, '2026-08-10', 100, 'AUCTION_REFERENCE')).toEqual({
    lower: 97,
    upper: 103,
  });
  expect(priceBandOn(rules, share, '2026-08-10', 100, 'AUCTION_REFERENCE')).toBeNull();
  const contract = (type: string, price: number) =>
    priceBandOn(
      rules,
      { segment: 'EQUITY_DERIVATIVES', type, tickSize: 0.05 },
      '2026-08-10',
      price,
      'LAST_PRICE',
    );
  expect(contract('CALL_OPTION', 100)).toEqual({ lower: 60, upper: 140 });
  // 40 % of 30 rupees would be 12: it is 20 at least. A tick is the least price.
  expect(contract('PUT_OPTION', 30)).toEqual({ lower: 10, upper: 50 });
  expect(contract('PUT_OPTION', 15)).toEqual({ lower: 0.05, upper: 35 });
  expect(contract('FUTURE', 1_000)).toEqual({ lower: 970, upper: 1_030 });
  expect(contract('FUTURE', 20)).toEqual({ lower: 18.5, upper: 21.5 });
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
      { path: '[0].reference' },
      { path: '[0].percent' },
      { path: '[0].leastRupees' },
      { path: '[0].source' },
    ],
  });
});

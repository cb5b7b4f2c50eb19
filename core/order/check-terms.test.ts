import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { automaticProtectionOf, brokerRulesOn } from './broker-rules.ts';
import { checkShape } from './check-shape.ts';
import { checkTerms, describeTermsDenial, type TradedInstrument } from './check-terms.ts';
import { plainTerms, type AskedTerms } from './order.ts';
import { readBrokerRules } from './read-broker-rules.ts';

const file = new URL('../../data/reference/broker-rules.json', import.meta.url);
const read = readBrokerRules(JSON.parse(readFileSync(file, 'utf8')));
const rules = brokerRulesOn(read.ok ? read.value : [], '2026-11-27');

const share: TradedInstrument = { type: 'EQUITY', lotSize: 1, freezeQuantity: null };
// NIFTY futures: lots of 65 and at most 1800 in one order, which is 27 lots (domain 4.3).
const nifty: TradedInstrument = { type: 'FUTURE', lotSize: 65, freezeQuantity: 1800 };

function order(change: Partial<AskedTerms>): AskedTerms {
  const quantity = new Decimal(650);
  return { ...plainTerms, side: 'BUY', type: 'MARKET', product: 'MIS', quantity, ...change };
}

const rupees = (amount: number) => new Decimal(amount);

describe('the protection of an order at market that names none', () => {
  it.each([
    ['EQUITY', 99.95, 2],
    ['EQUITY', 100, 1],
    ['FUTURE', 500, 1],
    ['FUTURE', 500.05, 0.5],
    ['CALL_OPTION', 9.95, 5],
    ['PUT_OPTION', 10, 3],
    ['CALL_OPTION', 100, 2],
    ['PUT_OPTION', 500.05, 1],
  ])('of %s at %d is %d % of it (domain 1.5)', (type, price, percent) => {
    expect(automaticProtectionOf(rules.marketProtection, type, price)).toBe(percent);
  });

  it('has steps that rise from 0', () => {
    const [row] = JSON.parse(readFileSync(file, 'utf8')) as { marketProtection: object }[];
    const others = [{ from: '1', percent: '2' }];
    const marketProtection = { ...row?.marketProtection, others };
    expect(readBrokerRules([{ ...row, marketProtection }])).toMatchObject({
      ok: false,
      failure: [{ path: '[0].marketProtection.others', expected: 'steps that rise from 0' }],
    });
  });
});

describe('what broker and exchange take', () => {
  const denialOf = (
    change: Partial<AskedTerms>,
    instrument = share,
    lastPrice: Decimal | null = rupees(100),
  ) => checkTerms(order(change), instrument, rules, lastPrice);

  it('is a plain order of either market', () => {
    expect(denialOf({})).toBeNull();
    expect(denialOf({ product: 'NRML' }, nifty)).toBeNull();
  });

  it('is the product of the instrument', () => {
    expect(denialOf({ product: 'NRML' })?.code).toBe('PRODUCT_NOT_OF_INSTRUMENT');
    expect(denialOf({ product: 'CNC' }, nifty)?.code).toBe('PRODUCT_NOT_OF_INSTRUMENT');
  });

  it('is no more than whole lots within the freeze quantity, of an iceberg in each leg', () => {
    expect(denialOf({ quantity: rupees(1755) }, nifty)).toBeNull();
    expect(denialOf({ quantity: rupees(1820) }, nifty)).toEqual({
      code: 'FREEZE_QUANTITY',
      limit: rupees(1755),
      actual: rupees(1820),
    });
    const iceberg = { variety: 'ICEBERG', quantity: rupees(1820) } as const;
    expect(denialOf({ ...iceberg, icebergLegs: 2 }, nifty)).toBeNull();
  });

  it('shows a tenth of a share order, and all of a derivative', () => {
    expect(denialOf({ disclosedQuantity: rupees(65) })).toBeNull();
    expect(denialOf({ disclosedQuantity: rupees(64) })).toEqual({
      code: 'DISCLOSED_QUANTITY',
      limit: rupees(65),
      actual: rupees(64),
    });
    expect(denialOf({ disclosedQuantity: rupees(65) }, nifty)?.code).toBe(
      'DISCLOSED_NOT_OF_INSTRUMENT',
    );
  });

  it('shows whole lots', () => {
    expect(denialOf({ disclosedQuantity: new Decimal('65.5') })).toEqual({
      code: 'DISCLOSED_LOT_SIZE',
      limit: rupees(1),
      actual: new Decimal('65.5'),
    });
    // Shares of small companies trade in lots: 200 of them are two lots of 100, 150 are none.
    const small = { ...share, lotSize: 100 };
    expect(denialOf({ quantity: rupees(600), disclosedQuantity: rupees(200) }, small)).toBeNull();
    expect(
      denialOf({ quantity: rupees(600), disclosedQuantity: rupees(150) }, small),
    ).toMatchObject({ code: 'DISCLOSED_LOT_SIZE', limit: rupees(100) });
  });

  it('is, as an iceberg, of whole lots in each leg', () => {
    // 650 units are 10 lots of 65: 5 legs have 2 lots each, 4 legs would have two and a half.
    expect(denialOf({ icebergLegs: 5 }, nifty)).toBeNull();
    expect(denialOf({ icebergLegs: 4 }, nifty)).toEqual({
      code: 'ICEBERG_LEG_LOT_SIZE',
      limit: rupees(65),
      actual: new Decimal('162.5'),
    });
    expect(denialOf({ icebergLegs: 3 })).toMatchObject({
      code: 'ICEBERG_LEG_LOT_SIZE',
      limit: rupees(1),
      actual: new Decimal('216.6667'),
    });
  });

  it('sends, as a stop, a limit that can trade at its trigger', () => {
    const at = (side: 'BUY' | 'SELL', triggerPrice: number, price: number) =>
      denialOf(
        { type: 'SL', side, triggerPrice: rupees(triggerPrice), price: rupees(price) },
        share,
        null,
      );
    expect(at('BUY', 100, 100)).toBeNull();
    expect(at('BUY', 100, 101)).toBeNull();
    expect(at('SELL', 100, 99)).toBeNull();
    expect(at('BUY', 100, 95)).toEqual({
      code: 'STOP_LIMIT_PRICE',
      limit: rupees(100),
      actual: rupees(95),
    });
    expect(at('SELL', 100, 105)?.code).toBe('STOP_LIMIT_PRICE');
  });

  it('has as many legs as the broker takes', () => {
    expect(denialOf({ icebergLegs: 50 })).toBeNull();
    expect(denialOf({ icebergLegs: 1 })).toMatchObject({ code: 'ICEBERG_LEGS', limit: rupees(2) });
    expect(denialOf({ icebergLegs: 51 })).toMatchObject({ limit: rupees(50) });
  });

  it('waits on the right side of the market, where the market is known', () => {
    const stop = { type: 'SL_M', triggerPrice: rupees(99) } as const;
    expect(denialOf({ ...stop, side: 'SELL' })).toBeNull();
    expect(denialOf({ ...stop, side: 'BUY' })).toEqual({
      code: 'TRIGGER_PRICE_PASSED',
      limit: rupees(100),
      actual: rupees(99),
    });
    expect(denialOf({ ...stop, side: 'SELL', triggerPrice: rupees(101) })?.code).toBe(
      'TRIGGER_PRICE_PASSED',
    );
    expect(denialOf({ ...stop, side: 'BUY' }, share, null)).toBeNull();
  });

  it('has, as a cover order, its stop where its position loses', () => {
    const cover = { variety: 'CO', product: 'MIS' } as const;
    expect(denialOf({ ...cover, side: 'BUY', triggerPrice: rupees(95) })).toBeNull();
    expect(denialOf({ ...cover, side: 'SELL', triggerPrice: rupees(105) })).toBeNull();
    expect(denialOf({ ...cover, side: 'BUY', triggerPrice: rupees(100) })).toEqual({
      code: 'STOP_LEG_PRICE',
      limit: rupees(100),
      actual: rupees(100),
    });
    // Its limit goes before the last price.
    const limit = { type: 'LIMIT', price: rupees(90) } as const;
    expect(denialOf({ ...cover, ...limit, side: 'BUY', triggerPrice: rupees(95) })?.limit).toEqual(
      rupees(90),
    );
    expect(denialOf({ ...cover, side: 'BUY', triggerPrice: rupees(95) }, share, null)).toBeNull();
  });

  it('is refused in a sentence with the numbers', () => {
    const denial = denialOf({ quantity: rupees(1820) }, nifty);
    expect(denial === null ? '' : describeTermsDenial(denial)).toBe(
      'One order may carry 1755 units; this one has 1820.',
    );
  });
});

describe('the terms of an order fit each other', () => {
  const fieldOf = (change: Partial<AskedTerms>) => checkShape(order(change))?.field ?? null;

  it.each<[string, Partial<AskedTerms>]>([
    ['MARKET', {}],
    ['LIMIT', { type: 'LIMIT', price: rupees(100) }],
    ['SL', { type: 'SL', price: rupees(101), triggerPrice: rupees(100) }],
    ['SL-M', { type: 'SL_M', triggerPrice: rupees(100) }],
    ['TTL', { validity: 'TTL', validityMinutes: 5 }],
    ['iceberg', { variety: 'ICEBERG', icebergLegs: 5 }],
    ['cover', { variety: 'CO', triggerPrice: rupees(95) }],
    ['protected', { marketProtectionPercent: rupees(2), tag: 'Swing 7' }],
  ])('in a %s order', (_name, change) => {
    expect(fieldOf(change)).toBeNull();
  });

  it.each<[keyof AskedTerms, Partial<AskedTerms>]>([
    ['price', { type: 'LIMIT' }],
    ['price', { price: rupees(100) }],
    ['price', { type: 'LIMIT', price: rupees(0) }],
    ['triggerPrice', { type: 'SL_M' }],
    ['triggerPrice', { triggerPrice: rupees(100) }],
    ['quantity', { quantity: rupees(-1) }],
    ['quantity', { quantity: new Decimal(NaN) }],
    ['validityMinutes', { validity: 'TTL' }],
    ['validityMinutes', { validityMinutes: 5 }],
    ['validityMinutes', { validity: 'TTL', validityMinutes: 0 }],
    ['disclosedQuantity', { disclosedQuantity: rupees(651) }],
    ['icebergLegs', { variety: 'ICEBERG' }],
    ['icebergLegs', { icebergLegs: 5 }],
    ['variety', { variety: 'ICEBERG', icebergLegs: 5, validity: 'IOC' }],
    ['variety', { variety: 'CO', product: 'CNC', triggerPrice: rupees(95) }],
    ['triggerPrice', { variety: 'CO' }],
    ['marketProtectionPercent', { marketProtectionPercent: rupees(101) }],
    [
      'marketProtectionPercent',
      { type: 'LIMIT', price: rupees(1), marketProtectionPercent: rupees(1) },
    ],
    ['tag', { tag: 'more than twenty characters' }],
  ])('or the one that does not is named: %s', (field, change) => {
    expect(fieldOf(change)).toBe(field);
  });
});

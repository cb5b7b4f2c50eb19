import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { readBrokerRules } from './read-broker-rules.ts';
import { checkGtt, describeGttDenial, fires, type GttTerms } from './gtt.ts';
import reference from '../../data/reference/broker-rules.json' with { type: 'json' };

const read = readBrokerRules(reference);
const [rules] = read.ok ? read.value : [];
if (rules === undefined) throw new Error('the rules must read');

const share = {
  tradable: true,
  type: 'EQUITY',
  lotSize: 1,
  freezeQuantity: 1000,
  tickSize: new Decimal('0.05'),
};
const last = new Decimal(100);

function leg(triggerPrice: string, price = triggerPrice, quantity = 10) {
  return {
    triggerPrice: new Decimal(triggerPrice),
    price: new Decimal(price),
    quantity: new Decimal(quantity),
  };
}

function asked(...legs: ReturnType<typeof leg>[]): GttTerms {
  return { side: 'SELL', product: 'CNC', legs };
}

describe('a GTT beside the last price of 100.00', () => {
  test('waits above or below it', () => {
    const above = checkGtt(asked(leg('105', '104.95')), share, rules, last);
    expect(above).toMatchObject({ ok: true, value: [{ direction: 'AT_OR_ABOVE' }] });
    const below = checkGtt(asked(leg('95')), share, rules, last);
    expect(below).toMatchObject({ ok: true, value: [{ direction: 'AT_OR_BELOW' }] });
  });

  test('is refused nearer to it than 0.25 percent, and taken at that distance', () => {
    const near = checkGtt(asked(leg('100.20')), share, rules, last);
    expect(near).toMatchObject({ ok: false, failure: { code: 'TRIGGER_TOO_NEAR' } });
    if (near.ok) return;
    expect(describeGttDenial(near.failure)).toBe(
      'The trigger is 0.20 % from the last price; it must be 0.25 % away.',
    );
    expect(checkGtt(asked(leg('100.25')), share, rules, last).ok).toBe(true);
    const hardly = checkGtt(asked(leg('1002.45')), share, rules, new Decimal(1000));
    expect(hardly.ok ? '' : describeGttDenial(hardly.failure)).toBe(
      'The trigger is 0.245 % from the last price; it must be 0.25 % away.',
    );
  });

  test('with two triggers has one below and one above it, in this order', () => {
    const around = checkGtt(asked(leg('95'), leg('105')), share, rules, last);
    expect(around).toMatchObject({
      value: [{ direction: 'AT_OR_BELOW' }, { direction: 'AT_OR_ABOVE' }],
    });
    for (const [lower, upper, astray] of [
      ['105', '95', 105],
      ['101', '105', 101],
      ['90', '95', 95],
    ] as const) {
      const refused = checkGtt(asked(leg(lower), leg(upper)), share, rules, last);
      expect(refused).toMatchObject({ failure: { code: 'TRIGGERS_NOT_AROUND_LAST_PRICE' } });
      if (!refused.ok) expect(refused.failure.actual?.toNumber()).toBe(astray);
    }
  });

  test('keeps the rules of its instrument', () => {
    const codeOf = (terms: GttTerms, instrument = share) => {
      const checked = checkGtt(terms, instrument, rules, last);
      return checked.ok ? null : checked.failure.code;
    };
    expect(codeOf({ ...asked(leg('95')), product: 'MIS' })).toBe('PRODUCT_IS_INTRADAY');
    expect(codeOf({ ...asked(leg('95')), product: 'NRML' })).toBe('PRODUCT_NOT_OF_INSTRUMENT');
    expect(codeOf(asked(leg('95', '95', 1001)))).toBe('FREEZE_QUANTITY');
    expect(codeOf(asked(leg('95', '95', 15)), { ...share, lotSize: 10 })).toBe('LOT_SIZE');
    expect(codeOf(asked(leg('95', '95', 0)))).toBe('LOT_SIZE');
    expect(codeOf(asked(leg('95.02')))).toBe('TICK_SIZE');
    expect(codeOf(asked(leg('95', '0')))).toBe('TICK_SIZE');
    expect(codeOf(asked(leg('95')), { ...share, tradable: false })).toBe('INSTRUMENT_NOT_TRADABLE');
    const unpriced = checkGtt(asked(leg('95')), share, rules, null);
    expect(unpriced).toMatchObject({ failure: { code: 'NO_REFERENCE_PRICE' } });
  });
});

test('a trigger fires at its price and beyond it, on its own side only', () => {
  const up = { direction: 'AT_OR_ABOVE', triggerPrice: new Decimal('105.05') } as const;
  expect([105, 105.05, 110].map((price) => fires(up, price))).toEqual([false, true, true]);
  const down = { direction: 'AT_OR_BELOW', triggerPrice: new Decimal('95.05') } as const;
  expect([95.1, 95.05, 90].map((price) => fires(down, price))).toEqual([false, true, true]);
});

import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import marginRates from '../../data/reference/margin-rates.json' with { type: 'json' };
import type { Product, Side } from '../order/order-terms.ts';
import type { Approval, Exposure, ProposedOrder, RiskContext } from './decide-order.ts';
import { decideOrder } from './decide-order.ts';
import { describeDenial } from './denial.ts';
import { findMarginRate, marginBaseOf, marginOf } from './margin.ts';
import { readMarginRates } from './read-margin-rates.ts';
import { noLimits, type RiskLimits, type RiskScope } from './risk-limits.ts';
import { noUsage, type ScopedLimits, type ScopeUsage } from './scope-usage.ts';
import { strictestState } from './trading-state.ts';

function decimal(amount: number | string): Decimal {
  return new Decimal(amount);
}

/** What makes an instrument a share. */
const cash = { type: 'EQUITY', exchange: 'NSE', strikePrice: null } as const;

function order(side: Side, quantity: number, more: Partial<ProposedOrder> = {}): ProposedOrder {
  return {
    side,
    product: 'MIS',
    quantity: decimal(quantity),
    price: null,
    triggerPrice: null,
    reduceOnly: false,
    ...more,
  };
}

/** An account with 10,000 rupees free, trading a share at 100 with a fifth as margin. */
function account(more: Partial<RiskContext> = {}, exposure: Partial<Exposure> = {}): RiskContext {
  return {
    tradingState: 'ACTIVE',
    brokerReconciled: true,
    reachesBroker: true,
    limits: [],
    instrument: {
      ...cash,
      id: 'share',
      name: 'NSE:SHARE',
      tradable: true,
      lotSize: decimal(1),
      tickSize: decimal('0.05'),
      multiplier: decimal(1),
    },
    exposure: {
      netQuantity: decimal(0),
      pendingExitQuantity: decimal(0),
      availableMargin: decimal(10_000),
      ...exposure,
    },
    referencePrice: decimal(100),
    marginRate: decimal('0.2'),
    marketTime: new Date('2026-09-07T10:00:00+05:30'),
    ...more,
  };
}

function long(quantity: number, more: Partial<Exposure> = {}): Partial<Exposure> {
  return { netQuantity: decimal(quantity), ...more };
}

function decided(proposed: ProposedOrder, context: RiskContext): string {
  const decision = decideOrder(proposed, context);
  if (!decision.ok) {
    const { code, limit, actual } = decision.failure;
    return [code, limit?.toFixed(), actual?.toFixed()]
      .filter((part) => part !== undefined)
      .join(' ');
  }
  const { reducingQuantity, openingQuantity, requiredMargin } = decision.value;
  return `reduces ${reducingQuantity.toFixed()} opens ${openingQuantity.toFixed()} for ${requiredMargin.toFixed(2)}`;
}

describe('the risk door', () => {
  it('lets an entry through and names the margin it needs', () => {
    expect(decided(order('BUY', 100), account())).toBe('reduces 0 opens 100 for 2000.00');
  });

  it('divides an order that turns a position into its reducing and its opening part', () => {
    expect(decided(order('SELL', 150), account({}, long(100)))).toBe(
      'reduces 100 opens 50 for 1000.00',
    );
  });

  it('denies everything while trading is halted, exits too', () => {
    const halted = account({ tradingState: 'HALTED' }, long(100));
    expect(decided(order('SELL', 100), halted)).toBe('TRADING_HALTED');
  });

  it('denies an index', () => {
    const instrument = {
      id: 'share',
      name: 'NSE:SHARE',
      tradable: false,
      lotSize: decimal(1),
      tickSize: decimal('0.05'),
      ...cash,
      multiplier: decimal(1),
    };
    expect(decided(order('BUY', 1), account({ instrument }))).toBe('INSTRUMENT_NOT_TRADABLE');
  });

  it('refuses everything, exits too, where there is nobody to send it to', () => {
    const away = account({ reachesBroker: false }, long(10));
    expect(decided(order('BUY', 1), away)).toBe('BROKER_NOT_CONNECTED');
    expect(decided(order('SELL', 10, { reduceOnly: true }), away)).toBe('BROKER_NOT_CONNECTED');
  });

  it.each([
    [0, 'LOT_SIZE 25 0'],
    [-25, 'LOT_SIZE 25 -25'],
    [30, 'LOT_SIZE 25 30'],
    [50, 'reduces 0 opens 50 for 1000.00'],
  ])('weighs a quantity of %i against a lot of 25: %s', (quantity, expected) => {
    const instrument = {
      id: 'share',
      name: 'NSE:SHARE',
      tradable: true,
      lotSize: decimal(25),
      tickSize: decimal('0.05'),
      ...cash,
      multiplier: decimal(1),
    };
    expect(decided(order('BUY', quantity), account({ instrument }))).toBe(expected);
  });

  it('lets 75 held from before the lot became 65 go, whole or in whole units, and asks the lot of what opens', () => {
    const instrument = { ...account().instrument, lotSize: decimal(65) };
    const held = account({ instrument }, long(75));
    expect(decided(order('SELL', 75, { reduceOnly: true }), held)).toBe(
      'reduces 75 opens 0 for 0.00',
    );
    expect(decided(order('SELL', 10), held)).toBe('reduces 10 opens 0 for 0.00');
    // 75 leave and one lot of 65 opens at 100 with a fifth as margin.
    expect(decided(order('SELL', 140), held)).toBe('reduces 75 opens 65 for 1300.00');
    expect(decided(order('SELL', 105), held)).toBe('LOT_SIZE 65 30');
    expect(decided(order('SELL', 10.5), held)).toBe('LOT_SIZE 65 10.5');
    expect(decided(order('BUY', 75), held)).toBe('LOT_SIZE 65 75');
  });

  it('lets a fraction go only with all that is held', () => {
    const held = account({}, long(2.5));
    expect(decided(order('SELL', 2.5), held)).toBe('reduces 2.5 opens 0 for 0.00');
    expect(decided(order('SELL', 1.5), held)).toBe('LOT_SIZE 1 1.5');
  });

  it('lets go of what may not be entered any more', () => {
    const instrument = { ...account().instrument, tradable: false };
    const held = account({ instrument }, long(10));
    expect(decided(order('SELL', 10), held)).toBe('reduces 10 opens 0 for 0.00');
    expect(decided(order('SELL', 11), held)).toBe('INSTRUMENT_NOT_TRADABLE');
    expect(decided(order('BUY', 1), held)).toBe('INSTRUMENT_NOT_TRADABLE');
  });

  it('values a contract at its price times its multiplier', () => {
    const instrument = {
      id: 'share',
      name: 'NSE:SHARE',
      tradable: true,
      lotSize: decimal(1),
      tickSize: decimal('0.05'),
      ...cash,
      multiplier: decimal(25),
    };
    expect(decided(order('BUY', 2), account({ instrument }))).toBe('reduces 0 opens 2 for 1000.00');
    // 21 x 100 x 25 x 20 % are more than the 10,000 that are free.
    expect(decided(order('BUY', 21), account({ instrument }))).toBe(
      'INSUFFICIENT_MARGIN 10000 10500',
    );
  });

  it('sells no option whose strike is not known, as nothing says what it may come to owe', () => {
    const instrument = {
      id: 'call',
      name: 'NSE:SHARE',
      tradable: true,
      lotSize: decimal(1),
      tickSize: decimal('0.05'),
      multiplier: decimal(1),
      exchange: 'NFO',
      type: 'CALL_OPTION',
      strikePrice: null,
    };
    expect(decided(order('SELL', 1), account({ instrument }))).toBe('NO_REFERENCE_PRICE');
    const struck = { ...instrument, strikePrice: decimal(45_000) };
    expect(decided(order('SELL', 1), account({ instrument: struck }))).toBe(
      'reduces 0 opens 1 for 9000.00',
    );
  });

  it('denies a limit or trigger between two ticks', () => {
    expect(decided(order('BUY', 1, { price: decimal('100.03') }), account())).toBe(
      'TICK_SIZE 0.05 100.03',
    );
    expect(decided(order('BUY', 1, { triggerPrice: decimal('99.99') }), account())).toBe(
      'TICK_SIZE 0.05 99.99',
    );
    expect(decided(order('BUY', 10, { price: decimal('99.95') }), account())).toBe(
      'reduces 0 opens 10 for 199.90',
    );
  });

  it('denies to open what cannot be valued, and still lets it be left', () => {
    const blind = { referencePrice: null };
    expect(decided(order('BUY', 1), account(blind))).toBe('NO_REFERENCE_PRICE');
    expect(decided(order('SELL', 5), account(blind, long(5)))).toBe('reduces 5 opens 0 for 0.00');
  });

  it('denies delivery that is not held or already on its way out', () => {
    const cnc = { product: 'CNC' } as const;
    expect(decided(order('SELL', 1, cnc), account())).toBe('INSUFFICIENT_HOLDINGS 0 1');
    const held = long(10, { pendingExitQuantity: decimal(4) });
    expect(decided(order('SELL', 7, cnc), account({}, held))).toBe('INSUFFICIENT_HOLDINGS 6 7');
    expect(decided(order('SELL', 6, cnc), account({}, held))).toBe('reduces 6 opens 0 for 0.00');
  });

  it('never lets a reduce-only order open the other side', () => {
    const exit = { reduceOnly: true };
    const leaving = long(50, { pendingExitQuantity: decimal(50) });
    expect(decided(order('SELL', 50, exit), account({}, leaving))).toBe('NOT_REDUCING 0 50');
    expect(decided(order('SELL', 51, exit), account({}, long(50)))).toBe('NOT_REDUCING 50 51');
    expect(decided(order('SELL', 50, exit), account({}, long(50)))).toBe(
      'reduces 50 opens 0 for 0.00',
    );
  });
});

function limited(
  limits: Partial<RiskLimits>,
  usage: Partial<ScopeUsage> = {},
  scope: RiskScope = 'PORTFOLIO',
): Pick<RiskContext, 'limits'> {
  return { limits: [scoped(limits, usage, scope)] };
}

function scoped(
  limits: Partial<RiskLimits>,
  usage: Partial<ScopeUsage> = {},
  scope: RiskScope = 'PORTFOLIO',
): ScopedLimits {
  return {
    scope,
    scopeId: scope,
    limits: { ...noLimits, ...limits },
    usage: { ...noUsage, ...usage },
  };
}

describe('the limits', () => {
  const sizes = {
    maxOrderValue: decimal(5_000),
    maxOrderQuantity: decimal(60),
    maxOpenPositions: decimal(2),
  };

  it.each([
    [100, 61, 'MAX_ORDER_QUANTITY 60 61'],
    [100, 51, 'MAX_ORDER_VALUE 5000 5100'],
    [100, 50, 'reduces 0 opens 50 for 1000.00'],
    [10, 60, 'reduces 0 opens 60 for 120.00'],
  ])('at %i rupees meet an entry of %i: %s', (price, quantity, expected) => {
    const context = account({ ...limited(sizes), referencePrice: decimal(price) });
    expect(decided(order('BUY', quantity), context)).toBe(expected);
  });

  it('on positions count a new one, not more of one that is held or on its way', () => {
    const at = (openPositions: number, holdsPosition: boolean): string =>
      decided(
        order('BUY', 1),
        account(limited(sizes, { openPositions: decimal(openPositions), holdsPosition })),
      );
    expect(at(2, false)).toBe('MAX_OPEN_POSITIONS 2 3');
    expect(at(2, true)).toBe('reduces 0 opens 1 for 20.00');
    expect(at(1, false)).toBe('reduces 0 opens 1 for 20.00');
  });

  it.each<[string, Partial<RiskLimits>, Partial<ScopeUsage>]>([
    ['MAX_CAPITAL_PER_TRADE 199 200', { maxCapitalPerTrade: decimal(199) }, {}],
    [
      'MAX_INSTRUMENT_EXPOSURE 1500 1501',
      { maxInstrumentExposure: decimal(1500) },
      { exposures: new Map([['share', decimal(501)]]) },
    ],
    [
      'MAX_TOTAL_EXPOSURE 2000 2001',
      { maxTotalExposure: decimal(2000) },
      { totalExposure: decimal(1001) },
    ],
    [
      'MAX_ORDERS_PER_SECOND 3 4',
      { maxOrdersPerSecond: decimal(3) },
      { ordersInSecond: decimal(3) },
    ],
    [
      'MAX_ORDERS_PER_MINUTE 3 4',
      { maxOrdersPerMinute: decimal(3) },
      { ordersInMinute: decimal(3) },
    ],
    ['MAX_ORDERS_PER_DAY 3 4', { maxOrdersPerDay: decimal(3) }, { ordersInDay: decimal(3) }],
    ['MAX_DAILY_LOSS 500 500', { maxDailyLoss: decimal(500) }, { dayLoss: decimal(500) }],
    ['MAX_DAILY_PROFIT 500 501', { maxDailyProfit: decimal(500) }, { dayProfit: decimal(501) }],
    ['MAX_DRAWDOWN 500 500', { maxDrawdown: decimal(500) }, { drawdown: decimal(500) }],
    ['INSTRUMENT_NOT_ALLOWED', { allowedInstrumentIds: ['another'] }, {}],
    ['OUTSIDE_ALLOWED_HOURS', { entriesFromMinute: 601 }, {}],
    ['OUTSIDE_ALLOWED_HOURS', { entriesUntilMinute: 600 }, {}],
  ])('refuse an entry with %s, and let an exit and less through', (expected, limits, usage) => {
    const entry = order('BUY', 10);
    expect(decided(entry, account(limited(limits, usage)))).toBe(expected);
    expect(decided(order('SELL', 10), account(limited(limits, usage), long(10)))).toBe(
      'reduces 10 opens 0 for 0.00',
    );
    const enough = {
      ...limits,
      ...Object.fromEntries(
        Object.entries(limits).map(([name, limit]) => [
          name,
          limit instanceof Decimal ? limit.plus(2) : null,
        ]),
      ),
    };
    expect(decided(entry, account(limited(enough, usage)))).toBe('reduces 0 opens 10 for 200.00');
  });

  it('on prices measure the distance to the last one, to both sides', () => {
    const context = account(limited({ maxPriceDeviation: decimal(2) }));
    const at = (price: string): string =>
      decided(order('BUY', 1, { price: decimal(price) }), context);
    expect(at('102.05')).toBe('MAX_PRICE_DEVIATION 2 2.05');
    expect(at('97.95')).toBe('MAX_PRICE_DEVIATION 2 2.05');
    expect(at('102')).toBe('reduces 0 opens 1 for 20.40');
  });

  it('on losses in a row hold until the time to cool down has passed, or without end', () => {
    const usage = {
      consecutiveLosses: decimal(3),
      lastLossAt: new Date('2026-09-07T09:45:00+05:30'),
    };
    const cooling = (lossCoolDownMinutes: number | null): string =>
      decided(
        order('BUY', 1),
        account(limited({ maxConsecutiveLosses: decimal(3), lossCoolDownMinutes }, usage)),
      );
    expect(cooling(16)).toBe('MAX_CONSECUTIVE_LOSSES 3 3');
    expect(cooling(15)).toBe('reduces 0 opens 1 for 20.00');
    expect(cooling(null)).toBe('MAX_CONSECUTIVE_LOSSES 3 3');
  });

  it('that locked refuse with the numbers of the lock, though the loss has been made good', () => {
    const lock = {
      kind: 'MAX_DAILY_LOSS',
      limit: decimal(500),
      actual: decimal(510),
      endsAt: null,
    } as const;
    const context = account(limited({}, { locks: [lock] }), long(10));
    expect(decided(order('BUY', 1), context)).toBe('MAX_DAILY_LOSS 500 510');
    expect(decided(order('SELL', 10), context)).toBe('reduces 10 opens 0 for 0.00');
  });

  it('on margin deny what is short by a paisa', () => {
    const context = account({}, { availableMargin: decimal('1999.99') });
    expect(decided(order('BUY', 100), context)).toBe('INSUFFICIENT_MARGIN 1999.99 2000');
    const paid = account({}, { availableMargin: decimal(2_010) });
    const costing = (charges: string) =>
      decided(order('BUY', 100, { charges: decimal(charges) }), paid);
    expect(costing('10')).toBe('reduces 0 opens 100 for 2000.00');
    expect(costing('10.01')).toBe('INSUFFICIENT_MARGIN 1999.99 2000');
  });

  it('never hold up an exit, however tight they are and however short the margin is', () => {
    const tight = limited({
      maxOrderValue: decimal(0),
      maxOrderQuantity: decimal(0),
      maxOpenPositions: decimal(0),
    });
    const context = account(tight, long(100, { availableMargin: decimal(-500) }));
    expect(decided(order('SELL', 100), context)).toBe('reduces 100 opens 0 for 0.00');
  });

  it('of several scopes all hold, and the strictest is named', () => {
    const limits = [
      scoped({ maxOrderValue: decimal(500) }, {}, 'AGENT'),
      scoped({ maxOrderValue: decimal(400), maxOrderQuantity: decimal(100) }, {}, 'USER'),
      scoped({ maxOrderValue: decimal(600) }, {}, 'PLATFORM'),
    ];
    const decision = decideOrder(order('BUY', 10), account({ limits }));
    expect(decision).toMatchObject({ ok: false, failure: { scope: 'USER' } });
    expect(decision.ok ? '' : describeDenial(decision.failure)).toBe(
      "The order opens a value of 1000.00 rupees; the user's limit for one order is 400.00.",
    );
    expect(decided(order('BUY', 4), account({ limits }))).toBe('reduces 0 opens 4 for 80.00');
  });
});

describe('numbers that are none', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0])('%d is no quantity', (quantity) => {
    const context = account(limited({ maxOrderQuantity: decimal(1) }));
    expect(decided(order('BUY', quantity), context)).toContain('LOT_SIZE');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -100, 0])('%d is no price', (price) => {
    const context = account(limited({ maxOrderValue: decimal(1) }));
    expect(decided(order('BUY', 1, { price: decimal(price) }), context)).toContain('TICK_SIZE');
    expect(decided(order('BUY', 1), account({ referencePrice: decimal(price) }))).toBe(
      'NO_REFERENCE_PRICE',
    );
  });
});

describe('while only reducing is allowed', () => {
  const reducing = { tradingState: 'REDUCING' } as const;

  it('an entry is denied with what could be reduced, an exit passes', () => {
    expect(decided(order('BUY', 1), account(reducing))).toBe('NOT_REDUCING 0 1');
    expect(decided(order('BUY', 1), account(reducing, long(10)))).toBe('NOT_REDUCING 0 1');
    expect(decided(order('SELL', 11), account(reducing, long(10)))).toBe('NOT_REDUCING 10 11');
    expect(decided(order('SELL', 10), account(reducing, long(10)))).toBe(
      'reduces 10 opens 0 for 0.00',
    );
  });

  it('orders pass up to the open quantity less exits on their way, and not one unit more', () => {
    const quantity = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: 0, max: 250 }),
        fc.array(fc.tuple(fc.constantFrom<Side>('BUY', 'SELL'), quantity), { maxLength: 8 }),
        (netQuantity, alreadyPending, attempts) => {
          let pending = alreadyPending;
          for (const [side, asked] of attempts) {
            const exposure = {
              netQuantity: decimal(netQuantity),
              pendingExitQuantity: decimal(pending),
            };
            const passes = decideOrder(order(side, asked), account(reducing, exposure)).ok;
            const closesLong = netQuantity > 0 && side === 'SELL';
            const closesShort = netQuantity < 0 && side === 'BUY';
            expect(passes).toBe(
              (closesLong || closesShort) && asked <= Math.abs(netQuantity) - pending,
            );
            if (passes) pending += asked;
          }
          expect(pending).toBeLessThanOrEqual(Math.max(alreadyPending, Math.abs(netQuantity)));
        },
      ),
    );
  });
});

describe('an approval', () => {
  it('accounts for every unit of the order, whatever is held', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Side>('BUY', 'SELL'),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: 0, max: 150 }),
        (side, quantity, netQuantity, pending) => {
          const decision = decideOrder(
            order(side, quantity),
            account(
              {},
              { netQuantity: decimal(netQuantity), pendingExitQuantity: decimal(pending) },
            ),
          );
          const approval: Approval | null = decision.ok ? decision.value : null;
          expect(approval?.reducingQuantity.plus(approval.openingQuantity).toNumber()).toBe(
            quantity,
          );
          expect(approval?.requiredMargin.toNumber()).toBe(
            (approval?.openingQuantity.toNumber() ?? Number.NaN) * 20,
          );
        },
      ),
    );
  });
});

describe('margin', () => {
  const rates = readMarginRates(marginRates);
  if (!rates.ok) throw new Error(JSON.stringify(rates.failure));

  const place = (product: Product, side: Side, type = 'EQUITY', exchange = 'NSE') => ({
    product,
    side,
    instrument: { type, exchange, multiplier: decimal(1), strikePrice: null },
  });
  const rateOf = (...where: Parameters<typeof place>) => {
    const { rate, estimate, covered } = findMarginRate(rates.value, place(...where), '2026-09-07');
    return `${rate.times(100).toFixed()} %${estimate ? ', estimated' : ''}${covered ? '' : ', unknown'}`;
  };

  it.each<[string, Parameters<typeof place>]>([
    ['100 %', ['CNC', 'BUY']],
    ['20 %, estimated', ['MIS', 'SELL']],
    ['20 %, estimated', ['NRML', 'BUY', 'FUTURE', 'NFO']],
    ['20 %, estimated', ['MIS', 'SELL', 'FUTURE', 'BFO']],
    ['100 %', ['NRML', 'BUY', 'CALL_OPTION', 'NFO']],
    ['20 %, estimated', ['NRML', 'SELL', 'PUT_OPTION', 'NFO']],
    ['5 %, estimated', ['NRML', 'BUY', 'FUTURE', 'CDS']],
    ['25 %, estimated', ['NRML', 'SELL', 'FUTURE', 'MCX']],
    ['100 %, unknown', ['MTF', 'BUY']],
  ])('is %s of %j', (expected, where) => {
    expect(rateOf(...where)).toBe(expected);
  });

  it('of a day before the first rate is that of the nearest, and says so', () => {
    const found = findMarginRate(rates.value, place('MIS', 'BUY'), '2019-07-09');
    expect([found.rate.toFixed(), found.covered]).toEqual(['0.2', false]);
  });

  it('is taken of the value, and of an option sold of the value at its strike', () => {
    const option = (side: Side, strikePrice: Decimal | null) => ({
      product: 'NRML' as const,
      side,
      instrument: { type: 'CALL_OPTION', exchange: 'CDS', multiplier: decimal(1_000), strikePrice },
    });
    expect(marginBaseOf(option('BUY', decimal(83)), decimal('0.25'))?.toFixed()).toBe('250');
    expect(marginBaseOf(option('SELL', decimal(83)), decimal('0.25'))?.toFixed()).toBe('83000');
    expect(marginBaseOf(option('SELL', null), decimal('0.25'))).toBeNull();
  });

  it('is rounded up to the paisa', () => {
    expect(marginOf(decimal(3), decimal('33.335'), decimal('0.2')).toFixed()).toBe('20.01');
  });

  it('is not read from a misshapen file', () => {
    const line = { products: ['BO'], segments: [], sides: ['BUY'], percent: 20 };
    const read = readMarginRates([{ ...line, validFrom: '2021-09-01', validTo: null }]);
    expect(read.ok ? [] : read.failure.map(({ path }) => path)).toEqual([
      '[0].segments',
      '[0].percent',
      '[0].estimate',
      '[0].source',
    ]);
  });
});

describe('a denial and a state', () => {
  it('are told with their numbers', () => {
    expect(
      describeDenial({
        code: 'INSUFFICIENT_MARGIN',
        limit: decimal('74251.80'),
        actual: decimal('95417.84'),
        scope: null,
      }),
    ).toBe('The order needs a margin of 95417.84 rupees; 74251.80 is available.');
  });

  it('the strictest state rules', () => {
    expect(strictestState([])).toBe('ACTIVE');
    expect(strictestState(['ACTIVE', 'REDUCING', 'ACTIVE'])).toBe('REDUCING');
    expect(strictestState(['HALTED', 'REDUCING'])).toBe('HALTED');
  });
});

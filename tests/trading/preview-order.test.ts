import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OrderDenied } from '@nandax/app/orders/order-denied.ts';
import { placeBasket } from '@nandax/app/orders/place-basket.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import type { AskedOrder } from '@nandax/app/orders/asked-orders.ts';
import {
  previewBasket,
  previewOrder,
  type RequestPreview,
} from '@nandax/app/orders/preview-request.ts';
import { fundsOf } from '@nandax/app/portfolios/funds-of.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import { chargesDueOf } from '@nandax/app/risk/charges-due.ts';
import { readAccount } from '@nandax/app/risk/read-account.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Result } from '@nandax/core/result.ts';
import { noLimits, type RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor, testTools } from '../setup/accounts.ts';

const decimal = (value: number | string) => new Decimal(value);
const twentyPastNine = '2019-07-09T09:20:00+05:30';

describe('the preview of an order', () => {
  let world: TradingWorld;
  let feedId: string;
  let instrumentId: string;
  let otherId: string;
  let made = 0;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-10');
    instrumentId = await world.instrument('YESBANK');
    const shared = await prisma.instrument.findUniqueOrThrow({ where: { id: instrumentId } });
    otherId = testTools.ids.uuid();
    await prisma.instrument.create({ data: { ...shared, id: otherId, tradingSymbol: 'OTHER' } });
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    for (const id of [instrumentId, otherId]) {
      await prisma.quote.create({
        data: { feedId, instrumentId: id, lastPrice: 95, time: new Date(twentyPastNine) },
      });
    }
  });
  beforeEach(async () => {
    const { prisma } = world.database;
    await prisma.riskLimits.deleteMany();
    await prisma.riskCounter.deleteMany();
    await prisma.riskLock.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.position.deleteMany();
    await prisma.order.updateMany({ data: { status: 'CANCELLED' } });
    await prisma.instrument.update({ where: { id: instrumentId }, data: { freezeQuantity: null } });
    await state('ACTIVE');
    await clockAt(twentyPastNine);
  });
  afterAll(() => world.close());

  const clockAt = (time: string) =>
    world.database.prisma.feed.update({
      where: { id: feedId },
      data: { marketTime: new Date(time) },
    });
  const state = (value: 'ACTIVE' | 'REDUCING' | 'HALTED') =>
    world.database.prisma.tradingState.updateMany({
      where: { scope: 'PORTFOLIO', scopeId: world.portfolioId },
      data: { state: value },
    });
  const freezeAt = (freezeQuantity: number) =>
    world.database.prisma.instrument.update({
      where: { id: instrumentId },
      data: { freezeQuantity },
    });
  const limit = (limits: Partial<RiskLimits>, scope: 'USER' | 'PORTFOLIO' = 'USER') =>
    world.ports.store.transaction(({ risk }) =>
      risk.saveLimits(
        {
          scope,
          scopeId: scope === 'USER' ? world.userId : world.portfolioId,
          limits: { ...noLimits, ...limits },
        },
        new Date(),
      ),
    );
  const held = (quantity: number) =>
    world.database.prisma.position.create({
      data: {
        id: testTools.ids.uuid(),
        portfolioId: world.portfolioId,
        instrumentId,
        product: 'CNC',
        buyQuantity: quantity,
        buyValue: quantity * 95,
        updatedAt: new Date(),
      },
    });
  const lost = (rupees: number) =>
    world.database.prisma.trade.create({
      data: {
        id: testTools.ids.uuid(),
        userId: world.userId,
        portfolioId: world.portfolioId,
        instrumentId,
        symbol: 'YESBANK',
        product: 'MIS',
        direction: 'LONG',
        status: 'CLOSED',
        quantity: 100,
        entryPrice: 100,
        entryAt: new Date('2019-07-09T09:16:00+05:30'),
        exitPrice: 90,
        exitAt: new Date('2019-07-09T09:18:00+05:30'),
        exitReason: 'RULE',
        grossPnl: -rupees,
        createdAt: new Date(),
      },
    });

  /** A hundred shares bought intraday at the market. */
  const order = (change: Partial<AskedOrder> = {}): AskedOrder => ({
    ...plainTerms,
    instrumentId,
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
    quantity: decimal(100),
    ...change,
  });
  const asked = () => ({ actor: testActor(world.userId), portfolioId: world.portfolioId });
  const preview = (change: Partial<AskedOrder> = {}) =>
    previewOrder(world.ports, { ...asked(), order: order(change) });
  const basket = (legs: readonly AskedOrder[]) => previewBasket(world.ports, { ...asked(), legs });
  const key = () => `order ${(made += 1)}`;

  /** What was said, without the order itself: nothing of a preview is written down. */
  function answerOf(denial: OrderDenied): object {
    const { order: denied, ...numbers } = denial;
    const { status, reason, legNumber, requestKind, reducing, referencePrice } = denied;
    return { ...numbers, status, reason, legNumber, requestKind, reducing, referencePrice };
  }
  function said(answer: Result<unknown, OrderDenied | { readonly kind: string }>): object | null {
    if (answer.ok) return null;
    const { failure } = answer;
    return 'order' in failure ? answerOf(failure) : failure;
  }
  function foreseen(previewed: Result<RequestPreview, object>): object | null {
    if (!previewed.ok) return previewed.failure;
    const { denial } = previewed.value;
    return denial === null ? null : answerOf(denial);
  }

  /** Each case: how the world stands, what is asked for, and the code or field that comes of it. */
  const cases: readonly (readonly [
    what: string,
    comes: string | null,
    change: Partial<AskedOrder>,
    world?: () => Promise<unknown>,
  ])[] = [
    ['an order that may leave', null, {}],
    ['one that trading is halted for', 'TRADING_HALTED', {}, () => state('HALTED')],
    ['one that opens while trading reduces', 'NOT_REDUCING', {}, () => state('REDUCING')],
    ['one that reduces while trading does', null, sale(10), () => reducing()],
    [
      'an exit above what is held',
      'NOT_REDUCING',
      { ...sale(11), reduceOnly: true },
      () => held(10),
    ],
    ['more delivery than is held', 'INSUFFICIENT_HOLDINGS', sale(11), () => held(10)],
    ['a part of a lot', 'LOT_SIZE', { quantity: decimal('0.5') }],
    ['a part of a tick', 'TICK_SIZE', { type: 'LIMIT', price: decimal('95.01') }],
    ['more than there is money for', 'INSUFFICIENT_MARGIN', { quantity: decimal(1_000_000) }],
    [
      'a value above the limit',
      'MAX_ORDER_VALUE',
      {},
      () => limit({ maxOrderValue: decimal(9499) }),
    ],
    [
      'a position too many',
      'MAX_OPEN_POSITIONS',
      {},
      () => limit({ maxOpenPositions: decimal(0) }, 'PORTFOLIO'),
    ],
    ['an order too many', 'MAX_ORDERS_PER_DAY', {}, () => limit({ maxOrdersPerDay: decimal(0) })],
    [
      'a day that has lost enough',
      'MAX_DAILY_LOSS',
      {},
      async () => {
        await limit({ maxDailyLoss: decimal(500) });
        await lost(600);
      },
    ],
    [
      'a price far off',
      'MAX_PRICE_DEVIATION',
      { type: 'LIMIT', price: decimal('85.50') },
      () => limit({ maxPriceDeviation: decimal(9) }),
    ],
    ['more than the freeze quantity', 'FREEZE_QUANTITY', {}, () => freezeAt(50)],
    ['slices', null, { autoSlice: true }, () => freezeAt(40)],
    ['more slices than are taken', 'SLICES', { autoSlice: true }, () => freezeAt(9)],
    [
      'a slice above a limit',
      'MAX_ORDER_QUANTITY',
      { autoSlice: true },
      async () => {
        await freezeAt(40);
        await limit({ maxOrderQuantity: decimal(30) });
      },
    ],
    [
      'slices that together tie up too much',
      'MAX_CAPITAL_PER_TRADE',
      { autoSlice: true },
      async () => {
        await freezeAt(40);
        await limit({ maxCapitalPerTrade: decimal(1899) });
      },
    ],
    [
      'a trigger that has passed',
      'TRIGGER_PRICE_PASSED',
      { type: 'SL_M', triggerPrice: decimal(94) },
    ],
    ['shares as derivatives', 'PRODUCT_NOT_OF_INSTRUMENT', { product: 'NRML' }],
    ['a closed market', 'MARKET_CLOSED', {}, () => clockAt('2019-07-09T17:00:00+05:30')],
    [
      'the last minutes of the day',
      'INTRADAY_CUT_OFF',
      {},
      () => clockAt('2019-07-09T15:25:00+05:30'),
    ],
    ['a limit order without a limit', 'INVALID_INPUT', { type: 'LIMIT' }],
    [
      'an iceberg in slices',
      'INVALID_INPUT',
      { variety: 'ICEBERG', icebergLegs: 2, autoSlice: true },
    ],
    ['what nobody knows', 'NOT_FOUND', { instrumentId: '01900000-0000-7000-8000-000000000000' }],
  ];
  function sale(quantity: number): Partial<AskedOrder> {
    return { side: 'SELL', product: 'CNC', quantity: decimal(quantity) };
  }
  async function reducing(): Promise<void> {
    await held(10);
    await state('REDUCING');
  }

  test.each(cases.map(([what, comes, change, prepare]) => ({ what, comes, change, prepare })))(
    'says of $what what placing it says: $comes',
    async ({ comes, change, prepare }) => {
      await prepare?.();
      const before = foreseen(await preview(change));
      const placed = said(
        await placeOrder(world.ports, { ...asked(), idempotencyKey: key(), ...order(change) }),
      );
      expect(before).toEqual(placed);
      if (comes === null) expect(placed).toBeNull();
      else expect(JSON.stringify(placed)).toContain(comes);
    },
  );

  const leg = (change: Partial<AskedOrder>): AskedOrder => order(change);
  const baskets: readonly (readonly [
    what: string,
    comes: string | null,
    legs: () => readonly AskedOrder[],
    world?: () => Promise<unknown>,
  ])[] = [
    ['legs that may leave', null, () => [leg({ side: 'SELL' }), leg({ instrumentId: otherId })]],
    [
      'legs that are too much for the money together',
      'INSUFFICIENT_MARGIN',
      () => [30_000, 30_000].map((quantity) => leg({ quantity: decimal(quantity) })),
    ],
    [
      'legs that are too much in the market together',
      'MAX_TOTAL_EXPOSURE',
      () => [leg({}), leg({ instrumentId: otherId })],
      () => limit({ maxTotalExposure: decimal(18_999) }),
    ],
    [
      'legs that are too much in a share together',
      'MAX_INSTRUMENT_EXPOSURE',
      () => [leg({}), leg({ product: 'CNC' })],
      () => limit({ maxInstrumentExposure: decimal(18_999) }),
    ],
    [
      'legs that are one position',
      null,
      () => [leg({}), leg({})],
      () => limit({ maxOpenPositions: decimal(1) }),
    ],
    [
      'legs that are one position more than there may be',
      'MAX_OPEN_POSITIONS',
      () => [leg({}), leg({}), leg({ product: 'CNC' })],
      () => limit({ maxOpenPositions: decimal(1) }),
    ],
    [
      'as many legs as there may be orders, and one',
      'MAX_ORDERS_PER_MINUTE',
      () => [leg({}), leg({}), leg({})],
      () => limit({ maxOrdersPerMinute: decimal(2) }),
    ],
    [
      'legs that sell more than is held together',
      'INSUFFICIENT_HOLDINGS',
      () => [leg(sale(6)), leg(sale(5))],
      () => held(10),
    ],
    ['a leg without its limit', 'legs.1.price', () => [leg({}), leg({ type: 'LIMIT' })]],
    ['no legs', 'INVALID_INPUT', () => []],
  ];

  test.each(baskets.map(([what, comes, legs, prepare]) => ({ what, comes, legs, prepare })))(
    'says of a basket of $what what placing it says: $comes',
    async (row) => {
      const { comes, legs, prepare } = row;
      await prepare?.();
      const before = foreseen(await basket(legs()));
      const placed = await placeBasket(world.ports, {
        ...asked(),
        idempotencyKey: key(),
        legs: legs(),
      });
      expect(before).toEqual(said(placed));
      if (comes === null) expect(said(placed)).toBeNull();
      else expect(JSON.stringify(said(placed))).toContain(comes);
    },
  );

  test('foresees margin, charges and what is free, to the paisa', async () => {
    const { legs, charges, margin, value, ...funds } = expectOk(await preview());
    // 100 at 95; a fifth of it is asked for. Brokerage 0.03 %, exchange 0.00345 %, SEBI 0.0001 %,
    // stamp 0.003 % of 9,500, and 18 % GST on the first three.
    expect([value?.toFixed(2), margin?.toFixed(2)]).toEqual(['9500.00', '1900.00']);
    expect(charges).toEqual({
      brokerage: decimal('2.85'),
      securitiesTransactionTax: decimal(0),
      exchangeTransactionCharge: decimal('0.32775'),
      sebiTurnoverFee: decimal('0.0095'),
      stampDuty: decimal('0.285'),
      goodsAndServicesTax: decimal('0.573705'),
      depositoryParticipantCharge: decimal(0),
    });
    expect(legs[0]?.price).toEqual({ amount: decimal(95), source: 'LAST_PRICE' });
    expect(legs[0]?.estimate).toMatchObject({ rateCardId: 'zerodha-2022-07-18', covered: false });

    expectOk(await placeOrder(world.ports, { ...asked(), idempotencyKey: key(), ...order() }));
    const { available } = await fundsNow();
    expect(funds.availableBefore.minus('1904.045955')).toEqual(available);
    expect(funds.availableAfter).toEqual(available);
  });

  test('takes the depository’s fee once for what is sold for delivery in a day', async () => {
    await held(10);
    const { legs, charges } = expectOk(await basket([leg(sale(4)), leg(sale(6))]));
    expect(legs.map(({ estimate }) => estimate?.charges.depositoryParticipantCharge)).toEqual([
      decimal('15.93'),
      decimal(0),
    ]);
    // 0.1 % securities transaction tax on 950.
    expect(charges?.securitiesTransactionTax).toEqual(decimal('0.95'));
    expect(
      legs.map(({ openingQuantity, reducingQuantity, margin }) => [
        openingQuantity.toFixed(),
        reducingQuantity.toFixed(),
        margin?.toFixed(),
      ]),
    ).toEqual([
      ['0', '4', '0'],
      ['0', '6', '0'],
    ]);
  });

  test('says into what an order is cut, asked to or not, and what its parts come to', async () => {
    await freezeAt(40);
    const whole = expectOk(await preview());
    expect(whole.legs.map(({ slices }) => slices.map(String))).toEqual([['40', '40', '20']]);
    expect(whole.denial?.code).toBe('FREEZE_QUANTITY');
    const cut = expectOk(await preview({ autoSlice: true }));
    expect([cut.kind, cut.denial]).toEqual(['SLICED', null]);
    expect(cut.legs.map(({ order: { quantity } }) => quantity.toFixed())).toEqual([
      '40',
      '40',
      '20',
    ]);
    expect(cut.margin?.toFixed(2)).toBe('1900.00');
    expect(cut.value).toEqual(whole.value);
  });

  test('still says what a refused order would need', async () => {
    await limit({ maxOrderValue: decimal(1) });
    const { denial, margin, availableAfter } = expectOk(
      await preview({ quantity: decimal(100_000) }),
    );
    expect([denial?.code, denial?.actual, margin?.toFixed(2)]).toEqual([
      'MAX_ORDER_VALUE',
      '9500000',
      '1900000.00',
    ]);
    expect(availableAfter?.isNegative()).toBe(true);
  });

  test('knows no amounts where nothing traded yet, and says so', async () => {
    const { prisma } = world.database;
    await prisma.quote.deleteMany({ where: { instrumentId } });
    const { denial, margin, charges, value } = expectOk(await preview());
    await prisma.quote.create({
      data: { feedId, instrumentId, lastPrice: 95, time: new Date(twentyPastNine) },
    });
    expect([denial?.code, margin, charges, value]).toEqual([
      'NO_REFERENCE_PRICE',
      null,
      null,
      null,
    ]);
  });

  test('does not exist for a stranger', async () => {
    const stranger = testActor('01900000-0000-7000-8000-000000000000');
    expect(
      await previewOrder(world.ports, { ...asked(), actor: stranger, order: order() }),
    ).toMatchObject({ failure: { kind: 'NOT_FOUND', entity: 'Portfolio' } });
  });

  test('writes nothing, and neither waits for who trades nor holds anybody up', async () => {
    await limit({
      maxDailyLoss: decimal(500),
      maxTotalExposure: decimal(100_000),
      maxOrdersPerDay: decimal(9),
    });
    await lost(600);
    const before = await everyRow();
    await world.ports.store.transaction(async (rows) => {
      // Whoever trades holds the portfolio and the limits that it shares with others.
      await rows.portfolios.lock(world.portfolioId);
      await rows.risk.limitsOf({ ...asked(), userId: world.userId }, [null]);
      expect(expectOk(await preview()).denial?.code).toBe('MAX_DAILY_LOSS');
    });
    expect(await everyRow()).toEqual(before);
    // Placing it locks the limit, so that the comparison could have failed.
    await placeOrder(world.ports, { ...asked(), idempotencyKey: key(), ...order() });
    expect(await everyRow()).not.toEqual(before);
  });

  test('reads from a snapshot in which the database takes neither writes nor locks', async () => {
    const { store } = world.ports;
    await expect(
      store.snapshot((rows) => rows.portfolios.rename(world.portfolioId, 'Renamed')),
    ).rejects.toThrow(/read-only transaction/);
    await expect(store.snapshot((rows) => rows.portfolios.lock(world.portfolioId))).rejects.toThrow(
      /read-only transaction/,
    );
  });

  async function fundsNow() {
    const { store, history } = world.ports;
    const account = await store.read((rows) => readAccount(rows, world.portfolioId));
    const time = new Date(twentyPastNine);
    const due = chargesDueOf(account, await history.rateCards(), time);
    return fundsOf(account, marginRatesOn(await history.marginRates(), time), due);
  }

  /** How many rows each table of trading has. */
  async function everyRow(): Promise<readonly number[]> {
    const { prisma } = world.database;
    return Promise.all([
      prisma.order.count(),
      prisma.orderRequest.count(),
      prisma.orderEvent.count(),
      prisma.riskLock.count(),
      prisma.riskCounter.count(),
      prisma.event.count(),
      prisma.auditEvent.count(),
      prisma.ledgerEntry.count(),
    ]);
  }
});

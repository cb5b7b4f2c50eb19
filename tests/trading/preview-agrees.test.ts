import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import { previewGtt } from '@nandax/app/gtt/preview-gtt.ts';
import { placeBracket, type AskedBracket } from '@nandax/app/protection/place-bracket.ts';
import { previewBracket } from '@nandax/app/protection/preview-bracket.ts';
import type { GttTerms } from '@nandax/core/order/gtt.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Result } from '@nandax/core/result.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

let world: TradingWorld;
let instrumentId: string;
let made = 0;

beforeAll(async () => {
  world = await createTradingWorld();
  const { prisma } = world.database;
  const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-10');
  instrumentId = await world.instrument('YESBANK');
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  const time = new Date('2019-07-09T09:20:00+05:30');
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
  await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
});
afterAll(() => world.close());

const asked = () => ({ actor: testActor(world.userId), portfolioId: world.portfolioId });
const key = () => `agrees ${(made += 1)}`;
const states = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'REDUCING', 'HALTED'] as const;

/** Prices around 95, some of them between two ticks. */
const price = fc
  .tuple(fc.integer({ min: -60, max: 60 }), fc.constantFrom('0', '0', '0', '0', '0', '0.02'))
  .map(([ticks, off]) => new Decimal(95).plus(new Decimal(ticks).times('0.05')).plus(off));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const quantity = fc
  .constantFrom('1', '10', '100', '0.5', '0', '3000000')
  .map((n) => new Decimal(n));

const bracket: fc.Arbitrary<AskedBracket> = fc
  .record({
    side: fc.constantFrom('BUY', 'SELL'),
    type: fc.constantFrom('MARKET', 'LIMIT', 'SL', 'SL_M'),
    product: fc.constantFrom('MIS', 'MIS', 'CNC', 'NRML'),
    variety: fc.constantFrom('REGULAR', 'REGULAR', 'REGULAR', 'REGULAR', 'AMO'),
    quantity,
    price: maybe(price),
    triggerPrice: maybe(price),
    stopPrice: price,
    targetPrice: maybe(price),
    fits: fc.constantFrom(true, true, true, true, true, false),
    away: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ fits, away, ...terms }) => {
    // Most have the terms that their type needs, so that more than their shape is judged.
    const { type } = terms;
    const limited = type === 'LIMIT' || type === 'SL';
    const stops = type === 'SL' || type === 'SL_M';
    const stop = new Decimal('0.05').times(terms.side === 'BUY' ? -away : away).plus(92);
    const fitted = {
      stopPrice: terms.side === 'BUY' ? stop : stop.plus(6),
      targetPrice: null,
      price: limited ? (terms.price ?? new Decimal(95)) : null,
      triggerPrice: stops ? (terms.triggerPrice ?? new Decimal(95)) : null,
    };
    return { ...plainTerms, ...terms, ...(fits ? fitted : {}), instrumentId: '' };
  });

const leg = fc.record({ triggerPrice: price, price, quantity });
const gtt: fc.Arbitrary<GttTerms> = fc.record({
  side: fc.constantFrom('BUY', 'SELL'),
  product: fc.constantFrom('CNC', 'CNC', 'CNC', 'CNC', 'MIS', 'NRML'),
  legs: fc.oneof(
    fc.array(leg, { minLength: 1, maxLength: 1 }),
    // Two around the last price in most cases.
    fc
      .array(leg, { minLength: 2, maxLength: 2 })
      .map((legs) => legs.toSorted((a, b) => a.triggerPrice.comparedTo(b.triggerPrice))),
    fc.array(leg, { maxLength: 3 }),
  ),
});

/** Asks with nothing on its way, so that each case is judged alike; says what kinds came. */
async function agreeing<T>(
  arbitrary: fc.Arbitrary<T>,
  compare: (asked: T) => Promise<string>,
): Promise<Set<string>> {
  const { prisma } = world.database;
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(arbitrary, fc.constantFrom(...states), async (one, state) => {
      await prisma.order.updateMany({ data: { status: 'CANCELLED' } });
      await prisma.gtt.updateMany({ data: { status: 'CANCELLED', endedAt: new Date() } });
      await prisma.tradingState.updateMany({
        where: { scope: 'PORTFOLIO', scopeId: world.portfolioId },
        data: { state },
      });
      kinds.add(await compare(one));
    }),
    { numRuns: 200, seed: 20_190_709 },
  );
  return kinds;
}

/** A refusal without the order that is written down with it; null: it leaves. */
function refusalOf(result: Result<unknown, { readonly kind: string }>): object | null {
  if (result.ok) return null;
  const { order, ...refusal } = result.failure as {
    readonly kind: string;
    readonly order?: object;
  };
  const { reason } = (order ?? {}) as { readonly reason?: string };
  return { ...refusal, reason };
}

function kindOf(refusal: object | null): string {
  if (refusal === null) return 'LEAVES';
  if ('code' in refusal) return String(refusal.code);
  return 'field' in refusal ? String(refusal.field) : '';
}

/** Rows of every table and the newest transaction that wrote one: nothing can be written past it. */
async function everyTable(): Promise<object> {
  const { prisma } = world.database;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const counts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS rows, max(xmin::text::bigint)::text AS newest FROM "${name}"`,
  );
  // Workers of the server may append the parts in any order.
  return prisma.$queryRawUnsafe(`${counts.join(' UNION ALL ')} ORDER BY 1`);
}

let looked = 0;
/** Asks, and every eighth time reads all tables before and after: they are many. */
async function writingNothing<T>(ask: () => Promise<T>): Promise<T> {
  looked += 1;
  if (looked % 8 !== 1) return ask();
  const before = await everyTable();
  const answer = await ask();
  expect(await everyTable()).toEqual(before);
  return answer;
}

test('of any bracket the preview says what placing it says, and writes nothing', async () => {
  const kinds = await agreeing(bracket, async (terms) => {
    const named = { ...terms, instrumentId };
    const preview = await writingNothing(() =>
      previewBracket(world.ports, { ...asked(), bracket: named }),
    );
    const placed = await placeBracket(world.ports, {
      ...named,
      ...asked(),
      idempotencyKey: key(),
    });
    const { denial } = preview.ok ? preview.value : { denial: null };
    const foreseen =
      denial === null ? refusalOf(preview) : refusalOf({ ok: false, failure: denial });
    expect(foreseen).toEqual(refusalOf(placed));
    return kindOf(foreseen);
  });
  // What could come did come, so that there was something to agree about.
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      ...['LEAVES', 'stopPrice', 'targetPrice', 'price', 'variety', 'quantity'],
      ...['TRADING_HALTED', 'NOT_REDUCING', 'LOT_SIZE', 'INSUFFICIENT_MARGIN'],
      ...['TRIGGER_PRICE_PASSED', 'PRODUCT_NOT_OF_INSTRUMENT'],
    ]),
  );
});

test('of any GTT the preview says what placing it says, and writes nothing', async () => {
  const kinds = await agreeing(gtt, async (terms) => {
    const named = { ...terms, instrumentId };
    const preview = await writingNothing(() => previewGtt(world.ports, { ...asked(), gtt: named }));
    const placed = await placeGtt(world.ports, { ...named, ...asked(), idempotencyKey: key() });
    expect(refusalOf(preview)).toEqual(refusalOf(placed));
    if (preview.ok) {
      const { legs, ...watch } = preview.value;
      const written = expectOk(placed);
      expect(written).toMatchObject(watch);
      expect(written.legs).toMatchObject([...legs]);
    }
    return kindOf(refusalOf(preview));
  });
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      ...['LEAVES', 'legs', 'LOT_SIZE', 'TICK_SIZE', 'TRIGGER_TOO_NEAR', 'PRODUCT_IS_INTRADAY'],
      ...['PRODUCT_NOT_OF_INSTRUMENT', 'TRIGGERS_NOT_AROUND_LAST_PRICE', ''],
    ]),
  );
});

test('neither can be previewed by a stranger', async () => {
  const stranger = testActor('01900000-0000-7000-8000-000000000000');
  const missing = { failure: { kind: 'NOT_FOUND', entity: 'Portfolio' } };
  const terms = { ...plainTerms, instrumentId, side: 'BUY', quantity: new Decimal(1) } as const;
  const entry = { ...terms, type: 'MARKET', product: 'MIS' } as const;
  const prices = { stopPrice: new Decimal(94), targetPrice: null };
  const whose = { ...asked(), actor: stranger };
  expect(
    await previewBracket(world.ports, { ...whose, bracket: { ...entry, ...prices } }),
  ).toMatchObject(missing);
  const legs = [
    { triggerPrice: new Decimal(90), price: new Decimal(90), quantity: new Decimal(1) },
  ];
  expect(
    await previewGtt(world.ports, {
      ...whose,
      gtt: { instrumentId, side: 'BUY', product: 'CNC', legs },
    }),
  ).toMatchObject(missing);
});

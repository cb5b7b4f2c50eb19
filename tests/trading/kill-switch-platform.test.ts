import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { activateKillSwitch, releaseKillSwitch } from '@nandax/app/risk/kill-switch.ts';
import { sweepKillSwitches } from '@nandax/app/risk/sweep-kill-switch.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tickingMarket, type TickingMarket } from '../kit/ticking-market.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { createTestUser, testActor } from '../setup/accounts.ts';

/** Passes after which a scope that is not flat will never be. */
const mostPasses = 20;

describe('the kill switch of the installation', () => {
  let world: TradingWorld;
  let market: TickingMarket;
  let instrumentId: string;
  let traders: { readonly userId: string; readonly portfolioId: string }[];
  let administrator: string;
  let number = 0;
  const target = { scope: 'PLATFORM', portfolioId: null } as const;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const others = [
      await createTestUser(prisma, 'another'),
      await createTestUser(prisma, 'third'),
      await createTestUser(prisma, 'administrator'),
    ];
    administrator = others[2]?.id ?? '';
    const userIds = [world.userId, ...others.slice(0, 2).map(({ id }) => id)];
    instrumentId = await world.instrument('YESBANK');
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    await prisma.portfolio.updateMany({ where: { userId: { in: userIds } }, data: { feedId } });
    traders = await Promise.all(
      userIds.map(async (userId) => {
        const { id } = await prisma.portfolio.findFirstOrThrow({ where: { userId } });
        return { userId, portfolioId: id };
      }),
    );
    const time = new Date('2019-07-09T10:00:00+05:30');
    market = await tickingMarket(world, feedId, [instrumentId], time);
  });

  afterAll(() => world.close());

  const place = (
    { userId, portfolioId }: { readonly userId: string; readonly portfolioId: string },
    price: number | null = null,
  ) =>
    placeOrder(world.ports, {
      actor: testActor(userId),
      idempotencyKey: `order ${(number += 1)}`,
      portfolioId,
      instrumentId,
      side: 'BUY',
      ...plainTerms,
      type: price === null ? 'MARKET' : 'LIMIT',
      price: price === null ? null : new Decimal(price),
      product: 'MIS',
      quantity: new Decimal(10),
    });

  const state = async () => {
    const key = { scope: 'PLATFORM', scopeId: 'platform', cause: 'KILL_SWITCH' } as const;
    const row = await world.database.prisma.tradingState.findUnique({
      where: { scope_scopeId_cause: key },
    });
    return row?.state ?? 'ACTIVE';
  };

  const pull = (administrates: boolean) =>
    activateKillSwitch(world.ports, {
      actor: testActor(administrator),
      administrates,
      target,
      reason: 'The exchange sends nonsense',
    });

  test('leaves everyone flat, and nobody trades until an administrator releases it', async () => {
    const { prisma } = world.database;
    for (const trader of traders) expectOk(await place(trader));
    await market.send();
    await market.tick();
    // Each has ten shares, an order that rests at the exchange and one that has not left.
    for (const trader of traders) expectOk(await place(trader, 95));
    await market.send();
    for (const trader of traders) expectOk(await place(trader));

    expect(await pull(false)).toMatchObject({ failure: { kind: 'INVALID_INPUT', field: 'scope' } });
    expect(await state()).toBe('ACTIVE');
    expect(expectOk(await pull(true))).toMatchObject({ workingOrders: 6, openPositions: 3 });
    for (const trader of traders) {
      expect(await place(trader)).toMatchObject({ failure: { code: 'NOT_REDUCING' } });
    }
    for (let pass = 0; pass < mostPasses && (await state()) !== 'HALTED'; pass += 1) {
      await sweepKillSwitches(world.ports);
      await market.send();
      await market.tick();
    }
    expect(await state()).toBe('HALTED');

    const positions = await prisma.position.findMany();
    expect(
      positions.map(
        ({ buyQuantity, sellQuantity }) => `${buyQuantity.toString()}/${sellQuantity.toString()}`,
      ),
    ).toEqual(['10/10', '10/10', '10/10']);
    const statuses = await prisma.order.groupBy({ by: ['status', 'source'], _count: true });
    expect(
      statuses.map(({ status, source, _count }) => `${source} ${status} ${_count}`).toSorted(),
    ).toEqual(['KILL_SWITCH FILLED 3', 'USER CANCELLED 6', 'USER DENIED 3', 'USER FILLED 3']);

    for (const trader of traders) {
      expect(await place(trader)).toMatchObject({ failure: { code: 'TRADING_HALTED' } });
    }
    // A trader's own release does not reach the installation's.
    const release = (userId: string, administrates: boolean) =>
      releaseKillSwitch(world.ports, { actor: testActor(userId), administrates, target });
    expect(await release(world.userId, false)).toMatchObject({ failure: { field: 'scope' } });
    expectOk(await release(administrator, true));
    for (const trader of traders) expectOk(await place(trader));
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { foldOrder } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { accountOf } from '@nandax/app/portfolios/account-of.ts';
import { closeTradingDays } from '@nandax/app/portfolios/close-trading-days.ts';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import { portfolioReads } from '@nandax/adapters/prisma/reads/portfolio-reads.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let feedId: string;
const instrumentId = randomUUID();
let orders = 0;

beforeAll(async () => {
  world = await createTradingWorld();
  const { prisma } = world.database;
  feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-12');
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  await prisma.instrument.create({
    data: {
      id: instrumentId,
      exchange: 'NFO',
      tradingSymbol: 'NIFTYFUT',
      name: 'Nifty future',
      type: 'FUTURE',
      tickSize: '0.05',
      lotSize: 1,
      tradable: true,
      createdAt: new Date(),
    },
  });
});

afterAll(() => world.close());

async function market(time: string, lastPrice: number): Promise<Date> {
  const { prisma } = world.database;
  const marketTime = new Date(`${time}+05:30`);
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime } });
  await prisma.quote.upsert({
    where: { feedId_instrumentId: { feedId, instrumentId } },
    create: { feedId, instrumentId, lastPrice, time: marketTime },
    update: { lastPrice, time: marketTime },
  });
  return marketTime;
}

async function fill(time: string, side: Side, quantity: number, price: number): Promise<void> {
  const at = await market(time, price);
  orders += 1;
  const { id, clientOrderId } = expectOk(
    await placeOrder(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey: `order ${orders}`,
      portfolioId: world.portfolioId,
      instrumentId,
      ...plainTerms,
      side,
      type: 'MARKET',
      product: 'NRML',
      quantity: new Decimal(quantity),
    }),
  );
  await foldOrder(world.ports, clientOrderId, () => [
    { type: 'SUBMITTED' },
    { type: 'ACCEPTED', brokerOrderId: id },
    {
      type: 'EXECUTED',
      tradeId: id,
      quantity: new Decimal(quantity),
      price: new Decimal(price),
      time: at.getTime(),
    },
  ]);
}

async function close(day: string, lastPrice: number): Promise<void> {
  const closedAt = await market(`${day}T15:30:00`, lastPrice);
  const { portfolioId } = world;
  await closeTradingDays(world.ports, { portfolioId, feedId, throughDay: day, closedAt });
}

/** Cash, margin and settlement before charges, and what the account is worth before them. */
async function books() {
  const reads = portfolioReads(world.database.prisma);
  const id = world.portfolioId;
  const figures = (await reads.figuresOfPortfolio([id])).get(id);
  const positions = (await reads.positionsOfPortfolio([id])).get(id) ?? [];
  if (figures === undefined) throw new Error('the portfolio must have books');
  const { equity, realisedPnl, unrealisedPnl } = accountOf(figures, positions, null);
  const charges = await world.ports.store.read(({ portfolios }) =>
    portfolios.balance(id, 'CHARGES'),
  );
  return {
    money: figures.cash.plus(figures.margin).plus(charges).toFixed(2),
    settlement: figures.settlement.toFixed(2),
    equity: equity.plus(charges).toFixed(2),
    realised: realisedPnl.toFixed(2),
    unrealised: unrealisedPnl.toFixed(2),
  };
}

test('each evening pays what open futures gained, once, and leaving pays only the rest', async () => {
  await fill('2019-07-09T10:00:00', 'BUY', 100, 1_000);
  await market('2019-07-09T15:00:00', 1_010);
  expect(await books()).toEqual({
    money: '1000000.00',
    settlement: '0.00',
    equity: '1001000.00',
    realised: '0.00',
    unrealised: '1000.00',
  });
  await close('2019-07-09', 1_012);
  const evening = {
    money: '1001200.00',
    settlement: '-1200.00',
    equity: '1001200.00',
    realised: '0.00',
    unrealised: '1200.00',
  };
  expect(await books()).toEqual(evening);
  // The crash of a worker lets the evening be closed again.
  await close('2019-07-09', 1_012);
  expect(await books()).toEqual(evening);
  const [snapshot] = await world.database.prisma.portfolioSnapshot.findMany();
  const { cash, equity, unrealisedPnl } = snapshot ?? {};
  const note = new Decimal(evening.equity).minus(String(equity));
  expect(note.greaterThan(0)).toBe(true);
  expect(Number(unrealisedPnl)).toBe(1200);
  // A margin of a fifth at least is blocked beside it.
  expect(Number(cash)).toBeLessThan(1_001_200 - 20_000);

  // A loss is taken at night, and lessens what is at hand the next day.
  await close('2019-07-10', 990);
  expect(await books()).toMatchObject({ money: '999000.00', settlement: '1000.00' });

  // 40 of 100 leave at a gain of 200; 400 of the loss paid go with them.
  await fill('2019-07-11T10:00:00', 'SELL', 40, 1_005);
  expect(await books()).toEqual({
    money: '999600.00',
    settlement: '600.00',
    // 60 are worth 1005.
    equity: '1000500.00',
    realised: '200.00',
    unrealised: '300.00',
  });
  await fill('2019-07-11T11:00:00', 'SELL', 60, 1_004);
  expect(await books()).toEqual({
    money: '1000440.00',
    settlement: '0.00',
    equity: '1000440.00',
    realised: '440.00',
    unrealised: '0.00',
  });
  await close('2019-07-11', 1_020);
  expect(await books()).toMatchObject({ money: '1000440.00', settlement: '0.00' });
});

test('a portfolio that begins anew leaves no settlement behind', async () => {
  await fill('2019-07-12T10:00:00', 'SELL', 10, 1_020);
  await close('2019-07-12', 1_010);
  expect(await books()).toMatchObject({ settlement: '-100.00' });
  expectOk(
    await resetPortfolio(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey: 'anew',
      portfolioId: world.portfolioId,
      initialCapital: new Decimal(500_000),
    }),
  );
  expect(await books()).toEqual({
    money: '500000.00',
    settlement: '0.00',
    equity: '500000.00',
    realised: '0.00',
    unrealised: '0.00',
  });
  const positions = await world.database.prisma.position.findMany();
  expect(positions.map(({ settled }) => Number(settled))).toEqual([0]);
});

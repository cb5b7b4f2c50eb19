import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { dayViewOf, markToMarketOf, netViewOf } from '@nandax/core/portfolio/day-book.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { foldOrder } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { closeTradingDays } from '@nandax/app/portfolios/close-trading-days.ts';
import { holdingsOf } from '@nandax/app/portfolios/holdings-of.ts';
import { portfolioReads } from '@nandax/adapters/prisma/reads/portfolio-reads.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const migration = new URL(
  '../../prisma/migrations/20261129031000_position_days/migration.sql',
  import.meta.url,
);

let world: TradingWorld;
let feedId: string;
let instrumentId: string;
let orders = 0;

beforeAll(async () => {
  world = await createTradingWorld();
  feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-12');
  instrumentId = await world.instrument('YESBANK');
  const { prisma } = world.database;
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
});

afterAll(() => world.close());

/** The market's clock and the share's last price. */
async function market(time: string, lastPrice: number) {
  const { prisma } = world.database;
  const marketTime = new Date(`${time}+05:30`);
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime } });
  const quote = { lastPrice, time: marketTime };
  await prisma.quote.upsert({
    where: { feedId_instrumentId: { feedId, instrumentId } },
    create: { feedId, instrumentId, ...quote },
    update: quote,
  });
  return marketTime;
}

function ask(side: Side, quantity: number, product: 'CNC' | 'MTF' = 'CNC') {
  orders += 1;
  return placeOrder(world.ports, {
    actor: testActor(world.userId),
    idempotencyKey: `order ${orders}`,
    portfolioId: world.portfolioId,
    instrumentId,
    ...plainTerms,
    side,
    type: 'MARKET',
    product,
    quantity: new Decimal(quantity),
  });
}

async function fill(time: string, side: Side, quantity: number, price: number) {
  const at = await market(time, price);
  const order = expectOk(await ask(side, quantity));
  await foldOrder(world.ports, order.clientOrderId, () => [
    { type: 'SUBMITTED' },
    { type: 'ACCEPTED', brokerOrderId: order.id },
    {
      type: 'EXECUTED',
      tradeId: order.id,
      quantity: new Decimal(quantity),
      price: new Decimal(price),
      time: at.getTime(),
    },
  ]);
}

async function close(day: string, lastPrice: number) {
  const closedAt = await market(`${day}T15:30:00`, lastPrice);
  const { portfolioId } = world;
  await closeTradingDays(world.ports, { portfolioId, feedId, throughDay: day, closedAt });
}

async function shown() {
  const reads = portfolioReads(world.database.prisma);
  const positions = (await reads.positionsOfPortfolio([world.portfolioId])).get(world.portfolioId);
  const lots = (await reads.deliveryLotsOfPortfolio([world.portfolioId])).get(world.portfolioId);
  const calendars = new Map([['NSE' as const, await world.ports.history.calendar('NSE')]]);
  const [holding] = holdingsOf(positions ?? [], lots ?? [], calendars);
  const [position] = positions ?? [];
  if (position === undefined) throw new Error('a position must be there');
  const { book, product, multiplier } = position;
  const day = dayViewOf(book, multiplier);
  return {
    day: netQuantityOf(day).toNumber(),
    net: netQuantityOf(netViewOf(book, product, multiplier)).toNumber(),
    today: markToMarketOf(new Decimal(0), day, position)?.toNumber(),
    holding: holding && {
      quantity: holding.quantity.toNumber(),
      t1: holding.t1Quantity.toNumber(),
      used: holding.usedQuantity.toNumber(),
      sellable: holding.sellableQuantity.toNumber(),
      average: holding.averagePrice?.toNumber(),
      close: holding.closePrice?.toNumber(),
      dayChange: holding.dayChange?.toNumber(),
      pnl: holding.pnl?.toNumber(),
    },
  };
}

const rowOf = () =>
  world.database.prisma.position.findFirstOrThrow({ where: { portfolioId: world.portfolioId } });

test('shares bought are a position, in settlement the next trading day, delivered the day after', async () => {
  await fill('2019-07-09T10:00:00', 'BUY', 10, 95);
  expect(await shown()).toEqual({ day: 10, net: 10, today: 0, holding: undefined });
  await close('2019-07-09', 96);

  await market('2019-07-10T09:15:00', 100);
  const holding = {
    quantity: 0,
    t1: 10,
    used: 0,
    sellable: 10,
    average: 95,
    close: 96,
    dayChange: 4,
    pnl: 50,
  };
  expect(await shown()).toEqual({ day: 0, net: 0, today: 0, holding });

  // What is in settlement can be sold (BTST), and no more than that.
  await fill('2019-07-10T11:00:00', 'SELL', 4, 101);
  await market('2019-07-10T11:01:00', 102);
  expect(await shown()).toEqual({
    day: -4,
    net: -4,
    // Sold at 101, worth 102.
    today: -4,
    holding: { ...holding, used: 4, sellable: 6, dayChange: 6, pnl: 42 },
  });
  const tooMany = { code: 'INSUFFICIENT_HOLDINGS', limit: '6', actual: '7' };
  expect(await ask('SELL', 7)).toMatchObject({ failure: tooMany });
  const borrowed = { code: 'INSUFFICIENT_HOLDINGS', limit: '0', actual: '1' };
  expect(await ask('SELL', 1, 'MTF')).toMatchObject({ failure: borrowed });

  const kept = await rowOf();
  await close('2019-07-10', 102);
  await market('2019-07-11T09:15:00', 103);
  expect(await shown()).toEqual({
    day: 0,
    net: 0,
    today: 0,
    holding: {
      quantity: 6,
      t1: 0,
      used: 0,
      sellable: 6,
      average: 95,
      close: 102,
      dayChange: 1,
      pnl: 48,
    },
  });
  // Reading rolls nothing over; the next execution does.
  expect(await rowOf()).toEqual(kept);
});

test('what is bought today can be sold today, and a sale on its way counts', async () => {
  await fill('2019-07-11T10:00:00', 'BUY', 2, 103);
  expectOk(await ask('SELL', 7));
  const tooMany = { code: 'INSUFFICIENT_HOLDINGS', limit: '1', actual: '2' };
  expect(await ask('SELL', 2)).toMatchObject({ failure: tooMany });
  const { overnightQuantity, previousQuantity, previousDay } = await rowOf();
  expect([overnightQuantity, previousQuantity].map(Number)).toEqual([6, -4]);
  expect(previousDay?.toISOString()).toBe('2019-07-10T00:00:00.000Z');
});

test('positions from before days were kept get the day of their last fill', async () => {
  const { prisma } = world.database;
  const { overnightQuantity, overnightValue, dayBuyValue, ...book } = await rowOf();
  const nothing = { overnightQuantity: 0, overnightValue: 0, dayBuyQuantity: 0, dayBuyValue: 0 };
  await prisma.position.updateMany({ data: { ...nothing, bookDay: null, bookFeedId: null } });
  const [, update = ''] = (await readFile(migration, 'utf8')).split(/(?=^WITH fills)/m);
  await prisma.$executeRawUnsafe(update);

  const restored = await rowOf();
  expect(restored).toMatchObject({ bookDay: book.bookDay, bookFeedId: feedId });
  expect(Number(restored.overnightQuantity)).toBe(Number(overnightQuantity));
  expect(Number(restored.dayBuyValue)).toBe(Number(dayBuyValue));
  // 12 were bought for 1156, so that six carried count 578 and not 570.
  expect([overnightValue, restored.overnightValue].map(Number)).toEqual([570, 578]);
});

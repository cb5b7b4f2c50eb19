import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { AskedTerms } from '@nandax/core/order/order.ts';
import { foldOrder } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { closeLiveDays } from '@nandax/app/portfolios/close-live-days.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, rupees, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let now: Date;
let feedId: string;
let made = 0;

/** A live market, whose clock is the wall clock, on Thursday 19 November 2026. */
beforeEach(async () => {
  world = await createTradingWorld();
  const { prisma } = world.database;
  feedId = world.ports.ids.uuid();
  now = new Date('2026-11-19T09:30:00+05:30');
  await prisma.feed.create({ data: { id: feedId, kind: 'LIVE' } });
  await world.ports.store.transaction((rows) =>
    rows.feeds.bindPortfolio(world.portfolioId, feedId, now),
  );
});
afterEach(() => world.close());

const ports = () => ({ ...world.ports, clock: { now: () => now } });
const at = (time: string) => {
  now = new Date(`2026-11-${time}+05:30`);
};
const closeDays = (time: string) => {
  at(time);
  return closeLiveDays(ports());
};

/** Places an order on Thursday; what it returns tells of its execution then, whenever it is called. */
async function order(
  time: string,
  instrumentId: string,
  price: number,
  terms: Partial<AskedTerms>,
): Promise<() => Promise<void>> {
  const { prisma } = world.database;
  at(time);
  const executedAt = now;
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: now } });
  await prisma.quote.upsert({
    where: { feedId_instrumentId: { feedId, instrumentId } },
    create: { feedId, instrumentId, lastPrice: price, time: now },
    update: { lastPrice: price },
  });
  const { id, clientOrderId, quantity } = expectOk(
    await placeOrder(ports(), {
      actor: testActor(world.userId),
      idempotencyKey: `order ${(made += 1)}`,
      portfolioId: world.portfolioId,
      instrumentId,
      ...plainTerms,
      side: 'BUY',
      type: 'MARKET',
      product: 'CNC',
      quantity: new Decimal(10),
      ...terms,
    }),
  );
  return async () => {
    await foldOrder(ports(), clientOrderId, () => [
      { type: 'SUBMITTED' },
      { type: 'ACCEPTED', brokerOrderId: id },
      {
        type: 'EXECUTED',
        tradeId: id,
        quantity,
        price: new Decimal(price),
        time: executedAt.getTime(),
      },
    ]);
  };
}

const notes = async () =>
  (
    await world.database.prisma.contractNote.findMany({
      orderBy: [{ createdAt: 'asc' }, { segment: 'asc' }],
    })
  ).map(
    ({ tradingDay, segment, number, total, depositoryParticipantCharge }) =>
      `${tradingDay.toISOString().slice(0, 10)} ${segment} ${number}: ${rupees(total)} with ${rupees(depositoryParticipantCharge)}`,
  );
const charged = () =>
  world.ports.store.read(async ({ portfolios }) => [
    rupees(await portfolios.balance(world.portfolioId, 'CHARGES')),
    (await portfolios.accruedCharges(world.portfolioId)).toFixed(6),
  ]);

test('an execution that is found the next morning is charged, and the depository is paid once', async () => {
  const shares = await world.instrument('YESBANK');
  await (
    await order('19T11:00:00', shares, 90, {})
  )();
  await (
    await order('19T12:00:00', shares, 95, { side: 'SELL', quantity: new Decimal(4) })
  )();
  const missed = await order('19T12:30:00', shares, 95, {
    side: 'SELL',
    quantity: new Decimal(4),
  });
  await closeDays('19T16:00:00');
  // 900 bought and 380 sold. Tax of 1.28 rounds to 1; fees of 3.93 and 0.13 paise to 4 and 0 and the tax
  // on them to 1; stamp duty of 0.14 to 0; the depository takes 15.34.
  expect(await notes()).toEqual(['2026-11-19 EQUITY_DELIVERY 1: 16.39 with 15.34']);
  expect(await charged()).toEqual(['16.39', '0.000000']);

  at('20T08:30:00');
  await missed();
  // Tax of 0.38, fees of 1.1666 and 0.038 paise, and 18 % of these.
  expect(await charged()).toEqual(['16.39', '0.394214']);
  await closeDays('20T08:31:00');
  // 1,660 in all: tax of 1.66 rounds to 2, fees of 5.10 and 0.17 paise to 5 and 0 and the tax on them to 1:
  // 17.40 with the depository, so that the day is 1.01 short.
  const whole = [
    '2026-11-19 EQUITY_DELIVERY 1: 16.39 with 15.34',
    '2026-11-19 EQUITY_DELIVERY 2: 1.01 with 0.00',
  ];
  expect(await notes()).toEqual(whole);
  expect(await charged()).toEqual(['17.40', '0.000000']);

  // Told again, that night and by two workers at once, it writes nothing.
  await closeDays('20T16:00:00');
  await Promise.all([closeLiveDays(ports()), closeLiveDays(ports())]);
  expect(await notes()).toEqual(whole);
  expect(await charged()).toEqual(['17.40', '0.000000']);
});

test('a day is noted by the hours of what was traded in it, in one note of its segment', async () => {
  const gold = world.ports.ids.uuid();
  await world.database.prisma.instrument.create({
    data: {
      ...{ id: gold, exchange: 'MCX', tradingSymbol: 'GOLDFUT', name: 'Gold', type: 'FUTURE' },
      ...{ segment: 'COMMODITY', tickSize: '1', lotSize: 1, tradable: true, createdAt: now },
    },
  });
  const lots = { product: 'NRML' } as const;
  await (
    await order('19T10:30:00', gold, 1_000, lots)
  )();
  await (
    await order('19T11:00:00', await world.instrument('YESBANK'), 90, {})
  )();
  await closeDays('19T16:00:00');
  const shares = '2026-11-19 EQUITY_DELIVERY 1: 1.04 with 0.00';
  expect(await notes()).toEqual([shares]);
  await (
    await order('19T20:00:00', gold, 1_000, lots)
  )();
  await closeDays('19T20:01:00');
  expect(await notes()).toEqual([shares]);
  // The hours of its exchange are not known here, so that its day ends at midnight. 20,000 bought:
  // brokerage of 0.03 % is 6.00, fees are 0.42 and 0.02, duty of 0.40 rounds to 0, and 18 % are 1.16.
  await closeDays('20T00:00:00');
  expect(await notes()).toEqual([shares, '2026-11-19 COMMODITY_FUTURES 1: 7.60 with 0.00']);
  expect(await charged()).toEqual(['8.64', '0.000000']);
});

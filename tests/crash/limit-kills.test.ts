import { setTimeout as pause } from 'node:timers/promises';
import { noLimits } from '@nandax/core/risk/risk-limits.ts';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { startBroker } from '../kit/broker/start-broker.ts';
import { openMarket } from '../kit/open-market.ts';
import { createTradingWorld } from '../kit/trading-world.ts';
import type { AskedOrder, Report } from './errand.ts';
import { startDoomedWorker } from './start-doomed-worker.ts';

const limit = 10;
const asked = 15;
/** Where an order is counted, or about to be, or was just counted. */
const diesAt = [
  'place: before transaction',
  'place: before commit of transaction',
  'place: after transaction',
];
/** Orders that a worker gets at once: however fast it is, it leaves some to those that come after it. */
const share = 4;
/** Milliseconds in which a worker comes to what it was sent to. */
const patienceMs = 120_000;

test('orders are counted once whatever dies with SIGKILL: of fifteen a limit of ten admits ten', async () => {
  const world = await createTradingWorld();
  const { prisma, url } = world.database;
  const { userId, portfolioId } = world;
  const instrumentId = await world.instrument('YESBANK');
  const marketTime = await openMarket(world, 'YESBANK', '93.50');
  const broker = await startBroker({
    instrument: { id: instrumentId, tickSize: 0.05 },
    price: 93.5,
    marketTime,
  });
  await world.ports.store.transaction(({ risk }) =>
    risk.saveLimits(
      {
        scope: 'USER',
        scopeId: userId,
        limits: { ...noLimits, maxOrdersPerDay: new Decimal(limit) },
      },
      new Date(),
    ),
  );
  const errors: string[] = [];
  let unanswered: AskedOrder[] = Array.from({ length: asked }, (_, number) => ({
    idempotencyKey: `key-${number}`,
    userId,
    portfolioId,
    instrumentId,
    side: 'BUY',
    quantity: 1,
    basketWith: null,
    rests: null,
  }));
  const hear = (report: Report): void => {
    if ('error' in report) errors.push(report.error);
    if (!('placed' in report)) return;
    const { idempotencyKey } = report.placed;
    unanswered = unanswered.filter((order) => order.idempotencyKey !== idempotencyKey);
  };
  const start = () =>
    startDoomedWorker({ databaseUrl: url, redisUrl: undefined, brokerUrl: broker.url }, hear);
  /** Until so few are unanswered, or something went wrong. */
  const untilLeft = async (few: number): Promise<void> => {
    const deadline = Date.now() + patienceMs;
    while (unanswered.length > few && errors.length === 0 && Date.now() < deadline) await pause(5);
    expect(errors).toEqual([]);
  };
  try {
    for (const step of diesAt) {
      const doomed = await start();
      doomed.send({ diesAt: step, orders: unanswered.slice(0, share) });
      expect(await doomed.died(patienceMs)).toBe(true);
      // Another is killed from outside, wherever it is when it has come further.
      const hunted = await start();
      const before = unanswered.length;
      hunted.send({ diesAt: null, orders: unanswered.slice(0, share) });
      await untilLeft(before - 1);
      await hunted.kill();
    }
    expect(unanswered.length).toBeGreaterThan(0);
    const survivor = await start();
    survivor.send({ diesAt: null, orders: unanswered });
    await untilLeft(0);
    await survivor.kill();

    expect(errors).toEqual([]);
    expect(unanswered).toEqual([]);
    const denied = await prisma.order.findMany({ where: { status: 'DENIED' } });
    expect(await prisma.order.count()).toBe(asked);
    expect(denied).toHaveLength(asked - limit);
    for (const { denial } of denied) {
      expect(denial).toMatchObject({ code: 'MAX_ORDERS_PER_DAY', limit: '10', actual: '11' });
    }
    expect(await prisma.riskCounter.findFirstOrThrow({ where: { span: 'DAY' } })).toMatchObject({
      count: limit,
    });
  } finally {
    await broker.stop();
    await world.close();
  }
});

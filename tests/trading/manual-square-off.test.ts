import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { decideOnBar } from '@nandax/app/agents/decide-on-bar.ts';
import { RunWalks } from '@nandax/app/agents/run-walks.ts';
import type { Job } from '@nandax/app/jobs.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { plainTerms, type AskedTerms } from '@nandax/core/order/order.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let instrumentId: string;
let feedId: string;
const hourMs = 3_600_000;
/** Wall clock of the next taking of the lease, when the one before has run out. */
let later: Date;
let player: ReplayPlayer;
const pace = { until: () => Promise.resolve(), paced: false, inStep: true };

/** The last quarter of an hour of 9 July 2019, its first minute played. */
beforeEach(async () => {
  world = await createTradingWorld();
  const { ports, database } = world;
  instrumentId = await world.instrument('YESBANK');
  feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  await database.prisma.replaySession.update({
    where: { id: feedId },
    data: { rangeFrom: new Date('2019-07-09T15:15:00+05:30') },
  });
  await world.play(feedId);
  later = new Date();
  player = await openPlayer(ports);
  await player.playMinute(pace);
});

/** Each takes the lease of the one before over. */
async function openPlayer(ports: TradingPorts): Promise<ReplayPlayer> {
  const lease = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, ports.ids.uuid(), later, new Date(Number(later) + hourMs)),
  );
  later = new Date(Number(later) + 2 * hourMs);
  if (lease === null) throw new Error('the lease must be free');
  return ReplayPlayer.open(ports, lease, new WakeCall());
}

afterEach(() => world.close());

async function place(key: string, terms: Partial<AskedTerms>): Promise<string> {
  const placed = await placeOrder(world.ports, {
    ...plainTerms,
    actor: testActor(world.userId),
    idempotencyKey: key,
    portfolioId: world.portfolioId,
    instrumentId,
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(100),
    ...terms,
  });
  const { id } = expectOk(placed);
  await submitOrder(world.ports, id);
  return id;
}

async function playToTheEnd(): Promise<void> {
  while (player.nextTime !== null) await player.playMinute(pace);
  await player.finish();
}

test('what a person holds intraday is sold at 15:20 of the market clock, once; delivery stays', async () => {
  const { prisma } = world.database;
  await place('intraday', {});
  await place('delivery', { product: 'CNC', quantity: new Decimal(50) });
  await player.playMinute(pace);
  // It would sell the position a second time if it stayed.
  const target = await place('target', { side: 'SELL', type: 'LIMIT', price: new Decimal(91.8) });
  const low = { product: 'CNC', type: 'LIMIT', price: new Decimal(85) } as const;
  const waits = await place('delivery that waits', low);
  await playToTheEnd();

  const positions = await world.ports.store.read(({ portfolios }) =>
    portfolios.positions(world.portfolioId),
  );
  const net = positions.map(({ product, buyQuantity, sellQuantity }) => [
    product,
    buyQuantity.minus(sellQuantity).toNumber(),
  ]);
  expect(Object.fromEntries(net)).toEqual({ MIS: 0, CNC: 50 });
  const sent = await prisma.order.findMany({ where: { source: 'SQUARE_OFF' } });
  expect(sent).toMatchObject([
    { side: 'SELL', status: 'FILLED', intent: 'SQUARE_OFF', runId: null, product: 'MIS' },
  ]);
  expect(sent[0]?.marketTime).toEqual(new Date('2019-07-09T15:20:00+05:30'));

  const takenBack = await prisma.auditEvent.findMany({
    where: { action: 'ORDER_CANCEL_REQUESTED' },
  });
  expect(takenBack.map(({ entityId }) => entityId)).toEqual([target]);
  const rested = await prisma.order.findMany({ where: { id: { in: [target, waits] } } });
  expect(rested.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
});

test('each order that is squared off carries the broker’s fee, in fill and contract note', async () => {
  const { prisma } = world.database;
  await place('intraday', {});
  await playToTheEnd();
  const fill = await prisma.fill.findFirstOrThrow({ where: { order: { source: 'SQUARE_OFF' } } });
  // 100 at 91.45 are 9145 rupees: 0.03 % are 2.7435, and 50 for the square-off; tax of 18 % on that,
  // on 0.00345 % for the exchange and on 0.0001 % for SEBI: 52.7435 + 0.3155025 + 0.009145.
  expect(fill.price.toFixed(2)).toBe('91.45');
  expect(fill.brokerage.toFixed(6)).toBe('52.743500');
  expect(fill.goodsAndServicesTax.toFixed(6)).toBe('9.552267');
  // The purchase of 100 at 90.95 adds 0.03 % of 9095.
  const note = await prisma.contractNote.findFirstOrThrow();
  expect([note.segment, note.brokerage.toFixed(2)]).toEqual(['EQUITY_INTRADAY', '55.47']);
});

test('a run leaves a share with a closing auction by that segment’s own time', async () => {
  const { ports, database, userId, portfolioId } = world;
  const { prisma } = database;
  const rules = 'capital_per_trade 1000 long entry when close > 1000 long exit when close > 1000';
  const strategyId = await world.strategy(rules, 'ONE_MINUTE', ['YESBANK']);
  const { runId } = await world.startAgent(strategyId, feedId);
  const entry = await place('of the run', {});
  // Nobody takes up the run's jobs here.
  await player.playMinute({ ...pace, inStep: false });
  await prisma.order.update({ where: { id: entry }, data: { runId } });
  await prisma.trade.updateMany({ data: { runId } });

  // Continuous trading of the share ends at 15:20, and intraday positions leave at 15:18.
  const segment = 'EQUITY_CLOSING_AUCTION';
  await prisma.instrument.update({ where: { id: instrumentId }, data: { segment } });
  await prisma.calendarDay.updateMany({
    where: { exchange: 'NSE', segment, date: new Date('2019-07-09') },
    data: { squareOffMinute: 918, closeMinute: 920 },
  });
  const jobs: Job[] = [];
  const queue = {
    ...ports.queue,
    add: (job: Job) => {
      jobs.push(job);
      return Promise.resolve();
    },
  };
  const anew = { ...ports, queue, history: prismaHistory(prisma, ports.clock) };
  player = await openPlayer(anew);
  await player.playMinute({ ...pace, inStep: false });
  const squareOff = jobs.find(
    ({ payload }) => 'trigger' in payload && payload.trigger === 'SQUARE_OFF',
  );
  const due = new Date('2019-07-09T15:18:00+05:30');
  expect(squareOff?.payload).toMatchObject({ runId, barTime: due.getTime() });

  const walks = new RunWalks(anew.history, ports.clock);
  const asked = { runId, trigger: 'SQUARE_OFF', barTime: due.getTime() } as const;
  await decideOnBar({ ...anew, walks }, asked);
  expect(await prisma.order.findMany({ where: { source: 'SQUARE_OFF' } })).toMatchObject([
    { userId, portfolioId, runId, side: 'SELL', status: 'INITIALIZED', marketTime: due },
  ]);
});

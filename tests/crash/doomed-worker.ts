/**
 * A worker that kills itself at one step of the order's way, in a process of its own: the product's
 * loops, handlers and adapters, with the stand-in broker's process behind them. It waits until it is
 * told what to place and where to die; without a step it lives.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Decimal } from 'decimal.js';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { createLimits } from '@nandax/adapters/limits/create-limits.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { createJobConsumers } from '@nandax/adapters/queue/job-consumers.ts';
import { createJobQueue } from '@nandax/adapters/queue/job-queue.ts';
import { queuePlaceOf } from '@nandax/adapters/queue/queue-backend.ts';
import { parseKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { createSealer } from '@nandax/adapters/secrets/sealer.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeBasket } from '@nandax/app/orders/place-basket.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import type { ExhaustedHandler } from '@nandax/app/ports/queue.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { outboxRelay, orderReconciliation } from '@nandax/worker/plans.ts';
import {
  exhaustedHandler,
  jobHandlers,
  type WorkerPorts,
} from '@nandax/worker/processors/handlers.ts';
import { Rounds } from '@nandax/worker/rounds.ts';
import { httpBrokers, listen } from '../kit/broker/http-broker.ts';
import { steppedPorts, type OrderTask } from '../kit/simulation/steps.ts';
import { actorOf, inputOf, type AskedOrder, type Errand, type Report } from './errand.ts';

/** A request that is on its way leaves this process within so many milliseconds. */
const leavesWithinMs = 40;
/** Milliseconds in which a broker that answers at all has taken an order. */
const acceptedWithinMs = 5_000;

const url = process.env['DATABASE_URL'] ?? '';
const redisUrl = process.env['REDIS_URL'] || undefined;
const brokerUrl = process.env['BROKER_URL'] ?? '';
const report = (words: Report): void => void process.send?.(words);

const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => report({ error: `${message}: ${wordsOf(fields)}` }),
  child: () => log,
};
const place = queuePlaceOf({ redisUrl, directUrl: url });
const ids = systemIds();
const sealer = createSealer(() => parseKeyRing(process.env['NANDAX_KEY_RING'] ?? ''));
const prisma = createPrisma(url, { maxConnections: 12 });
const ports: TradingPorts = {
  clock: systemClock,
  ids,
  log,
  store: prismaStore(prisma, { sealer, ids }),
  history: prismaHistory(prisma, systemClock),
  queue: createJobQueue({ place, log }),
  bus: createBus({ redisUrl, directUrl: url, log }),
  brokers: httpBrokers(brokerUrl),
  traffic: createLimits({ redisUrl, prisma, log }).traffic,
};

let diesAt: string | null = null;
let deafToChanges = false;
/** Client order ids of which only asking brings the broker's word. */
const unheard = new Set<string>();

async function at(step: string): Promise<void> {
  if (step !== diesAt) return;
  if (step.endsWith('on its way')) await pause(leavesWithinMs);
  process.kill(process.pid, 'SIGKILL');
  // The signal comes before anything else does.
  await new Promise(() => undefined);
}

const handlersOf = (task: OrderTask) => jobHandlers(stepped(task) as WorkerPorts);
const stepped = (task: OrderTask): TradingPorts => steppedPorts(ports, task, at);

process.once('message', (errand: Errand) => void run(errand));
// The test is gone; nobody would stop us any more.
process.once('disconnect', () => process.exit(1));
await prisma.$connect();
report({ ready: true });

async function run(errand: Errand): Promise<void> {
  ({ diesAt, deafToChanges = false } = errand);
  await new Rounds(ports, orderReconciliation(stepped('reconcile'))).start();
  await new Rounds(ports, outboxRelay(stepped('relay'))).start();
  createJobConsumers({ place, log, lockDurationMs: 2_000, stalledIntervalMs: 500 }).consume(
    'trading',
    {
      'place-order': (payload, context) => handlersOf('submit')['place-order'](payload, context),
      'modify-order': (payload, context) => handlersOf('send')['modify-order'](payload, context),
      'cancel-order': (payload, context) => handlersOf('send')['cancel-order'](payload, context),
    },
    { concurrency: 8, onExhausted: exhausted },
  );
  void listen(brokerUrl, (word) => {
    if (unheard.has(word.clientOrderId)) return;
    void applyBrokerUpdate(stepped('hear'), word).catch((error: unknown) =>
      log.error({ error }, 'a word was not taken'),
    );
  });
  for (const asked of errand.orders) await ask(asked);
}

/**
 * A change of which the broker says nothing three times is a dead letter, as it should be, and reconciliation
 * asks on; a job that used up its attempts for another reason is a fault of ours.
 */
async function exhausted(failure: Parameters<ExhaustedHandler>[0]): Promise<void> {
  const isSilence = failure.reason.startsWith('The broker did not answer about');
  const heard = isSilence ? { ...log, error: () => undefined } : log;
  await exhaustedHandler({ ...(ports as WorkerPorts), log: heard })(failure);
}

/** Places it and, where it rests, changes it; asked again by the next worker where this one dies. */
async function ask(asked: AskedOrder): Promise<void> {
  const input = inputOf(asked);
  const answer =
    'legs' in input
      ? await placeBasket(stepped('place'), input)
      : await placeOrder(stepped('place'), input);
  if (answer.ok) {
    const orderId = [answer.value].flat()[0]?.id ?? 'nothing';
    const cancelled = asked.rests !== null && (await change(asked, orderId, asked.rests));
    report({ placed: asked, orderId, cancelled });
  } else if (answer.failure.kind === 'ORDER_DENIED') {
    report({ placed: asked, orderId: answer.failure.order.id, cancelled: false });
  } else report({ error: `${asked.idempotencyKey}: ${answer.failure.kind}` });
}

/** Whether a cancel was taken. An order whose broker is silent for too long stays as it is. */
async function change(
  asked: AskedOrder,
  orderId: string,
  { at: price, until }: NonNullable<AskedOrder['rests']>,
): Promise<boolean> {
  const deadline = Date.now() + acceptedWithinMs;
  for (;;) {
    const order = await ports.store.read(({ orders }) => orders.find(orderId));
    if (order?.status === 'ACCEPTED') {
      if (deafToChanges) unheard.add(order.clientOrderId);
      break;
    }
    if (Date.now() > deadline) return false;
    await pause(25);
  }
  const request = { actor: actorOf(asked), orderId };
  if (until === 'CANCELLED') return (await cancelOrder(stepped('change'), request)).ok;
  const changes = { price: new Decimal(price).plus(asked.side === 'BUY' ? -1 : 1) };
  await modifyOrder(stepped('change'), { ...request, changes });
  return false;
}

function wordsOf(fields: object): string {
  return JSON.stringify(fields, (_key, value: unknown) =>
    value instanceof Error ? (value.stack ?? value.message) : value,
  );
}

import { Redis } from 'ioredis';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresTraffic } from '@nandax/adapters/limits/postgres-traffic.ts';
import { redisTraffic } from '@nandax/adapters/limits/redis-traffic.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { createJobConsumers } from '@nandax/adapters/queue/job-consumers.ts';
import { queuePlaceOf } from '@nandax/adapters/queue/queue-backend.ts';
import { relayOutbox } from '@nandax/app/events/relay-outbox.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { passTraffic, type TrafficPorts } from '@nandax/app/orders/pass-traffic.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { BrokerTraffic } from '@nandax/app/ports/broker.ts';
import { JobHeld } from '@nandax/app/ports/queue.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { TrafficLedger } from '@nandax/app/ports/traffic.ts';
import { brokerRulesOn } from '@nandax/core/order/broker-rules.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { trafficLimitsOf } from '@nandax/core/traffic/traffic-limits.ts';
import {
  exhaustedHandler,
  jobHandlers,
  type WorkerPorts,
} from '@nandax/worker/processors/handlers.ts';
import { httpBrokers } from '../kit/broker/http-broker.ts';
import { startBroker, type BrokerProcess } from '../kit/broker/start-broker.ts';
import { memoryTraffic } from '../kit/memory/memory-traffic.ts';
import { openMarket } from '../kit/open-market.ts';
import { bundledHistory } from '../kit/simulation/trading-data.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';
import { silentLog } from '../setup/silent-log.ts';
import { backends, type OpenBackend } from './backends.ts';

const rules = brokerRulesOn(await bundledHistory.brokerRules(), '2026-12-01');
const limits = trafficLimitsOf(rules);
const entry = { class: 'ENTRY', orders: 1 } as const;

function boundBy(account: string): BrokerTraffic {
  return { account, limitsAt: () => Promise.resolve(limits) };
}

const ledgers: readonly {
  readonly kind: string;
  readonly skip: () => boolean;
  readonly open: () => Promise<{ readonly ledger: TrafficLedger; close: () => Promise<void> }>;
}[] = [
  {
    kind: 'memory',
    skip: () => false,
    open: () => Promise.resolve({ ledger: memoryTraffic(), close: () => Promise.resolve() }),
  },
  ...backends.map(({ kind, skip, open }) => ({
    kind,
    skip,
    async open() {
      const backend: OpenBackend = await open();
      if (backend.kind === 'redis') {
        const redis = new Redis(backend.url);
        const close = (): Promise<void> => {
          redis.disconnect();
          return backend.close();
        };
        return { ledger: redisTraffic(redis, `${backend.prefix}:`), close };
      }
      const prisma = createPrisma(backend.url);
      const close = async (): Promise<void> => {
        await prisma.$disconnect();
        await backend.close();
      };
      return { ledger: postgresTraffic(prisma), close };
    },
  })),
];

describe.each(ledgers)('traffic counted in $kind', ({ skip, open }) => {
  if (skip()) {
    test.skip('needs redis-server', () => undefined);
    return;
  }
  let ledger: TrafficLedger;
  let close: () => Promise<void>;
  beforeAll(async () => ({ ledger, close } = await open()));
  afterAll(() => close());

  const portsAt = (time: string): TrafficPorts => ({
    traffic: ledger,
    clock: { now: () => new Date(time) },
  });
  const ask = async (account: string, time: string): Promise<'GO' | 'HELD'> => {
    try {
      await passTraffic(portsAt(time), boundBy(account), entry);
      return 'GO';
    } catch (error) {
      if (error instanceof JobHeld) return 'HELD';
      throw error;
    }
  };

  test('of fifty that ask at once exactly ten leave in a second', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask('crowd', '2026-12-01T04:30:00.100Z')),
    );
    expect(answers.filter((answer) => answer === 'GO')).toHaveLength(10);
  });

  test('each account has counts of its own, and those of a second end with it', async () => {
    const time = '2026-12-01T04:30:00.500Z';
    for (let call = 0; call < 10; call += 1) await ask('first', time);
    expect(await ask('first', time)).toBe('HELD');
    expect(await ask('second', time)).toBe('GO');
    expect(await ask('first', '2026-12-01T04:30:01.000Z')).toBe('GO');
  });

  test('what was written meanwhile is not written over', async () => {
    await ask('race', '2026-12-01T04:30:00.500Z');
    const before = await ledger.read('race');
    await ask('race', '2026-12-01T04:30:00.600Z');
    const after = await ledger.read('race');
    if (before === null || after === null) throw new Error('it was counted');
    expect(await ledger.replace('race', before, before.counts)).toBe(false);
    expect(await ledger.replace('race', null, before.counts)).toBe(false);
    expect(await ledger.read('race')).toEqual(after);
    expect(after.counts.SECOND.entries).toBe(2);
  });
});

describe.each(backends)(
  'orders on their way to a broker with limits, queued on $kind',
  (backend) => {
    if (backend.skip()) {
      test.skip('needs redis-server', () => undefined);
      return;
    }
    let opened: OpenBackend;
    let world: TradingWorld;
    let broker: BrokerProcess;
    let ports: TradingPorts;
    let instrumentId: string;
    let asked = 0;
    /** What left for the broker, in turn, by the reading of the clock on which it was let go. */
    const left: { readonly clientOrderId: string; readonly letGoAt: number }[] = [];

    beforeAll(async () => {
      opened = await backend.open();
      // A logical database of its own keeps other tests' jobs out of this story.
      world = await createTradingWorld(opened.kind === 'redis' ? `${opened.url}/11` : undefined);
      instrumentId = await world.instrument('YESBANK');
      const marketTime = await openMarket(world, 'YESBANK', '93.50');
      const instrument = { id: instrumentId, tickSize: 0.05 };
      broker = await startBroker({ instrument, price: 93.5, marketTime });
      const traffic = boundBy(`test ${world.portfolioId}`);
      ports = { ...world.ports, brokers: httpBrokers(broker.url, { traffic, timeoutMs: 60_000 }) };
    });
    afterAll(async () => {
      await broker.stop();
      await world.close();
      await opened.close();
    });

    const place = async (side: 'BUY' | 'SELL', quantity: number) =>
      expectOk(
        await placeOrder(ports, {
          ...plainTerms,
          actor: testActor(world.userId),
          idempotencyKey: `key ${(asked += 1)}`,
          portfolioId: world.portfolioId,
          instrumentId,
          side,
          type: 'MARKET',
          product: 'MIS',
          quantity: new Decimal(quantity),
        }),
      );
    /** Resolves when the broker's word has filled every order given. */
    const untilFilled = async (ids: readonly string[]): Promise<void> => {
      for (;;) {
        for (const word of await broker.truth()) await applyBrokerUpdate(ports, word);
        const { prisma } = world.database;
        const open = await prisma.order.count({
          where: { id: { in: [...ids] }, status: { not: 'FILLED' } },
        });
        if (open === 0) return;
      }
    };

    const midSecond = () => new Date(Math.floor(Date.now() / 1_000) * 1_000 + 500);
    /**
     * The ports of one job: the last that it asks the clock before its order leaves lets it go. Until
     * the first few have left it is the middle of each second, so that it is their turn alone, and
     * never the end of a second, that says who goes first.
     */
    const watchedPorts = (): WorkerPorts => {
      let letGoAt = 0;
      return {
        ...(ports as WorkerPorts),
        clock: {
          now() {
            const now = left.length < 10 ? midSecond() : ports.clock.now();
            letGoAt = now.getTime();
            return now;
          },
        },
        brokers: {
          of(portfolio) {
            const account = ports.brokers.of(portfolio);
            return {
              ...account,
              place(order) {
                left.push({ clientOrderId: order.clientOrderId, letGoAt });
                return account.place(order);
              },
            };
          },
        },
      };
    };

    // A second is that of the permit: no more than ten are let go in it, none in its last 150 ms, and
    // whatever took longer than its second to be marked asks again. When a call arrives is the line's
    // affair, which no test can promise on a machine that does other things as well.
    test('thirty entries and three exits at once: no second lets more than ten go, and the exits go first', async () => {
      const held = await place('BUY', 30);
      // In the middle of one and the same second, whenever this runs.
      const instant = midSecond();
      await submitOrder({ ...ports, clock: { now: () => instant } }, held.id);
      await untilFilled([held.id]);
      const before = (await broker.arrivals()).length;

      const entries = [];
      for (let order = 0; order < 30; order += 1) entries.push(await place('BUY', 1));
      const exits = [];
      for (let order = 0; order < 3; order += 1) exits.push(await place('SELL', 10));
      expect(exits.map(({ reducing }) => reducing)).toEqual([true, true, true]);
      await relayOutbox(ports);

      const queuePlace = queuePlaceOf({ redisUrl: world.redisUrl, directUrl: world.database.url });
      const workerPorts = ports as WorkerPorts;
      // Two workers, as an installation may have.
      const consumers = [0, 1].map(() =>
        createJobConsumers({ place: queuePlace, log: silentLog }).consume(
          'trading',
          {
            'place-order': (payload, context) =>
              jobHandlers(watchedPorts())['place-order'](payload, context),
          },
          { concurrency: 2, onExhausted: exhaustedHandler(workerPorts) },
        ),
      );
      await untilFilled([...entries, ...exits].map(({ id }) => id));
      await Promise.all(consumers.map((consumer) => consumer.close(10_000)));

      const arrivals = (await broker.arrivals()).slice(before);
      const seconds = new Map<number, number>();
      for (const { letGoAt } of left) {
        const second = Math.floor(letGoAt / 1_000);
        seconds.set(second, (seconds.get(second) ?? 0) + 1);
        expect(letGoAt % 1_000).toBeLessThan(1_000 - limits.marginMs);
      }
      expect(Math.max(...seconds.values())).toBeLessThanOrEqual(10);
      // Each was sent once, and no wait counted as a failure.
      expect(new Set(arrivals.map(({ clientOrderId }) => clientOrderId)).size).toBe(33);
      expect(arrivals).toHaveLength(33);
      expect(await world.database.prisma.jobFailure.count()).toBe(0);
      // Placed last, sent first: what was in hand beside them may overtake them by a little.
      const turn = left.map(({ clientOrderId }) => clientOrderId);
      expect(turn).toHaveLength(33);
      for (const { clientOrderId } of exits) expect(turn.indexOf(clientOrderId)).toBeLessThan(10);
    });
  },
);

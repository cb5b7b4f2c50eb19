import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rejectedFrom, StandInBroker, type BookedOrder } from '../kit/broker/stand-in-broker.ts';
import { MemoryDatabase } from '../kit/memory/memory-database.ts';
import { memoryStore } from '../kit/memory/memory-store.ts';
import { partial } from '../kit/memory/partial.ts';
import { judge, nothingWatched } from '../kit/simulation/judge.ts';
import {
  bundledHistory,
  listed,
  portfolioId,
  seedDatabase,
  simulationStart,
  traderId,
} from '../kit/simulation/trading-data.ts';

const [instrument] = listed;
const now = new Date(simulationStart);
const actor = {
  kind: 'USER',
  userId: traderId,
  sessionId: traderId,
  ipAddress: null,
  userAgent: null,
} as const;

/** A log for which every error is one of the test. */
const strictLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => {
    throw new Error(`${message}: ${JSON.stringify(fields)}`);
  },
  child: () => strictLog,
};

/** A desk with nothing on it but the trader's portfolio; its events wait in the outbox. */
async function openDesk(): Promise<{ database: MemoryDatabase; ports: TradingPorts }> {
  const database = new MemoryDatabase();
  await seedDatabase(database);
  const turns = { turn: () => Promise.resolve(), until: () => Promise.resolve() };
  const ports = partial<TradingPorts>('ports', {
    clock: { now: () => now },
    ids: systemIds(),
    store: memoryStore(database, turns),
    history: bundledHistory,
    bus: {
      publish: () => Promise.resolve(),
      subscribe: () => Promise.resolve(() => Promise.resolve()),
      close: () => Promise.resolve(),
    },
    log: strictLog,
  });
  return { database, ports };
}

const orders = fc.array(
  fc.record({
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    quantity: fc.constantFrom(1, 10, 100, 150, rejectedFrom),
  }),
  { minLength: 1, maxLength: 6 },
);

test('a day told twice, in whatever order, writes nothing the second time', async () => {
  await fc.assert(
    fc.asyncProperty(orders, fc.infiniteStream(fc.nat()), async (asked, draws) => {
      const { database, ports } = await openDesk();
      const broker = new StandInBroker({
        instruments: listed,
        placesOnce: true,
        marketTime: simulationStart,
      });
      const words: BookedOrder[] = [];
      broker.onChange((word) => words.push(word));
      for (const [index, { side, quantity }] of asked.entries()) {
        const placed = await placeOrder(ports, {
          ...plainTerms,
          actor,
          idempotencyKey: `key-${index}`,
          portfolioId,
          instrumentId: instrument.id,
          side,
          type: 'MARKET',
          product: 'MIS',
          quantity: new Decimal(quantity),
        });
        if (!placed.ok) continue;
        const order = await ports.store.transaction(async (rows) => {
          const submitted = { ...placed.value, status: 'SUBMITTED' } as const;
          await rows.orders.save(submitted, { type: 'SUBMITTED' });
          return submitted;
        });
        broker.place(order);
        broker.tick(instrument.id, instrument.price + index * instrument.tickSize);
      }
      for (let tick = 0; tick < 3; tick += 1) broker.tick(instrument.id, instrument.price);

      for (const word of shuffled([...words, ...words], draws))
        await applyBrokerUpdate(ports, word);
      const once = database.everything();
      for (const word of shuffled(words, draws)) await applyBrokerUpdate(ports, word);

      expect(database.everything()).toEqual(once);
      const outcome = {
        orders: database.rows('Order'),
        fills: database.rows('Fill'),
        positions: database.rows('Position'),
        ledger: database.rows('LedgerTransaction'),
        events: [],
        ...nothingWatched,
      };
      const answered = outcome.orders.map(({ id }) => ({
        input: { idempotencyKey: id },
        orderId: id,
      }));
      expect(judge(outcome, broker.book, { answered, cancelled: [], gtts: [] })).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], draws: Iterator<number>): T[] {
  const rest = [...list];
  const drawn: T[] = [];
  while (rest.length > 0) {
    const at = Number(draws.next().value) % rest.length;
    drawn.push(...rest.splice(at, 1));
  }
  return drawn;
}

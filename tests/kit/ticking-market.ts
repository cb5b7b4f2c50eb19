import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { PaperExchange } from '@nandax/app/replay/paper-exchange.ts';
import type { TradingWorld } from './trading-world.ts';

/** A market that moves when the story says so, and what the queue's worker does besides. */
export interface TickingMarket {
  /** Every instrument trades at 100 a second after the last time. */
  tick(): Promise<void>;
  /** Sends every order that has not left. */
  send(): Promise<void>;
}

/** Opens a market on a feed that nobody plays, at a market time, with a last price of 100 everywhere. */
export async function tickingMarket(
  world: TradingWorld,
  feedId: string,
  instrumentIds: readonly string[],
  time: Date,
): Promise<TickingMarket> {
  const { prisma } = world.database;
  const { store } = world.ports;
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
  for (const instrumentId of instrumentIds) {
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 100, time } });
  }
  const lease = await store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const records = await Promise.all(
    instrumentIds.map((id) => store.read(({ runs }) => runs.findInstrument(id))),
  );
  const exchange = new PaperExchange(
    world.ports,
    lease,
    records.filter((record) => record !== null),
    { origin: 'TICKS' },
  );
  let at = time.getTime();
  return {
    async tick() {
      at += 1_000;
      await exchange.match(
        instrumentIds.map((_, instrument) => ({ instrument, time: at, price: 100, volume: null })),
      );
    },
    async send() {
      const waiting = await prisma.order.findMany({
        where: { status: 'INITIALIZED' },
        select: { id: true },
      });
      for (const { id } of waiting) await submitOrder(world.ports, id);
    },
  };
}

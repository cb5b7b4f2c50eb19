import { PaperExchange } from '@nandax/app/replay/paper-exchange.ts';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import type { BrokerAccount } from '@nandax/app/ports/broker.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { Decimal } from 'decimal.js';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

/** A broker with an account of the world's trader, on a market that a test moves. */
export interface OpenBroker {
  readonly world: TradingWorld;
  /** Those of the world, with this broker. */
  readonly ports: TradingPorts;
  readonly account: BrokerAccount;
  /** YESBANK, which last traded at 100 rupees. */
  readonly instrumentId: string;
  /** Its last price moves to this, rupees, and no order meets it. */
  quote(price: number): Promise<void>;
  /** It trades at this price, rupees; orders that wait meet it, and our books hear of it. */
  trade(price: number): Promise<void>;
  /** This day's session ends and the next one begins. */
  nextDay(): Promise<void>;
  /** The account begins anew with this capital, rupees; null: this broker knows no such thing. */
  readonly reset: ((capital: number) => Promise<void>) | null;
  close(): Promise<void>;
}

const days = ['2019-07-09', '2019-07-10'] as const;
const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+05:30`);

async function openPaper(): Promise<OpenBroker> {
  const world = await createTradingWorld();
  const { ports, portfolioId, userId } = world;
  const { prisma } = world.database;
  const feedId = await world.replay(['YESBANK'], ...days);
  const instrumentId = await world.instrument('YESBANK');
  const instrument = await ports.store.read(({ runs }) => runs.findInstrument(instrumentId));
  if (instrument === null) throw new Error('the instrument is part of the reference data');
  let now = at(days[0], '09:20');
  const clock = (time: number) =>
    prisma.feed.update({ where: { id: feedId }, data: { marketTime: new Date(time) } });
  await clock(now);
  await prisma.portfolio.update({ where: { id: portfolioId }, data: { feedId } });
  const quote = { feedId, instrumentId, lastPrice: 100, time: new Date(now) };
  await prisma.quote.create({ data: quote });
  const lease = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const exchange = new PaperExchange(ports, lease, [instrument], { origin: 'TICKS' });
  return {
    world,
    ports,
    account: { id: portfolioId, kind: 'PAPER', feedId },
    instrumentId,
    async quote(price) {
      await prisma.quote.updateMany({ where: { feedId }, data: { lastPrice: price } });
    },
    async trade(price) {
      now += 1_000;
      await exchange.match([{ instrument: 0, time: now, price, volume: null }]);
    },
    async nextDay() {
      await exchange.closeSession(at(days[0], '15:30'));
      now = at(days[1], '09:20');
      await clock(now);
    },
    async reset(capital) {
      expectOk(
        await resetPortfolio(ports, {
          actor: testActor(userId),
          idempotencyKey: `reset ${now}`,
          portfolioId,
          initialCapital: new Decimal(capital),
        }),
      );
    },
    close: () => world.close(),
  };
}

/** The brokers that must show their books alike; an adapter of a real one joins with its stand-in. */
export const brokers: readonly {
  readonly kind: string;
  readonly open: () => Promise<OpenBroker>;
}[] = [{ kind: 'paper', open: openPaper }];

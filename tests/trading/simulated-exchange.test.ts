import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import type { Broker, BrokerOrder, PlacedOrder } from '@nandax/app/ports/broker.ts';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import type { InstrumentRecord } from '@nandax/app/records.ts';
import { PaperExchange } from '@nandax/app/replay/paper-exchange.ts';
import type { FillModel } from '@nandax/core/exchange/fill-model.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import { changeableTermsOf, plainTerms } from '@nandax/core/order/order.ts';
import { createTradingWorld, type TradingWorld } from '../kit/trading-world.ts';

const opening = Date.parse('2019-07-09T09:20:00+05:30');

let world: TradingWorld;
let feedId: string;
let lease: FeedLease;
let instrument: InstrumentRecord;
let broker: Broker;
let exchange: PaperExchange;
let counter = 0;

beforeAll(async () => {
  world = await createTradingWorld();
  const instrumentId = await world.instrument('YESBANK');
  const found = await world.ports.store.read(({ runs }) => runs.findInstrument(instrumentId));
  if (found === null) throw new Error('the instrument is part of the reference data');
  instrument = found;
});

afterAll(() => world.close());

/** Every story has a feed of its own, at 09:20 with a last price of 100. */
beforeEach(async () => {
  const { prisma } = world.database;
  feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
  const time = new Date(opening);
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
  await prisma.quote.create({
    data: { feedId, instrumentId: instrument.id, lastPrice: 100, time },
  });
  broker = world.ports.brokers.of({ id: world.portfolioId, kind: 'PAPER', feedId });
  exchange = await owner();
});

/** A process that takes the feed over. */
async function owner(model: FillModel = {}): Promise<PaperExchange> {
  await world.database.prisma.feed.update({
    where: { id: feedId },
    data: { leaseOwner: null, leaseExpiresAt: null },
  });
  const taken = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 60_000)),
  );
  if (taken === null) throw new Error('the lease must be free');
  lease = taken;
  return new PaperExchange(world.ports, lease, [instrument], { origin: 'TICKS', model });
}

function orderOf(change: Partial<BrokerOrder>): PlacedOrder {
  counter += 1;
  const clientOrderId = `EXCHANGE${String(counter).padStart(12, '0')}`;
  return {
    ...plainTerms,
    clientOrderId,
    brokerOrderId: `P${clientOrderId}`,
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(10),
    portfolioId: world.portfolioId,
    feedId,
    instrumentId: instrument.id,
    marketTime: new Date(opening),
    ...change,
  };
}

/** The ids of an order, for another one to have. */
function idOf({ clientOrderId, brokerOrderId }: PlacedOrder) {
  return { clientOrderId, brokerOrderId };
}

const price = (rupees: number): Decimal => new Decimal(rupees);

async function placed(change: Partial<BrokerOrder>): Promise<PlacedOrder> {
  const order = orderOf(change);
  expect(await broker.place(order)).toMatchObject({ kind: 'ACCEPTED' });
  return order;
}

function tickOf(second: number, rupees: number, volume: number | null = null): Tick {
  return { instrument: 0, time: opening + second * 1_000, price: rupees, volume };
}

/** A tick so many seconds after the opening; the volume is that of the day. */
async function trade(second: number, rupees: number, volume?: number): Promise<void> {
  await exchange.match([tickOf(second, rupees, volume)]);
}

/** Status, and `quantity@price` of every execution. */
async function seen({ clientOrderId }: PlacedOrder): Promise<string> {
  const found = await broker.lookUp(clientOrderId);
  if (found.kind !== 'FOUND') throw new Error(found.kind);
  const { status, executions } = found.state;
  return [
    status,
    ...executions.map((one) => `${one.quantity.toFixed()}@${one.price.toFixed()}`),
  ].join(' ');
}

describe('the simulated exchange', () => {
  test('rests a limit, takes another price for it and fills at that', async () => {
    const order = await placed({ type: 'LIMIT', price: price(98) });
    await trade(1, 99);
    expect(await seen(order)).toBe('OPEN');
    const terms = { ...changeableTermsOf(order), price: price(98.5), quantity: price(12) };
    expect(await broker.modify(order, terms)).toEqual({ kind: 'ACCEPTED' });
    expect(await broker.modify(order, terms)).toEqual({ kind: 'ACCEPTED' });
    await trade(2, 98.6);
    await trade(3, 98.4);
    expect(await seen(order)).toBe('COMPLETE 12@98.5');
    expect(await broker.positions({ id: world.portfolioId, kind: 'PAPER', feedId })).toMatchObject({
      kind: 'READ',
      positions: [{ product: 'MIS' }],
    });
  });

  test('wakes a stop by the last price, with a limit and without', async () => {
    const limited = await placed({ type: 'SL', triggerPrice: price(101), price: price(101.5) });
    const atMarket = await placed({ side: 'SELL', type: 'SL_M', triggerPrice: price(99) });
    await trade(1, 100);
    expect([await seen(limited), await seen(atMarket)]).toEqual([
      'TRIGGER_PENDING',
      'TRIGGER_PENDING',
    ]);
    await trade(2, 102);
    expect(await seen(limited)).toBe('OPEN');
    // A new owner, that has heard the minutes before, knows that it was woken.
    exchange = await owner();
    exchange.hear([100, 102].map((rupees, step) => tickOf(step + 1, rupees)));
    await trade(3, 101);
    expect(await seen(limited)).toBe('COMPLETE 10@101.5');
    // Its protection is 2 % of its trigger price: 97.02.
    await trade(4, 97.05);
    expect(await seen(atMarket)).toBe('COMPLETE 10@97.05');
  });

  test('takes an order back once, and not when it has traded', async () => {
    const order = await placed({ type: 'LIMIT', price: price(98) });
    expect(await broker.cancel(order)).toEqual({ kind: 'ACCEPTED' });
    expect(await broker.cancel(order)).toEqual({ kind: 'ACCEPTED' });
    await trade(1, 97);
    expect(await seen(order)).toBe('CANCELLED');
    const other = await placed({});
    await trade(2, 97);
    expect(await broker.cancel(other)).toEqual({
      kind: 'REJECTED',
      reason: 'Order cannot be cancelled as its status is COMPLETE.',
    });
    expect(await broker.modify(other, changeableTermsOf({ ...other, quantity: price(5) }))).toEqual(
      {
        kind: 'REJECTED',
        reason: 'Order cannot be modified as its status is COMPLETE.',
      },
    );
  });

  test('an order taken back while its tick is matched is not filled', async () => {
    const order = await placed({ type: 'LIMIT', price: price(98) });
    await trade(1, 99);
    // The owner has read its books before the cancel comes, as it would between two reads.
    const { store } = world.ports;
    const late = new PaperExchange(
      {
        ...world.ports,
        store: {
          ...store,
          read: (work) => store.read(work),
          transaction: async (work, ...rest) => {
            await broker.cancel(order);
            return store.transaction(work, ...rest);
          },
        },
      },
      lease,
      [instrument],
      { origin: 'TICKS' },
    );
    await late.match([tickOf(2, 97)]);
    expect(await seen(order)).toBe('CANCELLED');
  });

  test('fills by a share of the volume; an immediate order loses its rest', async () => {
    exchange = await owner({ participation: 0.1 });
    const [resting, immediate] = [
      await placed({ quantity: price(10) }),
      await placed({ quantity: price(10), validity: 'IOC' }),
    ];
    // 10 % of 150 are 15 units: ten for the first, five for the second.
    await trade(1, 100, 150);
    expect(await seen(resting)).toBe('COMPLETE 10@100');
    expect(await seen(immediate)).toBe('CANCELLED 5@100');
  });

  test('ends an order that was good for two minutes', async () => {
    const order = await placed({
      type: 'LIMIT',
      price: price(98),
      validity: 'TTL',
      validityMinutes: 2,
    });
    await trade(1, 99);
    await exchange.expireDue(opening + 119_999);
    expect(await seen(order)).toBe('OPEN');
    await exchange.expireDue(opening + 120_000);
    expect(await seen(order)).toBe('EXPIRED');
  });

  test('refuses what a broker refuses, in its words', async () => {
    const refused = async (change: Partial<BrokerOrder>) => {
      const outcome = await broker.place(orderOf(change));
      return outcome.kind === 'REJECTED' ? outcome.reason : outcome.kind;
    };
    expect(await refused({ type: 'LIMIT', price: price(98.03) })).toBe(
      'Tick size for this script is 0.05. Kindly enter price in the multiple of tick size for this script.',
    );
    expect(await refused({ type: 'SL_M', triggerPrice: price(99) })).toBe(
      'Trigger price for stoploss buy orders should be above the last traded price 100.',
    );
    expect(await refused({ feedId: null })).toBe('The portfolio follows no market feed.');
  });

  describe('in a share of the closing auction', () => {
    const auctionDay = '2026-09-08';
    const at = (time: string): Date => new Date(`${auctionDay}T${time}+05:30`);

    /** Minutes of the day, each with one price; the clock of the feed stands before them. */
    async function openMarket(): Promise<void> {
      const segment = 'EQUITY_CLOSING_AUCTION';
      const markets = await world.ports.history.markets();
      await world.database.prisma.instrument.update({
        where: { id: instrument.id },
        data: { segment },
      });
      const bands = await world.ports.history.priceBands();
      const options = { origin: 'TICKS', markets, bands, previousCloses: [100] } as const;
      exchange = new PaperExchange(world.ports, lease, [{ ...instrument, segment }], options);
    }

    afterEach(() =>
      world.database.prisma.instrument.update({
        where: { id: instrument.id },
        data: { segment: 'EQUITY' },
      }),
    );

    async function tradeAt(time: string, rupees: number, volume?: number): Promise<void> {
      await exchange.match([
        { instrument: 0, time: at(time).getTime(), price: rupees, volume: volume ?? null },
      ]);
      await exchange.endStops(at(time).getTime());
    }

    test('the auction has a band of its own around the average of the quarter of an hour before it', async () => {
      await openMarket();
      await tradeAt('09:15:00', 100, 1_000);
      expect(exchange.bandOf(0)).toEqual({ lower: 90, upper: 110 });
      await tradeAt('15:02:00', 102, 1_030);
      await tradeAt('15:14:00', 98, 1_040);
      expect(exchange.bandOf(0)).toEqual({ lower: 90, upper: 110 });
      // 30 units at 102 and 10 at 98 make 101 on average: 3 % of it are 3.03.
      await tradeAt('15:16:00', 99, 1_050);
      expect(exchange.bandOf(0)).toEqual({ lower: 98, upper: 104 });
    });

    test('what rests trades at the closing price, once; stops end at 15:15', async () => {
      await openMarket();
      const evening = {
        marketTime: new Date('2026-09-07T18:00:00+05:30'),
        variety: 'AMO',
      } as const;
      const gathered = await placed({ ...evening, type: 'LIMIT', price: price(101) });
      const stop = await placed({ ...evening, type: 'SL_M', triggerPrice: price(103) });
      const low = await placed({ ...evening, type: 'LIMIT', price: price(97) });
      await tradeAt('09:15:00', 100);
      expect(await seen(gathered)).toBe('COMPLETE 10@100');
      await tradeAt('15:14:59', 99);
      expect(await seen(stop)).toBe('TRIGGER_PENDING');
      // A price after 15:15 fills nothing; it only says where the auction ends.
      await tradeAt('15:16:00', 96);
      expect(await seen(low)).toBe('OPEN');
      expect(await seen(stop)).toBe('CANCELLED');
      const called = await placed({ marketTime: at('15:21:00') });
      const refused = await placed({
        marketTime: at('15:26:00'),
        side: 'SELL',
        type: 'LIMIT',
        price: price(98),
      });
      const nextDay = await placed({ marketTime: at('15:36:00'), variety: 'AMO' });
      await tradeAt('15:27:00', 96.5);
      await exchange.closeSession(at('15:30:00').getTime());
      await exchange.closeSession(at('15:30:00').getTime());
      expect(await seen(low)).toBe('COMPLETE 10@96.5');
      expect(await seen(called)).toBe('COMPLETE 10@96.5');
      expect(await seen(refused)).toBe('CANCELLED');
      expect(await seen(nextDay)).toBe('OPEN');
    });
  });

  describe.each([false, true])('whether its owner is killed between two ticks (%s),', (killed) => {
    const played: Tick[] = [];
    let filling: FillModel;

    /** Trades on; where owners are killed, a new one plays the minute from its start first. */
    async function tradeOn(second: number, rupees: number, volume?: number): Promise<void> {
      if (killed) {
        exchange = await owner(filling);
        await exchange.reportMissed();
        for (const before of played) await exchange.match([before]);
      }
      const tick = tickOf(second, rupees, volume ?? null);
      played.push(tick);
      await exchange.match([tick]);
    }

    async function begin(model: FillModel): Promise<void> {
      filling = model;
      played.length = 0;
      exchange = await owner(model);
    }

    test('keeps the limit that the last price set for a protected market order', async () => {
      await begin({ participation: 0.1 });
      const order = await placed({ marketProtectionPercent: price(1) });
      // The last price was 100: a tenth of 50 units at 100.50, and at most 101 for the others.
      await tradeOn(1, 100.5, 50);
      await tradeOn(2, 102, 150);
      await tradeOn(3, 101.05, 250);
      expect(await seen(order)).toBe('OPEN 5@100.5');
      await tradeOn(4, 100.95, 350);
      expect(await seen(order)).toBe('COMPLETE 5@100.5 5@101');
    });

    test('keeps the limit of a protected order that filled nothing at its first price', async () => {
      await begin({ slippageTicks: 30 });
      // 1 % of 100 is less than the slippage of 1.50: it pays 101 at most, and waits.
      const order = await placed({ marketProtectionPercent: price(1) });
      await tradeOn(1, 100);
      await tradeOn(2, 99.55);
      expect(await seen(order)).toBe('OPEN');
      await tradeOn(3, 99.5);
      expect(await seen(order)).toBe('COMPLETE 10@101');
    });

    test('takes an order that was under way for one that is new in the book', async () => {
      await begin({ latencyMs: 10_000 });
      const order = await placed({ type: 'LIMIT', price: price(98) });
      await tradeOn(5, 99);
      // In the book since 09:20:10, it meets 97 as a newcomer and pays no more than that.
      await tradeOn(11, 97);
      expect(await seen(order)).toBe('COMPLETE 10@97');
    });

    test('serves orders of one price as they came, and a changed one last', async () => {
      await begin({ participation: 0.1 });
      const [later, sooner] = [orderOf({}), orderOf({})];
      const rest = { type: 'LIMIT', price: price(98) } as const;
      // Both are of one minute; the one that comes first has the higher id.
      const first = await placed({ ...rest, ...idOf(sooner) });
      await tradeOn(1, 99, 0);
      const second = await placed({ ...rest, ...idOf(later) });
      const third = await placed({ ...rest });
      await tradeOn(2, 99, 0);
      const dearer = { ...changeableTermsOf(first), quantity: price(11) };
      expect(await broker.modify(first, dearer)).toEqual({ kind: 'ACCEPTED' });
      await tradeOn(3, 99, 0);
      // Ten units a tick: the second, the third, then the first, which asked for more.
      await tradeOn(4, 97, 100);
      expect([await seen(first), await seen(second), await seen(third)]).toEqual([
        'OPEN',
        'COMPLETE 10@98',
        'OPEN',
      ]);
      await tradeOn(5, 97, 200);
      expect([await seen(first), await seen(third)]).toEqual(['OPEN', 'COMPLETE 10@98']);
    });
  });

  test.each([1, 2, 3, 4])(
    'gives the same executions under latency, spread and changes when its owner is killed after every %i ticks',
    async (life) => {
      const model = {
        latencyMs: 7_000,
        spreadTicks: 2,
        slippageTicks: 1,
        limitFill: 'TOUCH',
        participation: 0.1,
      } as const;
      const course = [100, 99.5, 101.2, 98.4, 98.9, 102.3, 97.5, 99.9, 100.4, 101.1, 98, 99.05];
      const ticks = course.map((rupees, step) => tickOf(step * 5, rupees, (step + 1) * 130));
      const play = async (killedEvery: number): Promise<string[]> => {
        exchange = await owner(model);
        const guarded = await placed({ marketProtectionPercent: price(0.5), quantity: price(40) });
        const changed = await placed({ type: 'LIMIT', price: price(97), quantity: price(30) });
        const shrunk = await placed({ type: 'LIMIT', price: price(98.5), quantity: price(45) });
        const taken = await placed({ side: 'SELL', type: 'LIMIT', price: price(101) });
        const stop = await placed({ side: 'SELL', type: 'SL_M', triggerPrice: price(98.5) });
        const brief = await placed({
          ...{ side: 'SELL', type: 'LIMIT', price: price(102), quantity: price(60) },
          ...{ validity: 'TTL', validityMinutes: 1 },
        });
        const late: PlacedOrder[] = [];
        for (const [step, tick] of ticks.entries()) {
          if (step > 0 && step % killedEvery === 0) {
            exchange = await owner(model);
            await exchange.reportMissed();
            for (const before of ticks.slice(0, step)) await exchange.match([before]);
          }
          if (step === 2) {
            const terms = { ...changeableTermsOf(changed), price: price(99) };
            expect(await broker.modify(changed, terms)).toEqual({ kind: 'ACCEPTED' });
          }
          if (step === 4) {
            const terms = { ...changeableTermsOf(shrunk), quantity: price(20) };
            expect(await broker.modify(shrunk, terms)).toEqual({ kind: 'ACCEPTED' });
            late.push(await placed({ marketProtectionPercent: price(1) }));
          }
          if (step === 6) await broker.cancel(taken);
          await exchange.match([tick]);
        }
        await exchange.expireDue(opening + 60_000);
        return Promise.all([guarded, changed, shrunk, taken, stop, brief, ...late].map(seen));
      };
      const killed = await play(life);
      await exchange.closeSession(opening + 1_000_000);
      await world.database.prisma.feed.update({
        where: { id: feedId },
        data: { matchedThrough: null, toldThrough: null },
      });
      const undisturbed = await play(Infinity);
      expect(killed).toEqual(undisturbed);
      // It is a story in which things happen.
      expect(undisturbed.filter((one) => one.includes('@')).length).toBeGreaterThanOrEqual(4);
    },
  );

  test.each([1, 2, 3, 4, 5])(
    'gives the same executions when its owner is killed after every %i ticks',
    async (life) => {
      const model = { participation: 0.1, slippageTicks: 1 };
      const course = [100, 99.5, 101.2, 98.4, 98.9, 102.3, 97.5, 99.9, 100.4, 101.1];
      const ticks = course.map((rupees, step) => ({
        instrument: 0,
        time: opening + step * 5_000,
        price: rupees,
        volume: (step + 1) * 130,
      }));
      const play = async (killedEvery: number): Promise<string[]> => {
        exchange = await owner(model);
        const orders = [
          await placed({ quantity: price(30) }),
          await placed({ type: 'LIMIT', price: price(98.8), quantity: price(20) }),
          await placed({
            side: 'SELL',
            type: 'SL_M',
            triggerPrice: price(99),
            quantity: price(25),
          }),
          await placed({ type: 'SL', triggerPrice: price(101), price: price(101.4) }),
          await placed({ side: 'SELL', type: 'LIMIT', price: price(102), quantity: price(40) }),
        ];
        for (const [step, tick] of ticks.entries()) {
          if (step > 0 && step % killedEvery === 0) {
            // The new owner plays the minute from its start, as its cursor was not stored.
            exchange = await owner(model);
            await exchange.reportMissed();
            for (const before of ticks.slice(0, step)) await exchange.match([before]);
          }
          await exchange.match([tick]);
        }
        return Promise.all(orders.map(seen));
      };
      const killed = await play(life);
      await world.database.prisma.feed.update({
        where: { id: feedId },
        data: { matchedThrough: null, toldThrough: null },
      });
      await exchange.closeSession(opening + 1_000_000);
      expect(killed).toEqual(await play(Infinity));
    },
  );
});

import { Decimal } from 'decimal.js';
import { expect } from 'vitest';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { FeedLease } from '@nandax/app/ports/feeds.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { placeBracket, type PlaceBracketInput } from '@nandax/app/protection/place-bracket.ts';
import { setProtectiveStop } from '@nandax/app/protection/set-protective-stop.ts';
import { ProtectionWatch } from '@nandax/app/protection/watch-protections.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { testActor } from '../setup/accounts.ts';
import { connectionOf } from './broker-connection.ts';
import { ScriptedBroker } from './scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from './trading-world.ts';

/** When all of it happens, by the market's clock. */
export const opening = new Date('2019-07-09T09:20:00+05:30');

/**
 * A live portfolio whose broker a test scripts, in a market where YESBANK stands at 100.00: what
 * tests of stops and brackets do there, in their words. `reset` before each test makes it flat.
 */
export class ProtectedPosition {
  broker = new ScriptedBroker();
  readonly #world: TradingWorld;
  readonly #lease: FeedLease;
  readonly #instrumentId: string;
  #now = opening.getTime();
  #made = 0;

  private constructor(world: TradingWorld, lease: FeedLease, instrumentId: string) {
    this.#world = world;
    this.#lease = lease;
    this.#instrumentId = instrumentId;
  }

  static async open(): Promise<ProtectedPosition> {
    const world = await createTradingWorld();
    const { prisma } = world.database;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    const instrumentId = await world.instrument('YESBANK');
    // Live money: on paper the feed's owner puts back what is missing, not the sweep.
    const brokerConnectionId = await connectionOf(world, world.userId);
    await prisma.portfolio.update({
      where: { id: world.portfolioId },
      data: { feedId, kind: 'LIVE', brokerConnectionId },
    });
    const agreedAt = new Date();
    await prisma.accountReading.create({
      data: { portfolioId: world.portfolioId, readAt: agreedAt, agreedAt },
    });
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: opening } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 100, time: opening } });
    const lease = await world.ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
    );
    if (lease === null) throw new Error('the lease must be free');
    return new ProtectedPosition(world, lease, instrumentId);
  }

  /** Flat, at 100.00, without limits, and with a broker that was told nothing. */
  async reset(): Promise<void> {
    const { prisma } = this;
    this.broker = new ScriptedBroker();
    await prisma.protectionOrder.deleteMany();
    await prisma.protection.deleteMany();
    await prisma.notification.deleteMany();
    await prisma.tradingState.deleteMany();
    await prisma.riskLimits.deleteMany({ where: { scopeId: this.userId } });
    await prisma.feed.updateMany({ data: { marketTime: opening } });
    await prisma.quote.updateMany({ data: { lastPrice: 100, lowerBand: null, upperBand: null } });
    await prisma.position.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.order.updateMany({ data: { status: 'REJECTED' } });
  }

  close(): Promise<void> {
    return this.#world.close();
  }

  get ports(): TradingPorts {
    const { broker } = this;
    return { ...this.#world.ports, brokers: { of: () => broker } };
  }

  get prisma() {
    return this.#world.database.prisma;
  }

  get userId(): string {
    return this.#world.userId;
  }

  get portfolioId(): string {
    return this.#world.portfolioId;
  }

  actor() {
    return testActor(this.userId);
  }

  /** A key that nothing was asked under before. */
  key(): string {
    return `key ${(this.#made += 1)}`;
  }

  /** What the queue's workers do with all that waits to be said to the broker. */
  async send(): Promise<void> {
    const waiting = await this.prisma.order.findMany({
      where: { status: { in: ['INITIALIZED', 'MODIFY_PENDING', 'CANCEL_PENDING'] } },
      orderBy: { id: 'asc' },
    });
    for (const { id, status } of waiting) {
      if (status === 'INITIALIZED') await submitOrder(this.ports, id);
      else if (status === 'MODIFY_PENDING') await sendModification(this.ports, id);
      else await sendCancel(this.ports, id);
      await this.#expectNeverMoreThanHeld();
    }
    if (waiting.length > 0) await this.send();
  }

  /** Units of sales that the broker has and that may still execute are at most what is held. */
  async #expectNeverMoreThanHeld(): Promise<void> {
    const positions = await this.ports.store.read(({ portfolios }) =>
      portfolios.positions(this.portfolioId),
    );
    const held = positions.reduce(
      (sum, { buyQuantity, sellQuantity }) => sum + Number(buyQuantity.minus(sellQuantity)),
      0,
    );
    const sales = await this.prisma.order.findMany({ where: { side: 'SELL' } });
    const resting = sales.reduce((sum, { clientOrderId }) => {
      const state = this.broker.book.get(clientOrderId);
      if (state?.status !== 'OPEN' && state?.status !== 'TRIGGER_PENDING') return sum;
      const filled = state.executions.reduce((units, one) => units + Number(one.quantity), 0);
      return sum + Number(state.terms.quantity) - filled;
    }, 0);
    expect(resting, 'units that sales may still take off').toBeLessThanOrEqual(held);
  }

  /** A trade of the exchange, a second after what was before. */
  execution(quantity: number, price: number) {
    return {
      tradeId: `trade ${(this.#made += 1)}`,
      quantity: new Decimal(quantity),
      price: new Decimal(price),
      executedAt: new Date((this.#now += 1_000)),
    };
  }

  /** More units of an order trade, and the broker says so, twice. */
  async fill(clientOrderId: string, quantity: number, price = 100): Promise<void> {
    const { executions, terms } = this.broker.change(clientOrderId, {});
    const all = [...executions, this.execution(quantity, price)];
    const filled = all.reduce((sum, one) => sum.plus(one.quantity), new Decimal(0));
    const status = filled.equals(terms.quantity) ? 'COMPLETE' : 'OPEN';
    const state = this.broker.change(clientOrderId, { executions: all, status });
    await applyBrokerUpdate(this.ports, state);
    await applyBrokerUpdate(this.ports, state);
    await this.send();
  }

  /** An entry at 100.00 for 10 units with a stop at 95.00 and a target at 110.00, sent. */
  async bracket(input: Partial<PlaceBracketInput> = {}): Promise<OrderRecord> {
    const entry = expectOk(
      await placeBracket(this.ports, {
        ...plainTerms,
        actor: this.actor(),
        idempotencyKey: this.key(),
        ...this.#place(),
        side: 'BUY',
        type: 'LIMIT',
        price: new Decimal(100),
        quantity: new Decimal(10),
        stopPrice: new Decimal(95),
        targetPrice: new Decimal(110),
        ...input,
      }),
    );
    await this.send();
    return entry;
  }

  /** An order by hand, at the market unless it is said otherwise, sent. */
  async order(
    side: 'BUY' | 'SELL',
    quantity: number,
    terms: Partial<PlaceOrderInput> = {},
  ): Promise<OrderRecord> {
    const placed = expectOk(
      await placeOrder(this.ports, {
        ...plainTerms,
        actor: this.actor(),
        idempotencyKey: this.key(),
        ...this.#place(),
        side,
        type: 'MARKET',
        quantity: new Decimal(quantity),
        ...terms,
      }),
    );
    await this.send();
    return placed;
  }

  /** 10 units at 100.00, bought by hand. */
  async held(): Promise<void> {
    const entry = await this.order('BUY', 10);
    await this.fill(entry.clientOrderId, 10);
  }

  /** Asks for a stop for what is held by hand; not sent yet. */
  setStop(stopPrice: number | null = 95, stopPercent: number | null = null) {
    return setProtectiveStop(this.ports, {
      actor: this.actor(),
      ...this.#place(),
      stopPrice: stopPrice === null ? null : new Decimal(stopPrice),
      stopPercent: stopPercent === null ? null : new Decimal(stopPercent),
      targetPrice: null,
    });
  }

  /** Asks for the whole position to be left; not sent yet. */
  leave() {
    return exitPosition(this.ports, {
      actor: this.actor(),
      idempotencyKey: this.key(),
      ...this.#place(),
      quantity: null,
    });
  }

  /** The last price trades at each of these in turn, and what follows is sent. */
  async trade(...prices: number[]): Promise<void> {
    const heard = () => Promise.resolve();
    const watch = new ProtectionWatch(this.ports, this.#lease, [this.#instrumentId], heard);
    await watch.hear(
      prices.map((price) => ({ instrument: 0, time: (this.#now += 1_000), price, volume: null })),
      opening,
    );
    await this.send();
  }

  async statusOf(id: string) {
    return (await this.prisma.order.findUniqueOrThrow({ where: { id } })).status;
  }

  /** The only protection. */
  protection() {
    return this.prisma.protection.findFirstOrThrow();
  }

  /** The protections' exits in short, oldest first: `SL_M 10 ACCEPTED`. */
  async exits(): Promise<readonly string[]> {
    const found = await this.prisma.order.findMany({
      where: { protects: { isNot: null } },
      orderBy: { id: 'asc' },
    });
    return found.map(({ type, quantity, status }) => `${type} ${Number(quantity)} ${status}`);
  }

  lastExit() {
    return this.prisma.order.findFirstOrThrow({
      where: { protects: { isNot: null } },
      orderBy: { id: 'desc' },
    });
  }

  /** What the user was told as an error, in full. */
  async alerts(): Promise<readonly string[]> {
    const told = await this.prisma.notification.findMany({ where: { level: 'ERROR' } });
    return told.map(({ title, body }) => `${title}. ${body}`);
  }

  #place() {
    const [portfolioId, instrumentId] = [this.portfolioId, this.#instrumentId];
    return { portfolioId, instrumentId, product: 'MIS' as const };
  }
}

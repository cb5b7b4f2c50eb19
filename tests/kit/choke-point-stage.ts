import { Decimal } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { RunWalks } from '@nandax/app/agents/run-walks.ts';
import { GttWatch } from '@nandax/app/gtt/watch-gtts.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import type { Store, StoreTransaction } from '@nandax/app/ports/store.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { testActor } from '../setup/accounts.ts';
import { ScriptedBroker } from './scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from './trading-world.ts';

/** Enters on every bar that it may, and never leaves by a rule. */
const alwaysIn = [
  'capital_per_trade 10000',
  'long entry when close > 0',
  'long exit when close < 0',
].join('\n');

/** Who is shut, and how far. */
export interface Shutter {
  readonly scope: 'PLATFORM' | 'USER' | 'PORTFOLIO';
  readonly state: TradingState;
}

/** Market time of the stage: 09:20 of 9 July 2019, YESBANK at 95. */
export const stageTime = new Date('2019-07-09T09:20:00+05:30');

/**
 * A trader, an agent and a broker that writes down what it is asked for: where order paths are
 * driven, one after the other, each from a clean book.
 */
export class ChokePointStage {
  broker = new ScriptedBroker();
  readonly ports: TradingPorts & { readonly walks: RunWalks };
  readonly actor: AccountActor;
  /** The stack by which each order was written down. */
  readonly writtenBy: string[] = [];
  #made = 0;

  private constructor(
    readonly world: TradingWorld,
    readonly instrumentId: string,
    readonly agent: { readonly agentId: string; readonly runId: string },
    readonly gtts: GttWatch,
  ) {
    this.actor = testActor(world.userId);
    const { ports } = world;
    this.ports = {
      ...ports,
      store: this.#watched(ports.store),
      brokers: { of: () => this.broker },
      walks: new RunWalks(ports.history, ports.clock),
    };
  }

  static async open(): Promise<ChokePointStage> {
    const world = await createTradingWorld();
    const { prisma } = world.database;
    const { portfolioId, ports } = world;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    const instrumentId = await world.instrument('YESBANK');
    await prisma.portfolio.update({ where: { id: portfolioId }, data: { feedId } });
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: stageTime } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time: stageTime } });
    const strategyId = await world.strategy(alwaysIn, 'ONE_MINUTE', ['YESBANK']);
    const agent = await world.startAgent(strategyId, feedId);
    const lease = await ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
    );
    if (lease === null) throw new Error('the lease must be free');
    const stage = (gtts: GttWatch) => new ChokePointStage(world, instrumentId, agent, gtts);
    // The watch and the stage's ports know each other: it needs them only when a tick comes.
    const late: { stage: ChokePointStage | null } = { stage: null };
    const portsLater = new Proxy({} as TradingPorts, {
      get: (_, name) => Reflect.get(late.stage?.ports ?? ports, name) as unknown,
    });
    late.stage = stage(new GttWatch(portsLater, lease, [instrumentId], () => Promise.resolve()));
    return late.stage;
  }

  get portfolioId(): string {
    return this.world.portfolioId;
  }

  /** A key that was not used before. */
  key(): string {
    return `drive ${(this.#made += 1)}`;
  }

  /** What a person orders by hand: 10 at the market, unless it is told otherwise. */
  order(terms: Partial<PlaceOrderInput> = {}) {
    return placeOrder(this.ports, {
      ...plainTerms,
      actor: this.actor,
      idempotencyKey: this.key(),
      portfolioId: this.portfolioId,
      instrumentId: this.instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(10),
      ...terms,
    });
  }

  /** Lets the portfolio hold 100 units of a person's own, or of the agent's run. */
  async hold({
    by = 'HAND',
    product = 'MIS',
  }: { readonly by?: 'HAND' | 'AGENT'; readonly product?: Product } = {}): Promise<void> {
    const entry = expectOk(await this.order({ quantity: new Decimal(100), product }));
    if (by === 'AGENT') {
      const data = { runId: this.agent.runId };
      await this.world.database.prisma.order.update({ where: { id: entry.id }, data });
    }
    await submitOrder(this.ports, entry.id);
    const executions = [
      {
        tradeId: entry.id,
        quantity: entry.quantity,
        price: new Decimal(95),
        executedAt: stageTime,
      },
    ];
    const { clientOrderId } = entry;
    const filled = this.broker.change(clientOrderId, { status: 'COMPLETE', executions });
    await applyBrokerUpdate(this.ports, filled);
  }

  /** An order that rests at the broker. */
  async rest(terms: Partial<PlaceOrderInput> = {}): Promise<OrderRecord> {
    const limit = { type: 'LIMIT', price: new Decimal(94), ...terms } as const;
    const order = expectOk(await this.order(limit));
    await submitOrder(this.ports, order.id);
    return order;
  }

  /** Does what the workers of the trading queue do, until nothing is left to send. */
  async deliver(): Promise<void> {
    const { prisma } = this.world.database;
    const tried = new Set<string>();
    for (;;) {
      const waiting = await prisma.order.findMany({
        where: { status: { in: ['INITIALIZED', 'MODIFY_PENDING', 'CANCEL_PENDING'] } },
        orderBy: { clientOrderId: 'asc' },
      });
      const fresh = waiting.filter(({ id, status }) => !tried.has(`${id} ${status}`));
      const [{ id, status } = { id: null, status: null }] = fresh;
      if (id === null) return;
      // A leg whose turn has not come stays as it is; it is looked at again after the one before.
      if (status === 'INITIALIZED') {
        await submitOrder(this.ports, id);
        const after = await prisma.order.findUniqueOrThrow({ where: { id } });
        if (after.status === 'INITIALIZED') tried.add(`${id} ${status}`);
        else tried.clear();
        continue;
      }
      tried.add(`${id} ${status}`);
      if (status === 'MODIFY_PENDING') await sendModification(this.ports, id);
      else await sendCancel(this.ports, id);
    }
  }

  async shut({ scope, state }: Shutter): Promise<void> {
    const scopeId = {
      PLATFORM: platformScopeId,
      USER: this.world.userId,
      PORTFOLIO: this.portfolioId,
    }[scope];
    const data = { state, updatedAt: new Date() };
    await this.world.database.prisma.tradingState.upsert({
      where: { scope_scopeId_cause: { scope, scopeId, cause: 'KILL_SWITCH' } },
      create: { scope, scopeId, ...data },
      update: data,
    });
  }

  /** Everything as it was at the beginning: nothing held, nothing waiting, trading open. */
  async reset(): Promise<void> {
    const { prisma } = this.world.database;
    const { agentId, runId } = this.agent;
    await prisma.tradingState.updateMany({ data: { state: 'ACTIVE' } });
    await prisma.gtt.deleteMany();
    await prisma.protectionOrder.deleteMany();
    await prisma.protection.deleteMany();
    await prisma.order.updateMany({ data: { status: 'CANCELLED', agentDecisionId: null } });
    await prisma.agentDecision.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.position.deleteMany();
    await prisma.instrument.update({
      where: { id: this.instrumentId },
      data: { freezeQuantity: null },
    });
    await prisma.agent.update({
      where: { id: agentId },
      data: { status: 'RUNNING', currentRunId: runId },
    });
    await prisma.run.update({ where: { id: runId }, data: { status: 'RUNNING', endedAt: null } });
    this.broker = new ScriptedBroker();
    this.writtenBy.length = 0;
  }

  close(): Promise<void> {
    return this.world.close();
  }

  /** The store, with an eye on who writes orders down. */
  #watched(store: Store): Store {
    const insert =
      (rows: StoreTransaction): StoreTransaction['orders']['insert'] =>
      (...order) => {
        const limit = Error.stackTraceLimit;
        Error.stackTraceLimit = 100;
        this.writtenBy.push(new Error().stack ?? '');
        Error.stackTraceLimit = limit;
        return rows.orders.insert(...order);
      };
    return {
      ...store,
      transaction: (work) =>
        store.transaction((rows) =>
          work({ ...rows, orders: { ...rows.orders, insert: insert(rows) } }),
        ),
    };
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { exact } from '@nandax/adapters/prisma/trading/exact.ts';
import { brokerFaults } from '../kit/broker/faults.ts';
import { startBroker, type BrokerProcess } from '../kit/broker/start-broker.ts';
import { Coverage } from '../kit/simulation/coverage.ts';
import {
  isAtRest,
  judge,
  nothingWatched,
  type AnsweredOrder,
  type Outcome,
} from '../kit/simulation/judge.ts';
import { killsBefore, orderSteps, stepsWithoutWord } from '../kit/simulation/steps.ts';
import { openMarket } from '../kit/open-market.ts';
import { createTradingWorld, type TradingWorld } from '../kit/trading-world.ts';
import type { AskedOrder, Report } from './errand.ts';
import { startDoomedWorker, type DoomedWorker } from './start-doomed-worker.ts';

/** What many kills left. */
export interface KillsReport {
  readonly coverage: Coverage;
  readonly kills: number;
  readonly orders: number;
  /** What is wrong; empty: nothing. */
  readonly problems: readonly string[];
}

/** Rupees that YESBANK is at. */
const price = 93.5;
/** Few kills, too, are to fall on all parts of the way: from this step on, in strides through all. */
const firstStep = 16;
const stride = 17;

/** Milliseconds in which a step comes, if it comes at all. */
const stepWithinMs = 12_000;
/** Goes at a step before it counts as one that never comes: a fault strikes every other call. */
const goes = 12;
/** Milliseconds in which all must have come to rest at the end. */
const restWithinMs = 300_000;
/** Reconciliation looks at orders that have waited for fifteen seconds. */
const agedByMs = 16_000;

/**
 * Kills `count` workers, step after step and fault after fault, with SIGKILL and one after the other
 * on one database, queue and broker; then lets a worker live and judges what is there.
 */
export async function playKills(redisUrl: string | undefined, count: number): Promise<KillsReport> {
  const story = await KillStory.begin(redisUrl);
  try {
    for (let kill = 0; kill < count; kill += 1) await story.killNext(kill);
    return await story.end();
  } finally {
    await story.close();
  }
}

class KillStory {
  readonly #coverage = new Coverage(orderSteps);
  readonly #told = {
    answered: new Array<AnsweredOrder>(),
    cancelled: new Array<string>(),
    gtts: [],
  };
  readonly #errors: string[] = [];
  /** Placed by nobody's answer yet: the next worker is asked again, with the same key. */
  #unanswered: AskedOrder[] = [];
  #asked = 0;
  #kills = 0;
  #next: Promise<DoomedWorker>;

  private constructor(
    private readonly world: TradingWorld,
    private readonly broker: BrokerProcess,
    private readonly instrumentId: string,
  ) {
    this.#next = this.#start();
  }

  static async begin(redisUrl: string | undefined): Promise<KillStory> {
    const world = await createTradingWorld(redisUrl);
    const instrumentId = await world.instrument('YESBANK');
    await world.database.prisma.instrument.update({
      where: { id: instrumentId },
      data: { freezeQuantity: 110 },
    });
    const marketTime = await openMarket(world, 'YESBANK', price.toFixed(2));
    const broker = await startBroker({
      instrument: { id: instrumentId, tickSize: 0.05 },
      price,
      marketTime,
    });
    return new KillStory(world, broker, instrumentId);
  }

  /** Kills at the step and under the fault whose turn it is; a step that does not come is tried again. */
  async killNext(number: number): Promise<void> {
    const step = orderSteps[(firstStep + number * stride) % orderSteps.length] ?? '';
    const round = Math.floor(number / orderSteps.length);
    const fault = brokerFaults[(number + round) % brokerFaults.length] ?? 'NONE';
    await this.broker.setFault(fault);
    for (let go = 0; go < goes; go += 1) {
      const way = [...(killsBefore[step] ?? []).slice(0, 1), step];
      let reached = true;
      for (const dies of way) {
        if (dies.startsWith('reconcile: ')) await this.#age();
        reached = reached && (await this.#killAt(dies));
      }
      if (!reached) continue;
      this.#coverage.count(step, fault);
      return;
    }
    this.#errors.push(`"${step}" under ${fault} was not reached in ${goes} goes`);
  }

  /** Heals the line, lets one worker live until all is at rest, and judges. */
  async end(): Promise<KillsReport> {
    await this.broker.setFault('NONE');
    const worker = await this.#next;
    worker.send({ diesAt: null, orders: this.#unanswered });
    const deadline = Date.now() + restWithinMs;
    for (;;) {
      // Asked first: what is answered between the readings may have changed what was read.
      const answered = this.#unanswered.length === 0;
      const [outcome, book] = [await readOutcome(this.world), await this.broker.truth()];
      const done = answered && isAtRest(outcome, book);
      if (done || Date.now() > deadline) {
        const problems = [...judge(outcome, book, this.#told), ...this.#errors];
        return { coverage: this.#coverage, kills: this.#kills, orders: this.#asked, problems };
      }
      await pause(250);
    }
  }

  async close(): Promise<void> {
    await (await this.#next).kill();
    await this.broker.stop();
    await this.world.close();
  }

  async #killAt(step: string): Promise<boolean> {
    const worker = await this.#next;
    this.#unanswered.push(this.#newOrder(/^(change|send): /.test(step)));
    const deafToChanges = stepsWithoutWord.has(step);
    worker.send({ diesAt: step, deafToChanges, orders: [...this.#unanswered] });
    // The next one gets ready while this one goes to its death.
    const next = this.#start();
    const died = await worker.died(stepWithinMs);
    if (died) this.#kills += 1;
    else await worker.kill();
    this.#next = next;
    return died;
  }

  #start(): Promise<DoomedWorker> {
    const { database, redisUrl } = this.world;
    const where = { databaseUrl: database.url, redisUrl, brokerUrl: this.broker.url };
    return startDoomedWorker(where, (report) => this.#hear(report));
  }

  #hear(report: Report): void {
    if ('error' in report) this.#errors.push(report.error);
    if (!('placed' in report)) return;
    const { placed, orderId, cancelled } = report;
    this.#told.answered.push({ input: placed, orderId });
    if (cancelled) this.#told.cancelled.push(orderId);
    this.#unanswered = this.#unanswered.filter(
      ({ idempotencyKey }) => idempotencyKey !== placed.idempotencyKey,
    );
  }

  /** Steps of changes need an order that rests. */
  #newOrder(rests: boolean): AskedOrder {
    this.#asked += 1;
    const side = this.#asked % 2 === 0 ? 'SELL' : 'BUY';
    const until = this.#asked % 3 === 0 ? 'MODIFIED' : 'CANCELLED';
    const { userId, portfolioId } = this.world;
    return {
      idempotencyKey: `key-${this.#asked}`,
      userId,
      portfolioId,
      instrumentId: this.instrumentId,
      side,
      // Above the freeze quantity it leaves in two slices.
      quantity: this.#asked % 3 === 0 ? 120 : 10,
      basketWith: !rests && this.#asked % 4 === 0 ? [5, 20] : null,
      // The market keeps within a rupee of its price.
      rests: rests ? { at: price + (side === 'BUY' ? -3 : 3), until } : null,
    };
  }

  /** Lets the orders that wait for the broker be old enough for reconciliation. */
  async #age(): Promise<void> {
    await this.world.database.prisma.$executeRaw`
      UPDATE "Order" SET "updatedAt" = "updatedAt" - make_interval(secs => ${agedByMs / 1000})
      WHERE "status" IN ('INITIALIZED', 'SUBMITTED', 'UNKNOWN')`;
  }
}

async function readOutcome({ database, ports, portfolioId }: TradingWorld): Promise<Outcome> {
  const { prisma } = database;
  const ids = await prisma.order.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  const orders = await ports.store.read((rows) =>
    Promise.all(ids.map(({ id }) => rows.orders.find(id))),
  );
  const ledger = await prisma.ledgerEntry.groupBy({
    by: ['transactionId'],
    _sum: { amount: true },
  });
  return {
    orders: orders.filter((order) => order !== null),
    fills: (await prisma.fill.findMany()).map(({ orderId, tradeId, quantity, price }) => ({
      orderId,
      tradeId,
      quantity: exact(quantity),
      price: exact(price),
    })),
    positions: await ports.store.read((rows) => rows.portfolios.positions(portfolioId)),
    ledger: ledger.map(({ transactionId, _sum }) => ({
      reference: transactionId,
      lines: [{ amount: exact(_sum.amount ?? 0) }],
    })),
    events: await prisma.event.findMany({ select: { sequence: true, publishedAt: true } }),
    ...nothingWatched,
  };
}

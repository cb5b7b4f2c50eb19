import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import { Decimal } from 'decimal.js';
import { applyBrokerUpdate, type UpdatePorts } from '../orders/apply-broker-update.ts';
import type { BrokerExecution } from '../ports/broker.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { InstrumentRecord } from '../records.ts';

type Execution = BrokerExecution & { readonly clientOrderId: string };

/**
 * The matching side of the simulated exchange, run by the owner of a feed on its full stream of
 * ticks. Its books are in the database; the kernel holds what rests in them. An execution's trade
 * id follows from its order, so a minute that is played again after a crash books nothing twice.
 */
export class PaperExchange {
  readonly #ports: UpdatePorts;
  readonly #lease: FeedLease;
  readonly #kernel: FillKernel;
  readonly #indexOfInstrument: ReadonlyMap<string, number>;
  /** Kernel index of each order that rests. */
  readonly #resting = new Map<number, { clientOrderId: string; eligibleFrom: number }>();
  readonly #known = new Set<string>();

  constructor(ports: UpdatePorts, lease: FeedLease, instruments: readonly InstrumentRecord[]) {
    this.#ports = ports;
    this.#lease = lease;
    this.#kernel = new FillKernel({
      tickSizes: instruments.map(({ tickSize }) => tickSize.toNumber()),
    });
    this.#indexOfInstrument = new Map(instruments.map(({ id }, index) => [id, index]));
  }

  /** Takes orders that were entered since the last look. */
  async takeOrders(): Promise<void> {
    const orders = await this.#ports.store.read(({ exchange }) =>
      exchange.resting(this.#lease.feedId),
    );
    for (const order of orders) {
      const instrument = this.#indexOfInstrument.get(order.instrumentId);
      if (this.#known.has(order.clientOrderId) || instrument === undefined) continue;
      this.#known.add(order.clientOrderId);
      const eligibleFrom = order.eligibleFrom.getTime();
      const index = this.#kernel.addMarketOrder(
        instrument,
        order.side === 'BUY' ? 1 : -1,
        order.quantity.minus(order.filledQuantity).toNumber(),
        eligibleFrom,
      );
      this.#resting.set(index, { clientOrderId: order.clientOrderId, eligibleFrom });
    }
  }

  /** Lets ticks meet the resting orders, books the executions and reports them. */
  async match(ticks: readonly Tick[]): Promise<void> {
    if (this.#kernel.workingCount === 0) return;
    for (const { instrument, time, price } of ticks)
      this.#kernel.matchTick(instrument, time, price);
    const executions = this.#takeExecutions();
    if (executions.length === 0) return;
    await this.#ports.store.transaction(async ({ feeds, exchange }) => {
      await feeds.assertLease(this.#lease);
      await exchange.execute(executions, this.#ports.clock.now());
    });
    await this.#report(new Set(executions.map(({ clientOrderId }) => clientOrderId)));
  }

  /** Ends what could have traded in a session and met no price until its close (epoch ms). */
  async closeSession(close: number): Promise<void> {
    for (const [index, { eligibleFrom }] of this.#resting) {
      if (eligibleFrom >= close) continue;
      this.#kernel.cancel(index);
      this.#resting.delete(index);
    }
    // By the books, which also hold what was entered after the last tick and never taken.
    const lapsed = await this.#ports.store.transaction(async ({ feeds, exchange }) => {
      await feeds.assertLease(this.#lease);
      const reason = 'No trade before the close of the session.';
      return exchange.lapse(this.#lease.feedId, new Date(close), reason);
    });
    await this.#report(lapsed);
  }

  /** Reports what the exchange's books show and ours do not: what a crash cut off. */
  async reportMissed(): Promise<void> {
    await this.#report(
      await this.#ports.store.read(({ exchange }) => exchange.unreported(this.#lease.feedId)),
    );
  }

  #takeExecutions(): Execution[] {
    const { fills } = this.#kernel;
    const executions: Execution[] = [];
    for (let row = 0; row < fills.length; row += 1) {
      const index = fills.order[row] ?? -1;
      const order = this.#resting.get(index);
      if (order === undefined) throw new Error(`order ${index} is not resting`);
      executions.push({
        clientOrderId: order.clientOrderId,
        // Market orders fill in full, so an order has one execution.
        tradeId: `T${order.clientOrderId}-1`,
        quantity: new Decimal(fills.quantity[row] ?? NaN),
        price: new Decimal(fills.price[row] ?? NaN),
        executedAt: new Date(fills.time[row] ?? NaN),
      });
      this.#resting.delete(index);
    }
    this.#kernel.clearFills();
    return executions;
  }

  async #report(clientOrderIds: Iterable<string>): Promise<void> {
    for (const clientOrderId of clientOrderIds) {
      const state = await this.#ports.store.read(({ exchange }) => exchange.state(clientOrderId));
      if (state !== null) await applyBrokerUpdate(this.#ports, state);
    }
  }
}

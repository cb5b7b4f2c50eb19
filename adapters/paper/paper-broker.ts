import type {
  Broker,
  BrokerOrder,
  LookupOutcome,
  PlacementOutcome,
} from '@nandax/app/ports/broker.ts';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Store } from '@nandax/app/ports/store.ts';
import type { Clock } from '@nandax/app/ports/world.ts';

/**
 * The counter of the simulated exchange: orders are entered in its own order book in the database,
 * where the owner of the feed matches them. The book takes one client order id once.
 */
export class PaperBroker implements Broker {
  readonly placesOnce = true;

  constructor(private readonly ports: { store: Store; clock: Clock; bus: Bus }) {}

  async place(order: BrokerOrder): Promise<PlacementOutcome> {
    const { store, clock, bus } = this.ports;
    const { feedId, clientOrderId } = order;
    if (feedId === null) {
      return { kind: 'REJECTED', reason: 'The portfolio follows no market feed.' };
    }
    if (order.type !== 'MARKET') {
      return {
        kind: 'REJECTED',
        reason: `The simulated exchange takes no ${order.type} orders yet.`,
      };
    }
    const brokerOrderId = `P${clientOrderId}`;
    const entered = await store.transaction(({ exchange }) =>
      exchange.enter({ ...order, feedId }, brokerOrderId, clock.now()),
    );
    if (!entered) return { kind: 'REJECTED', reason: 'The replay has ended.' };
    await bus.publish(`feed.${feedId}`, {});
    return { kind: 'ACCEPTED', brokerOrderId };
  }

  async lookUp(clientOrderId: string): Promise<LookupOutcome> {
    const state = await this.ports.store.read(({ exchange }) => exchange.state(clientOrderId));
    return state === null ? { kind: 'ABSENT' } : { kind: 'FOUND', state };
  }
}

import type {
  Broker,
  BrokerAccount,
  BrokerDirectory,
  BrokerOrder,
  FundsOutcome,
  LookupOutcome,
  OrderBookOutcome,
  PlacementOutcome,
  PositionsOutcome,
  RequestOutcome,
} from '@nandax/app/ports/broker.ts';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Store } from '@nandax/app/ports/store.ts';
import type { Clock } from '@nandax/app/ports/world.ts';

interface PaperPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: Bus;
}

/** The simulated exchange for every portfolio. */
export function paperBrokers(ports: PaperPorts): BrokerDirectory {
  const broker = new PaperBroker(ports);
  return { of: () => broker };
}

/**
 * The counter of the simulated exchange: orders are entered in its own order book in the database,
 * where the owner of the feed matches them. The book takes one client order id once.
 */
class PaperBroker implements Broker {
  readonly placesOnce = true;

  constructor(private readonly ports: PaperPorts) {}

  async place(order: BrokerOrder): Promise<PlacementOutcome> {
    const { store, clock, bus } = this.ports;
    const { feedId, clientOrderId, type, variety, validity } = order;
    if (feedId === null) {
      return { kind: 'REJECTED', reason: 'The portfolio follows no market feed.' };
    }
    if (type !== 'MARKET') {
      return { kind: 'REJECTED', reason: `The simulated exchange takes no ${type} orders.` };
    }
    if (variety !== 'REGULAR' || validity !== 'DAY') {
      const asked = `${variety} orders for ${validity}`;
      return { kind: 'REJECTED', reason: `The simulated exchange takes no ${asked}.` };
    }
    const brokerOrderId = `P${clientOrderId}`;
    const entered = await store.transaction(({ exchange }) =>
      exchange.enter({ ...order, feedId }, brokerOrderId, clock.now()),
    );
    if (!entered) return { kind: 'REJECTED', reason: 'The replay has ended.' };
    await bus.publish(`feed.${feedId}`, {});
    return { kind: 'ACCEPTED', brokerOrderId };
  }

  modify(): Promise<RequestOutcome> {
    const reason = 'The simulated exchange changes no orders.';
    return Promise.resolve({ kind: 'REJECTED', reason });
  }

  cancel(): Promise<RequestOutcome> {
    const reason = 'The simulated exchange takes no orders back.';
    return Promise.resolve({ kind: 'REJECTED', reason });
  }

  async lookUp(clientOrderId: string): Promise<LookupOutcome> {
    const state = await this.ports.store.read(({ exchange }) => exchange.state(clientOrderId));
    return state === null ? { kind: 'ABSENT' } : { kind: 'FOUND', state };
  }

  async orderBook({ id }: BrokerAccount): Promise<OrderBookOutcome> {
    const orders = await this.ports.store.read(({ exchange }) => exchange.book(id));
    return { kind: 'READ', orders };
  }

  async positions({ id }: BrokerAccount): Promise<PositionsOutcome> {
    const positions = await this.ports.store.read(({ exchange }) => exchange.positions(id));
    return { kind: 'READ', positions };
  }

  funds(): Promise<FundsOutcome> {
    const reason = 'The simulated exchange keeps no money; the ledger does.';
    return Promise.resolve({ kind: 'FAILED', reason });
  }
}

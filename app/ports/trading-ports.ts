import type { BrokerDirectory } from './broker.ts';
import type { Bus } from './bus.ts';
import type { JobQueue } from './queue.ts';
import type { History, Store } from './store.ts';
import type { TrafficLedger } from './traffic.ts';
import type { Clock, IdSource, Log } from './world.ts';

/** What the trading use-cases need from the world; each takes the part it uses. */
export interface TradingPorts {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly store: Store;
  readonly history: History;
  readonly queue: JobQueue;
  readonly bus: Bus;
  readonly brokers: BrokerDirectory;
  readonly traffic: TrafficLedger;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BrokerFault } from './faults.ts';
import type { BookedOrder, ListedInstrument } from './stand-in-broker.ts';
import { readBooked, type Written } from './wire.ts';

/** The broker in a process of its own. */
export interface BrokerProcess {
  readonly url: string;
  /** What is wrong with its line from now on. */
  setFault(fault: BrokerFault): Promise<void>;
  /** Its own book, whatever its line is like. */
  truth(): Promise<readonly BookedOrder[]>;
  /** Every order that came, whatever became of it, by the broker's clock in epoch milliseconds. */
  arrivals(): Promise<readonly { readonly clientOrderId: string; readonly arrivedAt: number }[]>;
  stop(): Promise<void>;
}

/** Starts a broker that trades one instrument around `price` rupees. */
export async function startBroker(settings: {
  readonly instrument: ListedInstrument;
  readonly price: number;
  readonly marketTime: number;
}): Promise<BrokerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/kit/broker/broker-process.ts'], {
    env: { ...process.env, BROKER: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${port.toString().trim()}`;
  return {
    url,
    async setFault(fault) {
      await fetch(`${url}/fault/${fault}`);
    },
    async truth() {
      const response = await fetch(`${url}/truth`);
      return ((await response.json()) as Written<BookedOrder>[]).map(readBooked);
    },
    async arrivals() {
      const response = await fetch(`${url}/arrivals`);
      return (await response.json()) as { clientOrderId: string; arrivedAt: number }[];
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

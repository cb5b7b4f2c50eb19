import type {
  Broker,
  BrokerDirectory,
  BrokerOrderState,
  BrokerTraffic,
  LookupOutcome,
  PlacementOutcome,
  RequestOutcome,
} from '@nandax/app/ports/broker.ts';
import {
  positionsOf,
  type BookedOrder,
  type BrokerAnswer,
  type ChangeAnswer,
} from './stand-in-broker.ts';
import { readBooked, type Written } from './wire.ts';
import { positionOf } from './position-of.ts';

/** Milliseconds that a caller waits where nothing else is said. */
const usualTimeoutMs = 700;

const noAnswer = { kind: 'FAILED', reason: 'The broker gave no answer.' } as const;
const silence = { kind: 'TIMED_OUT', reason: 'The broker gave no answer.' } as const;

/** The broker's process, as the product sees a broker: what is no answer is TIMED_OUT or FAILED. */
export function httpBrokers(
  url: string,
  {
    traffic,
    timeoutMs = usualTimeoutMs,
  }: { readonly traffic?: BrokerTraffic; readonly timeoutMs?: number } = {},
): BrokerDirectory {
  const ask = (address: string, request: RequestInit = {}) => askIn(timeoutMs, address, request);
  const readBook = async (): Promise<readonly BookedOrder[] | null> => {
    const answer = await ask(`${url}/orders`);
    return answer === null ? null : (answer.value as Written<BookedOrder>[]).map(readBooked);
  };
  const broker: Broker = {
    placesOnce: true,
    traffic: traffic ?? null,
    async place(order): Promise<PlacementOutcome> {
      const body = JSON.stringify({ ...order, executions: undefined });
      const answer = await ask(`${url}/orders`, { method: 'POST', body });
      return (answer?.value as BrokerAnswer | undefined) ?? silence;
    },
    async modify({ brokerOrderId }, terms): Promise<RequestOutcome> {
      const request = { method: 'PUT', body: JSON.stringify(terms) };
      const answer = await ask(`${url}/orders/${brokerOrderId}`, request);
      return (answer?.value as ChangeAnswer | undefined) ?? silence;
    },
    async cancel({ brokerOrderId }): Promise<RequestOutcome> {
      const answer = await ask(`${url}/orders/${brokerOrderId}`, { method: 'DELETE' });
      return (answer?.value as ChangeAnswer | undefined) ?? silence;
    },
    async lookUp(clientOrderId): Promise<LookupOutcome> {
      const answer = await ask(`${url}/orders/${clientOrderId}`);
      if (answer === null) return noAnswer;
      const value = answer.value as Written<BookedOrder> | null;
      return value === null ? { kind: 'ABSENT' } : { kind: 'FOUND', state: readBooked(value) };
    },
    async orderBook() {
      const book = await readBook();
      return book === null ? noAnswer : { kind: 'READ', orders: book };
    },
    async positions() {
      const book = await readBook();
      if (book === null) return noAnswer;
      return { kind: 'READ', positions: [...positionsOf(book)].map(positionOf) };
    },
    funds: () => Promise.resolve(noAnswer),
  };
  return { of: () => broker };
}

/** Hands every word of the broker that can be read to `hear`, from those that it has on. */
export async function listen(url: string, hear: (word: BrokerOrderState) => void): Promise<void> {
  const { body } = await fetch(`${url}/words`);
  if (body === null) throw new Error('the broker says nothing');
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const word = parsed(line);
      if (word !== null) hear(readBooked(word.value as Written<BookedOrder>));
    }
  }
}

/** Null: no answer in time, or none that can be read. */
async function askIn(
  timeoutMs: number,
  url: string,
  request: RequestInit,
): Promise<{ readonly value: unknown } | null> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? parsed(await response.text()) : null;
  } catch {
    return null;
  }
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

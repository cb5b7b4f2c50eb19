import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

interface OrderUpdate {
  readonly occurredAt: string;
  readonly type: string;
  readonly order: { readonly id: string };
}

/** What a subscriber sees of orders; milliseconds. */
export interface OrderWatch {
  /** From an order's passing the door to its being marked as sent, which is just before the call. */
  readonly placedToSent: readonly number[];
  /** From the broker's word, as booked, to the subscriber. */
  readonly acceptedToSubscriber: readonly number[];
  /** Resolves with the moment (`performance.now()`) at which the acceptance of an order was seen. */
  accepted(orderId: string): Promise<number>;
  stop(): Promise<void>;
}

/** Subscribes to the orders of whoever the headers name. */
export function watchOrders(apiUrl: string, headers: Readonly<Record<string, string>>): OrderWatch {
  const placedToSent: number[] = [];
  const acceptedToSubscriber: number[] = [];
  const placedAt = new Map<string, number>();
  const seen = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const see = ({ type, occurredAt, order: { id } }: OrderUpdate): void => {
    const at = Date.parse(occurredAt);
    if (type === 'ORDER_INITIALIZED') placedAt.set(id, at);
    if (type === 'ORDER_SUBMITTED') placedToSent.push(at - (placedAt.get(id) ?? NaN));
    if (type !== 'ORDER_ACCEPTED') return;
    acceptedToSubscriber.push(Date.now() - at);
    seen.set(id, performance.now());
    waiting.get(id)?.(performance.now());
  };
  const client = createClient({
    url: apiUrl.replace('http', 'ws'),
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers });
      }
    },
  });
  const unsubscribe = client.subscribe<{ orderUpdates: OrderUpdate }>(
    { query: 'subscription { orderUpdates { occurredAt type order { id } } }' },
    {
      next({ data }) {
        if (data?.orderUpdates !== undefined) see(data.orderUpdates);
      },
      error: (error) => {
        throw new Error(JSON.stringify(error));
      },
      complete: () => undefined,
    },
  );
  return {
    placedToSent,
    acceptedToSubscriber,
    async accepted(orderId) {
      return seen.get(orderId) ?? new Promise((resolve) => waiting.set(orderId, resolve));
    },
    async stop() {
      unsubscribe();
      await client.dispose();
    },
  };
}

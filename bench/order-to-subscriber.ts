/**
 * How long an order takes: from the mutation to its answer, and from its acceptance by the simulated
 * exchange to the event in a subscriber's hands, over a socket. The whole product runs, as `npm start`
 * runs it. Beside it, in the same run, the barest request the same API answers (`{ __typename }`).
 *
 *   node --import tsx bench/order-to-subscriber.ts          queue and bus on PostgreSQL
 *   REDIS_URL=redis://... node --import tsx bench/order-to-subscriber.ts
 */
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { startProduct, type Product } from '../tests/kit/product.ts';
import { inMs, percentile } from './percentiles.ts';

const orderCount = 200;

/** One line of the table; milliseconds. */
export interface Latency {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  /** Median over the median of the barest request of the same run. */
  readonly ratio: number;
}

class Session {
  #cookie = '';

  constructor(private readonly product: Product) {}

  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const response = await fetch(this.product.apiUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      body: JSON.stringify({ query, variables }),
    });
    const set = response.headers.get('set-cookie')?.split(';')[0];
    if (set !== undefined) this.#cookie = set;
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  get headers(): Record<string, string> {
    return { cookie: this.#cookie };
  }
}

export async function measureOrders(redisUrl: string | undefined): Promise<readonly Latency[]> {
  const product = await startProduct(redisUrl === undefined ? {} : { redisUrl });
  try {
    return await measure(product);
  } finally {
    await product.stop();
  }
}

async function measure(product: Product): Promise<readonly Latency[]> {
  const session = new Session(product);
  await session.ask(`mutation ($input: LoginInput!) { login(input: $input) { __typename } }`, {
    input: { email: 'demo@nandax.local', password: product.demoPassword },
  });
  const { instrumentId, portfolioId } = await openMarket(session);

  const bare: number[] = [];
  for (let index = 0; index < orderCount; index += 1) {
    const begun = performance.now();
    await session.ask('{ __typename }');
    bare.push(performance.now() - begun);
  }

  const answered: number[] = [];
  const acceptedToSubscriber: number[] = [];
  const placedToSubscriber: number[] = [];
  const seen = new Map<string, number>();
  let wake: () => void = () => undefined;
  const client = createClient({
    url: product.apiUrl.replace('http', 'ws'),
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: session.headers });
      }
    },
  });
  const unsubscribe = client.subscribe<{
    orderUpdates: { occurredAt: string; type: string; order: { id: string } };
  }>(
    { query: 'subscription { orderUpdates { occurredAt type order { id } } }' },
    {
      next({ data }) {
        const update = data?.orderUpdates;
        if (update?.type !== 'ORDER_ACCEPTED') return;
        acceptedToSubscriber.push(Date.now() - Date.parse(update.occurredAt));
        seen.set(update.order.id, performance.now());
        wake();
      },
      error: (error) => {
        throw new Error(JSON.stringify(error));
      },
      complete: () => undefined,
    },
  );
  // The subscription is live once the socket has acknowledged it; the first order tells.
  await new Promise((resolve) => setTimeout(resolve, 500));

  for (let index = 0; index < orderCount; index += 1) {
    const begun = performance.now();
    const { placeOrder } = await session.ask<{ placeOrder: { id: string; message?: string } }>(
      `mutation ($input: PlaceOrderInput!) {
        placeOrder(input: $input) { __typename ... on Order { id } ... on Failure { message } }
      }`,
      {
        input: {
          idempotencyKey: `bench-${index}`,
          portfolioId,
          instrumentId,
          side: 'BUY',
          type: 'MARKET',
          product: 'MIS',
          quantity: '1',
        },
      },
    );
    if (placeOrder.message !== undefined) throw new Error(placeOrder.message);
    answered.push(performance.now() - begun);
    while (!seen.has(placeOrder.id)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    placedToSubscriber.push((seen.get(placeOrder.id) ?? NaN) - begun);
  }
  unsubscribe();
  await client.dispose();

  const base = percentile(bare, 50);
  const line = (name: string, samples: readonly number[]): Latency => ({
    name,
    p50: percentile(samples, 50),
    p95: percentile(samples, 95),
    ratio: percentile(samples, 50) / base,
  });
  return [
    line('barest request', bare),
    line('order placed, answered', answered),
    line('order accepted, seen by a subscriber', acceptedToSubscriber),
    line('order placed, acceptance seen by a subscriber', placedToSubscriber),
  ];
}

/** Plays the demo's replay until there is a price, then holds it, so that orders rest. */
async function openMarket(
  session: Session,
): Promise<{ readonly instrumentId: string; readonly portfolioId: string }> {
  const found = await session.ask<{
    replaySessions: { nodes: { id: string; instruments: { id: string }[] }[] };
    portfolios: { nodes: { id: string }[] };
  }>(`{
    replaySessions { nodes { id instruments { id } } }
    portfolios { nodes { id } }
  }`);
  const [replay] = found.replaySessions.nodes;
  const [portfolio] = found.portfolios.nodes;
  const instrumentId = replay?.instruments[0]?.id;
  if (replay === undefined || portfolio === undefined || instrumentId === undefined) {
    throw new Error('the demo account has no replay');
  }
  const control = (name: string, input: object): Promise<unknown> =>
    session.ask(
      `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
        ${name}(input: $input) { __typename }
      }`,
      { input },
    );
  await control('setReplaySpeed', { id: replay.id, speed: null });
  await control('startReplay', { id: replay.id });
  for (;;) {
    const { replaySession } = await session.ask<{ replaySession: { quotes: unknown[] } }>(
      `query ($id: ID!) { replaySession(id: $id) { quotes { lastPrice } } }`,
      { id: replay.id },
    );
    if (replaySession.quotes.length > 0) break;
  }
  await control('pauseReplay', { id: replay.id });
  return { instrumentId, portfolioId: portfolio.id };
}

if (process.argv[1]?.endsWith('order-to-subscriber.ts') === true) {
  const latencies = await measureOrders(process.env['REDIS_URL'] || undefined);
  for (const { name, p50, p95, ratio } of latencies) {
    console.log(`${name.padEnd(48)} p50 ${inMs(p50)}  p95 ${inMs(p95)}  x${ratio.toFixed(1)}`);
  }
}

/**
 * How long an order takes: from the mutation to its answer, from there to the call of the broker, and
 * from the broker's word to the event in a subscriber's hands, over a socket; and how many orders a
 * second go all the way. The whole product runs, as `npm start` runs it. Beside it, in the same run,
 * the barest request the same API answers (`{ __typename }`).
 *
 *   node --import tsx bench/order-to-subscriber.ts          queue and bus on PostgreSQL
 *   REDIS_URL=redis://... node --import tsx bench/order-to-subscriber.ts
 */
import { startProduct, type Product } from '../tests/kit/product.ts';
import { watchOrders } from './order-watch.ts';
import { inMs, percentile } from './percentiles.ts';

const orderCount = 200;
/** Orders under way at a time when the rate is measured. */
const lanes = 16;

/** One line of the table; milliseconds. */
export interface Latency {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Median over the median of the barest request of the same run. */
  readonly ratio: number;
}

export interface OrderMeasurement {
  readonly latencies: readonly Latency[];
  /** Orders a second that were placed, sent and accepted, many at a time. */
  readonly perSecond: number;
  /** Barest requests a second, as many at a time, over that. */
  readonly rateRatio: number;
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

export async function measureOrders(redisUrl: string | undefined): Promise<OrderMeasurement> {
  const product = await startProduct(redisUrl === undefined ? {} : { redisUrl });
  try {
    return await measure(product);
  } finally {
    await product.stop();
  }
}

async function measure(product: Product): Promise<OrderMeasurement> {
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

  const watch = watchOrders(product.apiUrl, session.headers);
  // The subscription is live once the socket has acknowledged it; the first order tells.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const place = (key: string): Promise<string> =>
    placeOne(session, { idempotencyKey: key, portfolioId, instrumentId });

  const answered: number[] = [];
  const placedToSubscriber: number[] = [];
  for (let index = 0; index < orderCount; index += 1) {
    const begun = performance.now();
    const id = await place(`bench-${index}`);
    answered.push(performance.now() - begun);
    placedToSubscriber.push((await watch.accepted(id)) - begun);
  }
  const { placedToSent, acceptedToSubscriber } = watch;
  const base = percentile(bare, 50);
  const line = (name: string, samples: readonly number[]): Latency => ({
    name,
    p50: percentile(samples, 50),
    p95: percentile(samples, 95),
    p99: percentile(samples, 99),
    ratio: percentile(samples, 50) / base,
  });
  const latencies = [
    line('barest request', bare),
    line('order placed, answered', answered),
    line('order placed, sent to the broker', [...placedToSent]),
    line('order accepted, seen by a subscriber', [...acceptedToSubscriber]),
    line('order placed, acceptance seen by a subscriber', placedToSubscriber),
  ];

  const bareRate = await rateOf(() => session.ask('{ __typename }'));
  const perSecond = await rateOf(async (index) => watch.accepted(await place(`rate-${index}`)));
  await watch.stop();
  return { latencies, perSecond, rateRatio: bareRate / perSecond };
}

/** Times a second that `work` is done, several at a time. */
async function rateOf(work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < orderCount) {
        next += 1;
        await work(next);
      }
    }),
  );
  return (orderCount / (performance.now() - begun)) * 1_000;
}

async function placeOne(
  session: Session,
  asked: {
    readonly idempotencyKey: string;
    readonly portfolioId: string;
    readonly instrumentId: string;
  },
): Promise<string> {
  const { placeOrder } = await session.ask<{ placeOrder: { id: string; message?: string } }>(
    `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { __typename ... on Order { id } ... on Failure { message } }
    }`,
    { input: { ...asked, side: 'BUY', type: 'MARKET', product: 'MIS', quantity: '1' } },
  );
  if (placeOrder.message !== undefined) throw new Error(placeOrder.message);
  return placeOrder.id;
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
  const measured = await measureOrders(process.env['REDIS_URL'] || undefined);
  for (const { name, p50, p95, p99, ratio } of measured.latencies) {
    const figures = `p50 ${inMs(p50)}  p95 ${inMs(p95)}  p99 ${inMs(p99)}`;
    console.log(`${name.padEnd(48)} ${figures}  x${ratio.toFixed(1)}`);
  }
  const { perSecond, rateRatio } = measured;
  console.log(`orders a second: ${perSecond.toFixed(0)}  x${rateRatio.toFixed(1)}`);
}

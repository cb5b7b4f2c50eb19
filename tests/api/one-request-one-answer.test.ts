import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

interface OrderAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly price: string | null;
  readonly quantity: string;
  readonly code?: string;
  readonly limit?: string;
  readonly actual?: string;
  readonly order?: { readonly id: string };
  readonly message?: string;
  readonly orders?: readonly OrderAnswer[];
  readonly state?: string;
}

const placeOrder = `mutation ($input: PlaceOrderInput!) { answer: placeOrder(input: $input) {
  __typename ... on Order { id } ... on Failure { message }
  ... on OrderDenied { code limit actual order { id } }
} }`;
const placeBasket = `mutation ($input: PlaceBasketInput!) { answer: placeBasket(input: $input) {
  __typename ... on OrderRequest { id kind orders { id side legNumber } }
  ... on Failure { message } ... on OrderDenied { code order { id } }
} }`;
const modifyOrder = `mutation ($input: ModifyOrderInput!) { answer: modifyOrder(input: $input) {
  __typename ... on Order { id status } ... on Failure { message }
} }`;
const cancelOrder = `mutation ($input: CancelOrderInput!) { answer: cancelOrder(input: $input) {
  __typename ... on Order { id status } ... on Failure { message }
} }`;

describe('over the real API', () => {
  let world: ApiWorld;
  let worker: RunningWorker;
  let trader: Visitor & { readonly userId: string };
  let portfolioId: string;
  let instrumentId: string;

  beforeAll(async () => {
    world = await startApiWorld();
    const { prisma, url } = world.database;
    await seedReferenceData(url, { ids: world.ids, clock: systemClock });
    await prisma.tierLimits.updateMany({ data: { requestsPerMinute: 1_000_000 } });
    worker = await startWorker(
      parseEnvironment({
        DATABASE_URL: url,
        NANDAX_KEY_RING: testKeyRing,
        NANDAX_HOME: testHome,
        LOG_LEVEL: 'error',
      }),
    );
    trader = await world.register('trader');
    const { instruments, datasets } = await ask<Record<string, { nodes: { id: string }[] }>>(
      '{ instruments(search: "yesb") { nodes { id } } datasets { nodes { id } } }',
    );
    instrumentId = instruments?.nodes[0]?.id ?? '';
    const { answer: replay } = await ask<{ answer: { id: string } }>(
      `mutation ($input: CreateReplayInput!) {
        answer: createReplay(input: $input) { ... on ReplaySession { id } }
      }`,
      {
        input: {
          name: 'A market that stands still',
          datasetId: datasets?.nodes[0]?.id,
          instrumentIds: [instrumentId],
        },
      },
    );
    const { answer: portfolio } = await ask<{ answer: { id: string } }>(
      `mutation { answer: createPortfolio(input: { name: "By hand" }) { ... on Portfolio { id } } }`,
    );
    portfolioId = portfolio.id;
    // The market's clock stands at a price, as a feed's owner leaves it.
    const [feedId, quoted] = [localId(replay.id), localId(instrumentId)];
    const time = new Date('2019-07-09T09:20:00+05:30');
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
    await prisma.quote.create({
      data: { feedId, instrumentId: quoted, lastPrice: 95, time },
    });
    await prisma.portfolio.update({ where: { id: localId(portfolioId) }, data: { feedId } });
  });
  afterAll(async () => {
    await worker.close();
    await world.close();
  });

  async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await trader.ask(query, variables);
    expect(errors).toBeUndefined();
    return data as unknown as Data;
  }

  /** As many clients as asked for, each from an address of its own, say the same at once. */
  async function atOnce(count: number, query: string, input: object): Promise<OrderAnswer[]> {
    const clients = Array.from({ length: count }, () => world.visitor(trader.cookie));
    const answers = await Promise.all(clients.map((client) => client.ask(query, { input })));
    return answers.map(({ data, errors }) => {
      expect(errors).toBeUndefined();
      return (data as unknown as { answer: OrderAnswer }).answer;
    });
  }

  /** Resolves once the user was told of an order in this status. */
  async function untilTold(orderId: string, fits: (order: OrderAnswer) => boolean): Promise<void> {
    const updates = trader.subscribe(
      'subscription { orderUpdates(after: "0") { order { id status price quantity } } }',
    );
    for (let count = 1; ; count += 1) {
      const latest = (await updates.inbox.until(count))[count - 1];
      expect(latest?.errors).toBeUndefined();
      const { order } = (latest?.data as unknown as { orderUpdates: { order: OrderAnswer } })
        .orderUpdates;
      if (order.id === orderId && fits(order)) break;
    }
    updates.end();
  }

  /** How often an order left: marked as sent by us, and taken by the exchange's counter. */
  async function timesSent(orderId: string) {
    const { prisma } = world.database;
    const id = localId(orderId);
    const { clientOrderId } = await prisma.order.findUniqueOrThrow({ where: { id } });
    const events = await prisma.orderEvent.findMany({ where: { orderId: id } });
    return {
      marked: events.filter(({ statusAfter }) => statusAfter === 'SUBMITTED').length,
      taken: await prisma.simulatedOrder.count({ where: { clientOrderId } }),
    };
  }

  const leg = (side: 'BUY' | 'SELL', more: object = {}) => ({
    instrumentId,
    side,
    type: 'LIMIT',
    price: side === 'BUY' ? '90' : '99',
    product: 'MIS',
    quantity: '10',
    ...more,
  });
  const order = (idempotencyKey: string, more: object = {}) => ({
    idempotencyKey,
    portfolioId,
    ...leg('BUY', more),
  });
  const basket = (idempotencyKey: string, legs: object[]) => ({
    idempotencyKey,
    portfolioId,
    legs,
  });

  test('a hundred clients with one key get one order, which leaves once; another body is refused', async () => {
    const answers = await atOnce(100, placeOrder, order('hundred'));
    const [first] = answers;
    expect(first?.__typename).toBe('Order');
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await untilTold(first?.id ?? '', ({ status }) => status === 'ACCEPTED');
    expect(await timesSent(first?.id ?? '')).toEqual({ marked: 1, taken: 1 });

    const others = await atOnce(10, placeOrder, order('hundred', { quantity: '11' }));
    expect(others.map(({ __typename }) => __typename)).toEqual(
      Array.from({ length: 10 }, () => 'IdempotencyKeyReused'),
    );
  });

  test('a hundred clients with one key are denied once, with the same numbers', async () => {
    const answers = await atOnce(100, placeOrder, order('denied', { quantity: '10000000' }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ __typename: 'OrderDenied', code: 'INSUFFICIENT_MARGIN' });
    const written = await world.database.prisma.order.count({
      where: { orderRequest: { idempotencyKey: 'denied' } },
    });
    expect(written).toBe(1);
    // Who did not place it reads the same later.
    const { data } = await trader.ask(
      `query ($id: ID!) { order(id: $id) {
        statusMessage denial { code message limit actual scope phase until number } } }`,
      { id: answers[0]?.order?.id },
    );
    expect(data).toMatchObject({
      order: {
        statusMessage: answers[0]?.message,
        denial: {
          code: 'INSUFFICIENT_MARGIN',
          message: answers[0]?.message,
          limit: answers[0]?.limit,
          actual: answers[0]?.actual,
          scope: null,
          phase: null,
          until: null,
          number: 1,
        },
      },
    });
    expect(answers[0]?.limit).toBeDefined();
  });

  test('a hundred clients with one key get one basket, whose legs leave once and in order', async () => {
    const legs = [leg('SELL'), leg('BUY', { quantity: '20' }), leg('SELL', { price: '98' })];
    const answers = await atOnce(100, placeBasket, basket('hundred legs', legs));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [request] = answers;
    const orders = request?.orders ?? [];
    expect(orders).toMatchObject([{ side: 'BUY' }, { side: 'SELL' }, { side: 'SELL' }]);
    await untilTold(orders[2]?.id ?? '', ({ status }) => status === 'ACCEPTED');
    for (const { id } of orders) expect(await timesSent(id)).toEqual({ marked: 1, taken: 1 });
    const submitted = await world.database.prisma.orderEvent.findMany({
      where: { orderId: { in: orders.map(({ id }) => localId(id)) }, statusAfter: 'SUBMITTED' },
      orderBy: { createdAt: 'asc' },
    });
    expect(submitted.map(({ orderId }) => orderId)).toEqual(orders.map(({ id }) => localId(id)));

    const [other] = await atOnce(1, placeBasket, basket('hundred legs', legs.slice(1)));
    expect(other?.__typename).toBe('IdempotencyKeyReused');
    const { node } = await ask<{ node: OrderAnswer }>(
      'query ($id: ID!) { node(id: $id) { ... on OrderRequest { state liveOrders { id } } } }',
      { id: request?.id },
    );
    expect(node).toMatchObject({ state: 'LIVE', liveOrders: orders.map(({ id }) => ({ id })) });
  });

  test('an order is changed and taken back', async () => {
    const [placed] = await atOnce(1, placeOrder, order('to change'));
    const id = placed?.id ?? '';
    await untilTold(id, ({ status }) => status === 'ACCEPTED');
    const [asked] = await atOnce(1, modifyOrder, { id, price: '91', quantity: '15' });
    expect(asked).toMatchObject({ __typename: 'Order', status: 'MODIFY_PENDING' });
    await untilTold(
      id,
      ({ status, price, quantity }) =>
        status === 'ACCEPTED' && Number(price) === 91 && quantity === '15',
    );
    // A hundred clients ask for it back at once: the broker takes it back once.
    const cancels = await atOnce(100, cancelOrder, { id });
    expect(cancels.map(({ __typename }) => __typename)).toContain('Order');
    await untilTold(id, ({ status }) => status === 'CANCELLED');
    const { prisma } = world.database;
    const ended = await prisma.orderEvent.count({
      where: { orderId: localId(id), statusAfter: 'CANCELLED' },
    });
    expect(ended).toBe(1);
  });

  test('all keys keep their answers when the API starts anew', async () => {
    const legs = [leg('SELL'), leg('BUY', { quantity: '20' }), leg('SELL', { price: '98' })];
    const ask3 = async () => [
      (await atOnce(5, placeOrder, order('hundred'))).map(({ id }) => id),
      (await atOnce(5, placeOrder, order('denied', { quantity: '10000000' }))).map(
        (answer) => answer.order?.id,
      ),
      (await atOnce(5, placeBasket, basket('hundred legs', legs))).map(({ id }) => id),
      (await atOnce(1, placeOrder, order('hundred', { quantity: '11' }))).map(
        ({ __typename }) => __typename,
      ),
    ];
    const before = await ask3();
    const count = () => world.database.prisma.order.count();
    const orders = await count();
    await world.restart();
    expect(await ask3()).toEqual(before);
    expect(await count()).toBe(orders);
    expect(before[3]).toEqual(['IdempotencyKeyReused']);
  });
});

function localId(globalId: string): string {
  return Buffer.from(globalId, 'base64url').toString().split(':')[1] ?? '';
}

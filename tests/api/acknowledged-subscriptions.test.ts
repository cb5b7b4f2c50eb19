import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Inbox } from '../setup/deferred.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
const clients: Client[] = [];
beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await world.close();
});

/** Someone's socket; what arrives on it gathers in the inbox, in its order. */
function socketOf({ headers }: Visitor) {
  class SocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const inbox = new Inbox<unknown>();
  const client = createClient({
    url: world.url.replace('http', 'ws'),
    webSocketImpl: SocketWithHeaders,
    on: { ping: (received, payload) => received && inbox.take(payload) },
  });
  clients.push(client);
  return {
    inbox,
    subscribe: (query: string, acknowledge?: unknown) =>
      client.subscribe(
        { query, ...(acknowledge !== undefined && { extensions: { acknowledge } }) },
        {
          next: ({ data, errors }) => inbox.take(errors === undefined ? data : 'refused'),
          error: () => inbox.take('refused'),
          complete: () => undefined,
        },
      ),
  };
}

const words = 'subscription { notifications { sequence } }';

async function notify(userId: string): Promise<void> {
  const id = world.ids.uuid();
  const createdAt = new Date('2026-01-01T00:00:00Z');
  await world.database.prisma.notification.create({
    data: { id, userId, level: 'INFORMATION', title: 'News', body: '', createdAt },
  });
  const event = { topic: 'NOTIFICATION', type: 'NOTIFICATION_WRITTEN', subjectId: id } as const;
  await world.append(userId, [{ ...event, payload: { id, title: 'News' } }]);
}

test('who asks is told that a subscription stands, and hears of all that happens from then on', async () => {
  const asha = await world.register('asha');
  await notify(asha.userId);
  const { inbox, subscribe } = socketOf(asha);
  subscribe(words, 'news 1');
  expect(await inbox.until(1)).toEqual([{ subscribed: 'news 1' }]);
  await notify(asha.userId);
  expect((await inbox.until(2))[1]).toEqual({ notifications: { sequence: '2' } });
});

test('what does not stand is not said to, nor is anything told to who did not ask', async () => {
  const binod = await world.register('binod');
  const { inbox, subscribe } = socketOf(binod);
  subscribe('subscription { notifications(after: "7") { sequence } }', 'too far');
  expect(await inbox.until(1)).toEqual(['refused']);
  subscribe('{ viewer { __typename } }', 'no subscription');
  expect((await inbox.until(2))[1]).toEqual({ viewer: { __typename: 'User' } });
  for (const unasked of [undefined, 7, 'n'.repeat(101)]) subscribe(words, unasked);
  subscribe(words, 'asked');
  expect((await inbox.until(3))[2]).toEqual({ subscribed: 'asked' });
});

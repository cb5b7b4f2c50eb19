import { getNamedType, type GraphQLSchema } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { EventDraft, EventTopic } from '@nandax/app/ports/events.ts';
import { Inbox } from '../setup/deferred.ts';
import { argumentsOf, type Asked } from './arguments.ts';
import type { Finding } from './judge.ts';
import { subscriptions } from './matrix/subscriptions.ts';
import type { MutationsWalked } from './mutation-walk.ts';
import type { Person } from './person.ts';
import type { Headers } from './requests.ts';
import { everythingOf, namedIn, reachedIn } from './selection.ts';
import { isHers, viewerNames, type ViewerName } from './viewers.ts';
import { leaksTo, type Property } from './walk.ts';
import type { WalkWorld } from './world.ts';

/** The topic of each subscription that follows a user's log, and the row its event is about. */
const topics: Readonly<Record<string, readonly [topic: EventTopic, row: string]>> = {
  agentUpdates: ['AGENT', 'agent'],
  gttUpdates: ['GTT', 'gtt'],
  notifications: ['NOTIFICATION', 'notification'],
  orderUpdates: ['ORDER', 'order'],
  portfolioUpdates: ['PORTFOLIO', 'portfolio'],
  replayUpdates: ['REPLAY', 'replay'],
  runUpdates: ['RUN', 'paperRun'],
  optimisationUpdates: ['OPTIMISATION', 'optimisation'],
  tradeUpdates: ['TRADE', 'trade'],
};

/** What came of one subscription. */
interface Stream {
  readonly name: string;
  readonly viewer: ViewerName;
  readonly inbox: Inbox<unknown>;
  readonly sent: string;
}

/**
 * Subscribes to everything as everybody; then something happens to Asha and to Binod, and her feed
 * ticks. Whoever may is told; nobody else hears of it.
 */
export async function walkSubscriptions(
  schema: GraphQLSchema,
  world: WalkWorld,
  property: Property,
): Promise<MutationsWalked> {
  const names = Object.keys(schema.getSubscriptionType()?.getFields() ?? {});
  for (const name of names) {
    if (subscriptions[name] === undefined) {
      throw new Error(`The matrix says nothing of Subscription.${name}.`);
    }
  }
  const clients: Client[] = [];
  const streams: Stream[] = [];
  for (const viewer of viewerNames) {
    const asked = { world, person: world.targetOf(viewer) };
    const client = connect(world.api.url, world.headersOf(viewer));
    clients.push(client);
    for (const name of names) streams.push(open(schema, client, viewer, name, asked));
    await barrier(client);
  }
  await happen(world, world.asha);
  await happen(world, world.binod);
  const ticking = setInterval(() => void tick(world), 50);
  try {
    await Promise.all(streams.filter(hearsSomething).map(({ inbox }) => inbox.until(1)));
    await Promise.all(streams.filter(isRefused).map(({ inbox }) => inbox.until(1)));
    await Promise.all(clients.map(barrier));
  } finally {
    clearInterval(ticking);
  }
  await Promise.all(clients.map(async (client) => client.dispose()));
  return judgeStreams(schema, world, property, streams);
}

function isRefused({ name, viewer }: Stream): boolean {
  return subscriptions[name]?.includes(viewer) !== true;
}

/** Who has a log in which something happened. */
function hearsSomething(stream: Stream): boolean {
  return !isRefused(stream) && (isHers(stream.viewer) || stream.viewer === 'OTHER');
}

function connect(url: string, headers: Headers): Client {
  class SocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  return createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: SocketWithHeaders,
    retryAttempts: 0,
    lazy: true,
    onNonLazyError: () => undefined,
  });
}

function open(
  schema: GraphQLSchema,
  client: Client,
  viewer: ViewerName,
  name: string,
  asked: Asked,
): Stream {
  const field = schema.getSubscriptionType()?.getFields()[name];
  if (field === undefined) throw new Error(`there is no subscription ${name}`);
  const written = argumentsOf(`Subscription.${name}`, asked, name);
  const log = viewer === 'OTHER' ? asked.world.binod.events : asked.person.events;
  const after = isHers(viewer) || viewer === 'OTHER' ? log.before : 0;
  const place = written === '' ? `(after: "${after}")` : written;
  const query = `subscription { ${name}${place}${everythingOf(schema, getNamedType(field.type), asked)} }`;
  const inbox = new Inbox<unknown>();
  client.subscribe(
    { query },
    {
      next: (answer) => inbox.take(answer),
      error: (error) => inbox.take({ refused: refusalOf(error) }),
      complete: () => undefined,
    },
  );
  return { name, viewer, inbox, sent: query };
}

/** Errors of the contract, or the code with which the socket was closed. */
function refusalOf(error: unknown): unknown {
  if (Array.isArray(error)) return error;
  const { code, reason } = error as { readonly code?: number; readonly reason?: string };
  return { closed: code, reason };
}

/** Resolves when the socket has answered a query that was sent after all before. */
function barrier(client: Client): Promise<void> {
  return new Promise((resolve) => {
    client.subscribe(
      { query: '{ __typename }' },
      { next: () => undefined, error: () => resolve(), complete: () => resolve() },
    );
  });
}

/** One more event of each topic. */
async function happen(world: WalkWorld, person: Person): Promise<void> {
  const drafts = Object.values(topics).map(([topic, row]): EventDraft => ({
    topic,
    type: 'WALKED',
    subjectId: person.ids[row] ?? '',
    payload: {},
  }));
  await world.api.append(person.ids['user'] ?? '', drafts);
}

async function tick({ api, asha }: WalkWorld): Promise<void> {
  await api.bus.publish(`ticks.${asha.ids['replay'] ?? ''}`, {
    instrumentIds: [asha.ids['instrument'] ?? ''],
    times: [Date.parse(`${asha.day}T05:00:00Z`)],
    prices: [7_123_456.5],
    volumes: [7_654_321],
  });
}

function judgeStreams(
  schema: GraphQLSchema,
  world: WalkWorld,
  property: Property,
  streams: readonly Stream[],
): MutationsWalked {
  const findings: Finding[] = [];
  const cases = new Set<string>();
  const reached = new Set<string>();
  for (const stream of streams) {
    const { name, viewer, inbox, sent } = stream;
    const field = `Subscription.${name}`;
    const raw = JSON.stringify(inbox.received);
    const wrong = wordsFor(stream, raw);
    if (wrong !== null) findings.push({ field, viewer, what: wrong });
    for (const leak of leaksTo(viewer, world, property, { raw, sent })) {
      findings.push({ field, viewer, what: `the stream holds ${leak}` });
    }
    for (const each of reachedIn(inbox.received)) reached.add(each);
    cases.add(`${field} ${viewer}`);
    for (const each of namedIn(schema, sent)) cases.add(`${each} ${viewer}`);
  }
  return { findings, cases, reached };
}

/** Codes with which a socket is closed to whom it does not serve. */
const closed = /"closed":44\d\d/;
const refused = /"code":"(UNAUTHENTICATED|FORBIDDEN|NOT_FOUND)"/;

function wordsFor(stream: Stream, raw: string): string | null {
  if (isRefused(stream)) {
    if (raw.includes('"data":{"')) return 'gives something';
    return closed.test(raw) || refused.test(raw) ? null : `is refused with ${raw.slice(0, 200)}`;
  }
  if (raw.includes('"errors"') || raw.includes('"refused"')) return `fails: ${raw.slice(0, 400)}`;
  return hearsSomething(stream) && !raw.includes('"data":{"') ? 'gives nothing' : null;
}

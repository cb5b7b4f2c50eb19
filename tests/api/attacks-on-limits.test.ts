import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { testPassword } from '../setup/accounts.ts';
import { Inbox } from '../setup/deferred.ts';
import { stopClock } from '../setup/stop-clock.ts';
import { startApiWorld, type Answer, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld();
  // Before anyone asks: the API believes a tier's budget for ten seconds.
  await world.database.prisma.tierLimits.update({
    where: { tier: 'FREE' },
    data: { requestsPerMinute: 30 },
  });
});
afterAll(() => world.close());

// Whatever was tried, others are served.
afterEach(async () => {
  vi.useRealTimers();
  const answer = await world.visitor(null).ask('{ installation { version } }');
  expect(answer.errors).toBeUndefined();
});

async function post(visitor: Visitor, body: string) {
  const response = await fetch(world.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...visitor.headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as Answer),
  };
}

const many = <T>(count: number, each: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => each(at));

const guess = (at: number) =>
  `a${at}: login(input: { email: "asha@example.com", password: "guess ${at}" }) { __typename }`;

/** How a document is refused, over HTTP and over a WebSocket alike. */
async function refusals(visitor: Visitor, query: string, variables = {}) {
  const overHttp = await visitor.ask(query, variables);
  const { inbox } = visitor.subscribe(query, variables);
  const [overSocket] = await inbox.until(1);
  await visitor.leave();
  return [overHttp, overSocket].map((answer) => answer?.errors?.[0]?.extensions);
}

async function expectTooLarge(query: string, what: string, variables = {}) {
  const tooLarge = {
    code: 'DOCUMENT_TOO_LARGE',
    what,
    limit: expect.any(Number) as number,
    actual: expect.any(Number) as number,
  };
  const found = await refusals(world.visitor(null), query, variables);
  expect(found).toEqual([tooLarge, tooLarge]);
  for (const refused of found)
    expect(refused?.['actual']).toBeGreaterThan(Number(refused?.['limit']));
}

/** Opens a socket as graphql-ws does: null once it is acknowledged, else the code it is closed with. */
async function openSocket(visitor: Visitor, sockets: WebSocket[]): Promise<number | null> {
  const socket = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: visitor.headers,
  });
  sockets.push(socket);
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  return Promise.race([once(socket, 'message').then(() => null), closed]);
}

async function closeAll(sockets: readonly WebSocket[]): Promise<void> {
  await Promise.all(
    sockets
      .filter(({ readyState }) => readyState !== WebSocket.CLOSED)
      .map((socket) => {
        const closed = once(socket, 'close');
        socket.close();
        return closed;
      }),
  );
}

test('a hundred guesses under aliases of one document are refused whole', async () => {
  await expectTooLarge(`mutation { ${many(100, guess).join(' ')} }`, 'rootFields');
});

test('aliases within the limit count one by one, for the network and not for the account', async () => {
  stopClock();
  const asha = await world.register('asha');
  const guesser = world.visitor(null, '203.0.113.7');
  const document = `mutation { ${many(15, guess).join(' ')} }`;
  const answer = await guesser.ask(document);
  expect(answer.errors).toMatchObject([
    {
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) as number },
    },
  ]);
  expect(answer.errors?.[0]?.extensions['retryAfterSeconds']).toBeGreaterThan(0);
  const { _sum: taken } = await world.database.prisma.rateWindow.aggregate({
    where: { key: 'credential:203.0.113.7' },
    _sum: { count: true },
  });
  expect(taken.count).toBe(10);

  const again = await guesser.ask(`mutation { ${guess(0)} }`);
  expect(again.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  // Logging in is what the guesser may not; reading is something else.
  expect((await guesser.ask('{ installation { version } }')).errors).toBeUndefined();
  const login = `mutation ($input: LoginInput!) { login(input: $input) { __typename } }`;
  const input = { email: 'asha@example.com', password: testPassword };
  const elsewhere = await world.visitor(null).ask(login, { input });
  expect(elsewhere.errors).toBeUndefined();
  expect(elsewhere.cookies).toHaveLength(1);
  expect((await asha.ask('{ viewer { email } }')).errors).toBeUndefined();
});

test('a batch of guesses is refused whole and counts as the one request it is', async () => {
  stopClock();
  const visitor = world.visitor(null);
  const batch = JSON.stringify(many(50, (at) => ({ query: `mutation { ${guess(at)} }` })));
  const answer = await post(visitor, batch);
  expect(answer.status).toBe(400);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(answer.headers.get('ratelimit-remaining')).toBe('119');
});

test('a body that is too long is refused by its number of bytes, of a stranger earlier', async () => {
  const filler = JSON.stringify({
    query: '{ viewer { email } }',
    variables: { x: 'x'.repeat(200_000) },
  });
  const refused = await post(world.visitor(null), filler);
  expect(refused.status).toBe(413);
  expect(refused.errors?.[0]?.extensions).toEqual({
    code: 'DOCUMENT_TOO_LARGE',
    what: 'bytes',
    limit: 100 * 1024,
    actual: filler.length,
  });
  const binod = await world.register('binod');
  expect((await post(binod, filler)).errors).toBeUndefined();
});

test('a document of too many words is refused before it is read', async () => {
  await expectTooLarge(`{ ${'installation { version } '.repeat(2_000)} }`, 'tokens');
});

test('a document that nests too deep is refused', async () => {
  const deep = `{ node(id: "x") { ${'... on Order { portfolio { orders { nodes { '.repeat(8)} id ${'} } } }'.repeat(8)} } }`;
  await expectTooLarge(deep, 'depth');
});

test('fragments that double each other are refused as fast as they are read', async () => {
  const bomb = many(
    60,
    (at) => `fragment f${at} on Portfolio { ...f${at + 1} name ...f${at + 1} }`,
  );
  const query = `{ portfolios { nodes { ...f0 } } } ${bomb.join(' ')} fragment f60 on Portfolio { id }`;
  await expectTooLarge(query, 'cost');
});

test('fragments within themselves are no endless loop', async () => {
  const query = `{ portfolios { nodes { ...a } } }
    fragment a on Portfolio { ...b } fragment b on Portfolio { ...a }`;
  expect(await refusals(world.visitor(null), query)).toMatchObject([
    { code: 'GRAPHQL_VALIDATION_FAILED' },
    { code: 'GRAPHQL_VALIDATION_FAILED' },
  ]);
});

test('pages within pages are refused by what they multiply to, also when variables say so', async () => {
  const pages = (first: string) =>
    `{ strategies(first: ${first}) { nodes { runs(first: ${first}) { nodes { trades(first: ${first}) { nodes { id } } } } } } }`;
  await expectTooLarge(pages('200'), 'cost');
  await expectTooLarge(`query ($first: Int!) ${pages('$first')}`, 'cost', { first: 200 });
});

test('a flood of directives is refused', async () => {
  await expectTooLarge(
    `{ installation { version ${'@include(if: true) '.repeat(60)} } }`,
    'directives',
  );
});

test('a page may not be larger than the contract says', async () => {
  const chitra = await world.register('chitra');
  const answer = await chitra.ask('{ portfolios(first: 201) { nodes { id } } }');
  expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('U+0000, which the database cannot keep, is bad input and no defect', async () => {
  const refused = { code: 'BAD_USER_INPUT' };
  const login = `mutation ($input: LoginInput!) { login(input: $input) { __typename } }`;
  const input = { email: 'a\0@example.com', password: 'x' };
  expect(await refusals(world.visitor(null), login, { input })).toEqual([refused, refused]);
  const literal = String.raw`{ node(id: "a\u0000b") { id } }`;
  expect(await refusals(world.visitor(null), literal)).toEqual([refused, refused]);
});

test('a flood of sockets is cut at twenty of a user and ten of a network of strangers', async () => {
  const divya = await world.register('divya');
  for (const [visitor, most] of [
    [divya, 20],
    [world.visitor(null), 10],
  ] as const) {
    const sockets: WebSocket[] = [];
    const codes = await Promise.all(many(25, () => openSocket(visitor, sockets)));
    expect(codes.filter((code) => code === null)).toHaveLength(most);
    expect(codes.filter((code) => code === 4429)).toHaveLength(25 - most);
    await closeAll(sockets);
    // What has ended makes room.
    const later: WebSocket[] = [];
    while ((await openSocket(visitor, later)) !== null);
    await closeAll(later);
  }
});

test('sockets that never say who they are do not pile up', async () => {
  // Their three seconds pass once all are there.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { headers } = world.visitor(null);
  const sockets = many(
    60,
    () => new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws', { headers }),
  );
  const closed = new Inbox<number>();
  for (const socket of sockets) socket.once('close', closed.take);
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  vi.advanceTimersByTime(2_999);
  expect(await closed.until(10)).toEqual(many(10, () => 4429));
  // The others are told after three seconds that they have waited for long enough.
  vi.advanceTimersByTime(1);
  expect((await closed.until(60)).slice(10)).toEqual(many(50, () => 4408));
});

test('a flood of subscriptions is cut at a hundred, and each that ends makes room', async () => {
  const eshan = await world.register('eshan');
  const subscription = 'subscription { notifications(after: "0") { sequence } }';
  const open = many(100, () => eshan.subscribe(subscription));
  const oneMore = eshan.subscribe(subscription);
  expect((await oneMore.inbox.until(1))[0]?.errors?.[0]?.extensions).toEqual({
    code: 'TOO_MANY_SUBSCRIPTIONS',
    limit: 100,
  });
  open[0]?.end();
  const another = eshan.subscribe(subscription);
  const id = world.ids.uuid();
  await world.database.prisma.notification.create({
    data: {
      id,
      userId: eshan.userId,
      level: 'INFORMATION',
      title: 'Heard',
      body: '',
      createdAt: new Date('2026-01-01T00:00:00Z'),
    },
  });
  await world.append(eshan.userId, [
    { topic: 'NOTIFICATION', type: 'NOTIFICATION_WRITTEN', subjectId: id, payload: { id } },
  ]);
  expect((await another.inbox.until(1))[0]).toEqual({ data: { notifications: { sequence: '1' } } });
});

test('strangers of one network have 120 requests a minute together, and are told when to come back', async () => {
  stopClock();
  const visitor = world.visitor(null);
  const body = JSON.stringify({ query: '{ installation { version } }' });
  const first = await post(visitor, body);
  expect(first.headers.get('ratelimit-limit')).toBe('120');
  expect(first.headers.get('ratelimit-remaining')).toBe('119');
  expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
  const answers = await Promise.all(many(140, () => post(visitor, body)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(21);
  for (const { errors, headers } of refused) {
    const wait = errors?.[0]?.extensions['retryAfterSeconds'];
    expect(errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    expect(wait).toBeGreaterThan(0);
    expect(headers.get('retry-after')).toBe(String(wait));
    expect(headers.get('ratelimit-remaining')).toBe('0');
  }
  const { inbox } = visitor.subscribe('{ installation { version } }');
  expect((await inbox.until(1))[0]?.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
});

test('a user has what the tier allows, over HTTP and sockets together, an administrator too', async () => {
  stopClock();
  const farah = await world.register('farah', { tier: 'FREE', role: 'ADMIN' });
  const query = '{ viewer { email } }';
  const { inbox } = farah.subscribe(query);
  await inbox.until(1);
  const answer = await post(farah, JSON.stringify({ query }));
  expect(answer.headers.get('ratelimit-limit')).toBe('30');
  expect(answer.headers.get('ratelimit-remaining')).toBe('28');
  const answers = await Promise.all(many(40, () => farah.ask(query)));
  const refused = answers.filter(({ errors }) => errors !== undefined);
  expect(refused).toHaveLength(12);
  expect(refused[0]?.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  const gita = await world.register('gita', { tier: 'FREE' });
  expect((await gita.ask(query)).errors).toBeUndefined();
});

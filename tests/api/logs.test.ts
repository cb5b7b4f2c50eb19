import { randomBytes } from 'node:crypto';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { startSpokenProcess, type SpokenProcess } from '../kit/spoken-process.ts';
import { createTestUser, testKeyRing, testPassword, testTools } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { testHome } from '../setup/home.ts';

/** Every secret that some process saw, by what it is. */
const secrets = new Map<string, string>();

/** A secret nobody could take for anything else. */
function plant(name: string, text = `PLANTED${randomBytes(16).toString('hex')}`): string {
  secrets.set(name, text);
  return text;
}

let database: TestDatabase;
let superuser: pg.Client;
let api: SpokenProcess;
let worker: SpokenProcess;
let lost: SpokenProcess;
let refused: SpokenProcess;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new pg.Client({ connectionString: database.url });
  await superuser.connect();
  const { id } = await createTestUser(database.prisma, 'asha');
  const { passwordHash } = await database.prisma.user.findUniqueOrThrow({ where: { id } });
  plant('the password', testPassword);
  plant('its hash', passwordHash ?? '');
  plant('the key ring', testKeyRing.split(':')[1]);

  const role = `r${randomBytes(6).toString('hex')}`;
  const rolePassword = plant('the database’s password');
  await superuser.query(`CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD '${rolePassword}'`);
  const address = new URL(database.url);
  address.username = role;
  address.password = rolePassword;
  const port = await freePort();
  url = `http://127.0.0.1:${port}/graphql`;
  const variables = {
    DATABASE_URL: address.href,
    API_PORT: String(port),
    LOG_LEVEL: 'debug',
    NANDAX_HOME: testHome,
    NANDAX_KEY_RING: testKeyRing,
    NANDAX_SECRET: plant('the installation’s secret'),
    SMTP_URL: `smtp://mailer:${plant('the mail server’s password')}@127.0.0.1:1`,
  };
  api = startSpokenProcess('api/main.ts', variables);
  worker = startSpokenProcess('worker/main.ts', variables);
  // Nothing listens there, and every attempt to connect is told.
  lost = startSpokenProcess('api/main.ts', {
    ...variables,
    API_PORT: String(await freePort()),
    REDIS_URL: `redis://queue:${plant('the password of Redis')}@127.0.0.1:1`,
  });
  refused = startSpokenProcess('api/main.ts', {
    ...variables,
    SMTP_URL: `mail://mailer:${plant('the password in a wrong address')}@127.0.0.1`,
    NANDAX_SECRET: plant('a secret that is too short', 'PLANTEDshort'),
  });
  await Promise.all([api.until('api ready'), worker.until('worker ready')]);
});

afterAll(async () => {
  await superuser.end();
  await database.drop();
});

const send = async (body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text, cookies: response.headers.getSetCookie() };
};
const ask = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
  send(JSON.stringify({ query, variables }), headers);

const login = `mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoggedIn { tokens { accessToken refreshToken } }
  }
}`;

test('secrets that go in and out of every process stand in no line of any log', async () => {
  const cookie = await logInEveryWay();
  await knockWithWrongCredentials();
  await sendWhatCannotBeRead();
  await breakInside(cookie);
  await lost.until('the bus is away');
  await refused.ended();
  await Promise.all([api, worker, lost].map((one) => one.stop()));

  // It did log, what happened can be told from it, and each line is JSON.
  expect(api.said()).toContain('a resolver failed');
  expect(api.said()).toContain('provoked in the API');
  expect(worker.said()).toContain('a chore failed');
  expect(worker.said()).toContain('provoked in the worker');
  expect(worker.said()).toContain('audit heads anchored');
  expect(refused.said()).toContain('SMTP_URL must be');
  for (const { said } of [api, worker]) {
    const lines = said().trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
  }

  expect(secrets.size).toBeGreaterThan(25);
  const everything = [api, worker, lost, refused].map(({ said }) => said()).join('\n');
  const found = [...secrets].filter(([, secret]) => everything.includes(secret));
  expect(found.map(([name]) => name)).toEqual([]);
});

/** With the right password, for a browser and for a program; returns the cookie. */
async function logInEveryWay(): Promise<string> {
  const input = { email: 'asha@example.com', password: testPassword };
  const browser = await ask(login, { input });
  expect(browser.text).toContain('"LoggedIn"');
  const cookie = browser.cookies[0]?.split(';')[0] ?? '';
  plant('the cookie', cookie.split('=')[1]);
  const program = await ask(login, { input: { ...input, tokens: true } });
  const { data } = JSON.parse(program.text) as {
    data: { login: { tokens: { accessToken: string; refreshToken: string } } };
  };
  const { accessToken, refreshToken } = data.login.tokens;
  plant('the access token', accessToken);
  plant('its signature', accessToken.split('.')[2]);
  plant('the refresh token', refreshToken);
  const me = '{ viewer { email } }';
  expect((await ask(me, {}, { authorization: `Bearer ${accessToken}` })).text).toContain('asha@');
  expect((await ask(me, {}, { cookie })).text).toContain('asha@');
  return cookie;
}

async function knockWithWrongCredentials(): Promise<void> {
  const email = 'asha@example.com';
  await ask(login, { input: { email, password: plant('a wrong password') } });
  await ask(
    `mutation { login(input: { email: "${email}", password: "${plant('one in the document')}" }) { __typename } }`,
  );
  await ask(
    `mutation { login(input: { email: "${email}", password: """${plant('one in a block')}""" }) { nothing } }`,
  );
  const inUrl = await fetch(`${url}?password=${plant('one in the address')}`);
  await inUrl.text();
  const viewer = '{ viewer { email } }';
  await ask(viewer, {}, { authorization: `Bearer nxk_${plant('an unknown API key')}` });
  await ask(
    viewer,
    {},
    { authorization: `Bearer eyJhbGciOiJIUzI1NiJ9.eyJ9.${plant('a forged token')}` },
  );
  await ask(viewer, {}, { authorization: `Basic ${plant('a password for Basic')}` });
  await ask(viewer, {}, { cookie: `nandax_session=${plant('an unknown cookie')}` });
  await ask(viewer, {}, { 'x-nandax-secret': plant('a guessed installation’s secret') });
  await knockBySocket(`Bearer nxr_${plant('a token in connectionParams')}`);
}

async function knockBySocket(authorization: string): Promise<void> {
  const closed = await new Promise<number>((resolve) => {
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
      on: { closed: (event) => resolve((event as { readonly code: number }).code) },
    });
    client.subscribe(
      { query: '{ viewer { email } }' },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    );
  });
  expect(closed).toBe(4401);
}

async function sendWhatCannotBeRead(): Promise<void> {
  const input = {
    email: 5,
    password: plant('one beside a wrong type'),
    tokens: plant('one of a wrong type'),
  };
  await ask(login, { input });
  await ask(login, { input: plant('one instead of the input') });
  await send(`{"query":"{ x }","variables":{"password":"${plant('one in a body that is cut')}`);
  expect((await send(plant('a body that is no JSON'))).status).toBe(400);
  const large = JSON.stringify({
    query: '{ x }',
    password: plant('one in a body that is too large'),
    more: 'x'.repeat(200_000),
  });
  expect((await send(large)).status).toBe(413);
  await ask(`query { login(password: "${plant('one in a field that is not there')}") { x } }`);
  await ask(`mutation { login(input: { password: "${plant('one in a document that is cut')}`);
}

/** Makes the database fail with words that carry what it was given and what it holds. */
async function breakInside(cookie: string): Promise<void> {
  const { sealer } = testTools;
  const carried = {
    passwordHash: [...secrets].find(([name]) => name === 'its hash')?.[1],
    apiSecret: plant('a broker’s secret'),
    api_key: plant('a broker’s key'),
    request_token: plant('a broker’s token'),
    totp: { secret: plant('a TOTP secret') },
    recoveryCodes: [plant('a recovery code')],
    // Longer than one is: six digits might stand in an id or an instant (adapters/log tries those).
    code: plant('a code', '493817'.repeat(6)),
    sealedSecret: plant('a sealed text', sealer.seal('x', 'TotpCredential.sealedSecret:1')),
    connectionString: `postgres://nandax:${plant('one in a connection string')}@db/nandax`,
    uri: `otpauth://totp/NandaX?secret=${plant('a TOTP secret in an address')}`,
    letter: `open https://example.com/reset?token=nxe_${plant('a token in a letter')}`,
  };
  const raise = (name: string, where: string) =>
    superuser.query(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN RAISE EXCEPTION 'provoked in ${where}: % %', $json$${JSON.stringify(carried)}$json$, row_to_json(NEW)
        USING DETAIL = $json$${JSON.stringify(carried)}$json$; END $body$`);
  await raise('break_api', 'the API');
  await superuser.query(
    `CREATE TRIGGER a BEFORE INSERT ON "Session" FOR EACH ROW EXECUTE FUNCTION break_api()`,
  );
  const input = { email: 'asha@example.com', password: testPassword };
  expect((await ask(login, { input })).text).toContain('INTERNAL');

  await raise('break_worker', 'the worker');
  await superuser.query(
    `CREATE TRIGGER w BEFORE UPDATE ON "Event" FOR EACH ROW EXECUTE FUNCTION break_worker()`,
  );
  const create = 'mutation { createPortfolio(input: { name: "Second" }) { __typename } }';
  expect((await ask(create, {}, { cookie })).text).toContain('"Portfolio"');
  await worker.until('a chore failed');
}

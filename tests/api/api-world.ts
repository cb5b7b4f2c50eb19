import { createClient, type Client, type SubscribePayload } from 'graphql-ws';
import WebSocket from 'ws';
import type { SubscriptionTier, UserRole } from '@nandax/app/ports/accounts.ts';
import type { EventDraft } from '@nandax/app/ports/events.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { startApi } from '../../api/compose.ts';
import { createTestUser, testCookie, testKeyRing, testTools } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { Inbox } from '../setup/deferred.ts';
import { silentLog } from '../setup/silent-log.ts';

/** What a GraphQL answer looks like; tests read `data` as they asked for it. */
export interface Answer {
  readonly data?: Readonly<Record<string, never>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
  }[];
}

/** A running API on a database of its own, and a hand in that database. */
export interface ApiWorld {
  readonly url: string;
  readonly database: TestDatabase;
  readonly ids: ReturnType<typeof systemIds>;
  readonly bus: ReturnType<typeof createBus>;
  /** Makes an account, `<name>@example.com`, and answers a visitor who is logged in as its user. */
  register(
    name: string,
    as?: { readonly role?: UserRole; readonly tier?: SubscriptionTier },
  ): Promise<Visitor & { readonly userId: string }>;
  /**
   * Someone with a browser, logged in by `cookie`; null: not at all. Each comes from an address of
   * their own, as the API sees it, unless `address` is given.
   */
  visitor(cookie: string | null, address?: string): Visitor;
  /** Appends events to a user's log, as a use-case does, and wakes the subscribers. */
  append(userId: string, drafts: readonly EventDraft[]): Promise<bigint>;
  /** Stops the API and starts it anew at its address, on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Someone who talks to the API. */
export interface Visitor {
  readonly cookie: string | null;
  /** What their requests carry: the cookie, and the address under the installation's secret. */
  readonly headers: Readonly<Record<string, string>>;
  ask(query: string, variables?: object): Promise<Answer & { readonly cookies: string[] }>;
  /** Subscribes; answers gather in the inbox. */
  subscribe(
    query: string,
    variables?: Record<string, unknown>,
  ): { readonly inbox: Inbox<Answer>; end(): void };
  /** Ends the visitor's WebSocket. */
  leave(): Promise<void>;
}

/** What the web sends along so that the API believes it about its callers. */
export const installationSecret = 'the secret that the processes of a test share';

/** Starts it; `settings` are variables of the environment besides the usual ones. */
export async function startApiWorld(
  settings: Readonly<Record<string, string>> = {},
): Promise<ApiWorld> {
  const database = await createTestDatabase();
  const port = await freePort();
  const start = () =>
    startApi(
      parseEnvironment({
        DATABASE_URL: database.url,
        API_PORT: String(port),
        LOG_LEVEL: 'silent',
        NANDAX_KEY_RING: testKeyRing,
        NANDAX_SECRET: installationSecret,
        ...settings,
      }),
    );
  let api = await start();
  const url = `http://127.0.0.1:${port}/graphql`;
  const bus = createBus({ redisUrl: undefined, directUrl: database.url, log: silentLog });
  const store = prismaStore(database.prisma, testTools);
  const visitors: Visitor[] = [];

  const visitor = (cookie: string | null, address?: string): Visitor => {
    const number = visitors.length + 1;
    const own = `10.0.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    const made = createVisitor(url, cookie, address ?? own);
    visitors.push(made);
    return made;
  };
  return {
    url,
    database,
    bus,
    ids: systemIds(),
    visitor,

    async register(name, as) {
      const { id } = await createTestUser(database.prisma, name, as);
      return { ...visitor(await testCookie(database.prisma, id)), userId: id };
    },

    async append(userId, drafts) {
      await store.transaction(({ events }) => events.append(userId, drafts, systemClock.now()));
      const { sequence: last } = await database.prisma.eventCounter.findUniqueOrThrow({
        where: { userId },
      });
      await bus.publish(`user.${userId}`, { sequence: String(last) });
      return last;
    },

    async restart() {
      await api.close();
      api = await start();
    },

    async close() {
      await Promise.all(visitors.map((one) => one.leave()));
      await bus.close();
      await api.close();
      await database.drop();
    },
  };
}

function createVisitor(url: string, cookie: string | null, address: string): Visitor {
  const headers: Record<string, string> = {
    'x-nandax-secret': installationSecret,
    'x-forwarded-for': address,
    ...(cookie === null ? {} : { cookie }),
  };
  class SocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  let client: Client | null = null;
  const connected = () =>
    (client ??= createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: SocketWithHeaders,
      retryAttempts: 0,
    }));

  return {
    cookie,
    headers,
    async ask(query, variables = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const answer = (await response.json()) as Answer;
      return { ...answer, cookies: response.headers.getSetCookie() };
    },

    subscribe(query, variables = {}) {
      const inbox = new Inbox<Answer>();
      const payload: SubscribePayload = { query, variables };
      const end = connected().subscribe(payload, {
        next: (result) => inbox.take(result as Answer),
        error: (errors) => inbox.take({ errors } as Answer),
        complete: () => undefined,
      });
      return { inbox, end };
    },

    async leave() {
      await client?.dispose();
    },
  };
}

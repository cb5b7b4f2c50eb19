import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { passwordHasher } from '@nandax/adapters/auth/password-hasher.ts';
import { demoEmail, type UserRole } from '@nandax/app/ports/accounts.ts';
import type { GraphQLSchema } from 'graphql';
import { globalIdOf } from '../../api/relay/global-id.ts';
import { sampleDataset, seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { startApi } from '../../api/compose.ts';
import { createTestUser, testCookie, testKeyRing, testPassword } from '../setup/accounts.ts';
import { installationSecret, startApiWorld, type ApiWorld } from '../api/api-world.ts';
import { readCatalogue, type Column } from './catalogue.ts';
import { plantPerson, type Person } from './person.ts';
import { newAddress, post, type Headers } from './requests.ts';
import type { ViewerName } from './viewers.ts';

/** Tables in which nothing belongs to anybody. */
export const sharedTables = [
  'BrokerRules',
  'CalendarDay',
  'MarginRate',
  'PriceBand',
  'RateCard',
  'SessionPlan',
  'TierLimits',
] as const;

/** A real API on a real database in which every owned value is unmistakable. */
export interface WalkWorld {
  readonly api: ApiWorld;
  readonly pool: pg.Pool;
  readonly tables: ReadonlyMap<string, readonly Column[]>;
  /** Whose things are asked for. */
  readonly asha: Person;
  /** Who asks for them and has as much of his own. */
  readonly binod: Person;
  /** Whose account was closed. */
  readonly chitra: Person;
  /** Global ids of what everyone sees. */
  readonly shared: { readonly instrument: string; readonly dataset: string };
  /** Plants one more person, whose things may be changed; `accountOnly`: nothing but an account. */
  plantAnother(accountOnly?: boolean): Promise<Person>;
  /** How a viewer who has an account without anything in it names themselves; a new one each time. */
  newcomer(viewer: 'OTHER' | 'PREMIUM' | 'ADMIN' | 'DEMO'): Promise<Headers>;
  /** How a viewer names themselves; `as` stands for Asha or Chitra. */
  headersOf(viewer: ViewerName, as?: Person): Headers;
  /** Whose things a viewer asks for: Chitra for her own, everyone else for Asha's. */
  targetOf(viewer: ViewerName): Person;
  /** Forgets failed logins, which slow the next ones. */
  forgetAttempts(): Promise<void>;
  /** A digest of all rows that are a person's or name something of theirs. */
  fingerprint(person: Person): Promise<string>;
  /** Another API on the same database that serves `schema` in place of the contract. */
  openDoor(schema: GraphQLSchema): Promise<Door>;
  close(): Promise<void>;
}

/** Where an API is asked. */
export interface Door {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it. */
export async function startWalkWorld(): Promise<WalkWorld> {
  const api = await startApiWorld();
  const { prisma, url } = api.database;
  await seedReferenceData(url, { ids: api.ids, clock: systemClock });
  await prisma.tierLimits.updateMany({
    data: {
      requestsPerMinute: 1_000_000,
      apiKeys: 1_000,
      strategies: 1_000,
      runningAgents: 1_000,
      liveBrokers: 1_000,
      backtestCandles: 1_000_000,
    },
  });
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const tables = await readCatalogue(pool);
  const hasher = passwordHasher();
  const plant = async (name: string, number: number, suspended = false) =>
    plantPerson({
      pool,
      tables,
      signature: { name, number },
      passwordHash: await hasher.hash(testPassword),
      suspended,
    });
  const asha = await plant('ASHA', 7);
  const binod = await plant('BINOD', 8);
  const chitra = await plant('CHITRA', 9, true);
  const passwordHash = await hasher.hash(testPassword);
  const cookies = {
    PREMIUM: await testCookie(
      prisma,
      (await createTestUser(prisma, 'premium', { role: 'PREMIUM' })).id,
    ),
    ADMIN: await testCookie(prisma, (await createTestUser(prisma, 'admin', { role: 'ADMIN' })).id),
  };
  let others = 0;
  let demoCookie = '';
  const newDemo = async () => {
    await prisma.user.updateMany({
      where: { email: demoEmail },
      data: { email: `${randomUUID()}@example.com` },
    });
    const { id } = await createTestUser(prisma, randomUUID());
    await prisma.user.update({ where: { id }, data: { email: demoEmail } });
    demoCookie = await testCookie(prisma, id);
    return demoCookie;
  };
  await newDemo();
  const dataset = await prisma.dataset.findFirstOrThrow({ where: { name: sampleDataset } });
  const instrument = await prisma.instrument.findFirstOrThrow({
    where: { ownerId: null, tradable: true },
  });
  // The first request of a closed account's browser ends its session; its tokens and keys stay.
  const first = { 'x-nandax-secret': installationSecret, cookie: chitra.cookie };
  await post(api.url, first, '{ __typename }');
  const from = (credential: Headers): Headers => ({
    'x-nandax-secret': installationSecret,
    'x-forwarded-for': newAddress(),
    ...credential,
  });
  const bearer = (token: string) => from({ authorization: `Bearer ${token}` });

  return {
    api,
    pool,
    tables,
    asha,
    binod,
    chitra,
    shared: {
      instrument: globalIdOf('Instrument', instrument.id),
      dataset: globalIdOf('Dataset', dataset.id),
    },

    plantAnother(accountOnly = false) {
      others += 1;
      const signature = { name: `EKA${others}`, number: 6 };
      return plantPerson({ pool, tables, signature, passwordHash, accountOnly });
    },

    async newcomer(viewer) {
      if (viewer === 'DEMO') return from({ cookie: await newDemo() });
      const role: UserRole = viewer === 'OTHER' ? 'USER' : viewer;
      const { id } = await createTestUser(prisma, randomUUID(), { role });
      return from({ cookie: await testCookie(prisma, id) });
    },

    headersOf(viewer, as) {
      const hers = as ?? asha;
      switch (viewer) {
        case 'ANONYMOUS':
          return from({});
        case 'FORGED_COOKIE':
          return from({ cookie: 'nandax_session=forged-forged-forged-forged' });
        case 'OWNER':
          return from({ cookie: hers.cookie });
        case 'OWNER_TOKEN':
          return bearer(hers.accessToken);
        case 'OTHER':
          return from({ cookie: binod.cookie });
        case 'PREMIUM':
        case 'ADMIN':
          return from({ cookie: cookies[viewer] });
        case 'DEMO':
          return from({ cookie: demoCookie });
        case 'SUSPENDED':
          return from({ cookie: chitra.cookie });
        case 'SUSPENDED_TOKEN':
          return bearer(chitra.accessToken);
        case 'SUSPENDED_KEY':
          return bearer(chitra.apiKeys.ALL);
        default:
          return bearer(hers.apiKeys[viewer.slice('KEY_'.length) as keyof Person['apiKeys']]);
      }
    },

    targetOf: (viewer) => (viewer.startsWith('SUSPENDED') ? chitra : asha),

    async forgetAttempts() {
      await pool.query(`DELETE FROM "FailedAttempts" WHERE "key" NOT LIKE 'PLANT-%'`);
    },

    fingerprint: (person) => fingerprintOf(pool, tables, person),

    async openDoor(schema) {
      const port = await freePort();
      const environment = parseEnvironment({
        DATABASE_URL: url,
        API_PORT: String(port),
        LOG_LEVEL: 'silent',
        NANDAX_KEY_RING: testKeyRing,
        NANDAX_SECRET: installationSecret,
      });
      const door = await startApi(environment, schema);
      return { url: `http://127.0.0.1:${port}/graphql`, close: () => door.close() };
    },

    async close() {
      await pool.end();
      await api.close();
    },
  };
}

/** Tables in which requests are counted. */
const counting: readonly string[] = ['FailedAttempts', 'RateWindow', 'TrafficCount'];
/** What a credential's use alone changes. */
const restless = ['lastUsedAt', 'lastIpAddress', 'lastSeenAt'];

async function fingerprintOf(
  pool: pg.Pool,
  tables: ReadonlyMap<string, readonly Column[]>,
  person: Person,
): Promise<string> {
  const ids = Object.values(person.ids).join('|');
  const left: readonly string[] = [...sharedTables, ...counting];
  const owned = [...tables].filter(([table]) => !left.includes(table));
  const digests = owned.map(([table, columns]) => {
    const bytes = columns.filter(({ type }) => type === 'bytea').map(({ name }) => name);
    const without = (names: readonly string[]) =>
      `(to_jsonb(item) - '{${names.join(',')}}'::text[])::text`;
    return `SELECT '${table}' AS "table", md5(coalesce(string_agg(line, E'\\n' ORDER BY line), '')) AS digest
      FROM (SELECT ${without(restless)} AS line FROM "${table}" item
            WHERE ${without([...restless, ...bytes])} ~ $1) lines`;
  });
  const { rows } = await pool.query<{ table: string; digest: string }>(
    digests.join(' UNION ALL '),
    [ids],
  );
  return rows.map(({ table, digest }) => `${table} ${digest}`).join('\n');
}

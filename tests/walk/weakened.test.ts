import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import type { Context } from '../../api/context.ts';
import { createSchema } from '../../api/schema.ts';
import { queryProbes, readingProbes } from './documents.ts';
import { mayBeEmpty } from './matrix/emptiness.ts';
import { audienceBehindAnOpenDoor, audienceOf } from './matrix/lookup.ts';
import { openNode } from './open-door.ts';
import type { ViewerName } from './viewers.ts';
import { learnProperty, walk, type Property, type Walked } from './walk.ts';
import { openDoor } from './ways.ts';
import { startWalkWorld, type WalkWorld } from './world.ts';

let world: WalkWorld;
let property: Property;
beforeAll(async () => {
  world = await startWalkWorld();
  property = learnProperty(world, [], []);
});
afterAll(() => world.close());

/** Some who may not, of each kind. */
const viewers: readonly ViewerName[] = [
  ...([
    'ANONYMOUS',
    'OTHER',
    'ADMIN',
    'SUSPENDED_TOKEN',
    'KEY_PAPER_TRADE',
    'KEY_REVOKED',
  ] as const),
];

function fieldOf(schema: GraphQLSchema, type: string, name: string) {
  const of = schema.getType(type);
  const field = isObjectType(of) ? of.getFields()[name] : undefined;
  if (field === undefined) throw new Error(`there is no ${type}.${name}`);
  return field;
}

/** Puts a resolver in the place of a field's own, and of the rule before it. */
function weaken(
  schema: GraphQLSchema,
  type: string,
  name: string,
  resolve: GraphQLFieldResolver<unknown, Context>,
): GraphQLSchema {
  fieldOf(schema, type, name).resolve = resolve;
  return schema;
}

async function walkBehindAnOpenDoor(schema: GraphQLSchema): Promise<Walked> {
  const door = await world.openDoor(openNode(schema));
  try {
    return await walk({
      url: door.url,
      world,
      property,
      viewers,
      probes: readingProbes(schema, openDoor).filter(({ root }) => root === 'node'),
      audienceOf: audienceBehindAnOpenDoor,
      mayBeEmpty,
    });
  } finally {
    await door.close();
  }
}

/** The fields that came to whom they should not, with those they came to. */
function opened({ findings }: Walked): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const { field, viewer, what } of findings) {
    if (what.startsWith('gives ')) found[field] = [...(found[field] ?? []), viewer];
  }
  return found;
}

test('a field that lost its rule is found, and no other', async () => {
  const schema = weaken(
    await createSchema(),
    'Portfolio',
    'cash',
    async (portfolio, _arguments, { loaders }) =>
      (await loaders.figuresOfPortfolio.load((portfolio as PortfolioView).id))?.cash,
  );
  const walked = await walkBehindAnOpenDoor(schema);
  expect(opened(walked)).toEqual({ 'Portfolio.cash': viewers });
  // It is seen by what it gives away, too: Asha's money, or Chitra's to whoever comes by her token.
  const given = walked.findings.filter(({ what }) => what.includes('LedgerEntry.amount'));
  expect(given.map(({ viewer }) => viewer)).toEqual(viewers);
});

test('a field that lost its rule is found where it is a plain value of its object', async () => {
  const schema = weaken(await createSchema(), 'ApiKey', 'prefix', defaultFieldResolver);
  expect(opened(await walkBehindAnOpenDoor(schema))).toEqual({ 'ApiKey.prefix': viewers });
});

test('a query that gives anybody’s object by its id is found at the front door', async () => {
  const schema = weaken(
    await createSchema(),
    'Query',
    'portfolio',
    (_source, _arguments, { loaders }) => loaders.portfolio.load(world.asha.ids['portfolio'] ?? ''),
  );
  const door = await world.openDoor(schema);
  const walked = await walk({
    url: door.url,
    world,
    property,
    viewers,
    probes: queryProbes(schema),
    audienceOf,
    mayBeEmpty,
  });
  await door.close();
  expect(opened(walked)).toEqual({ 'Query.portfolio': viewers });
});

test('a list that holds somebody else’s is found by what it gives away', async () => {
  const schema = weaken(
    await createSchema(),
    'NotificationConnection',
    'nodes',
    async (_source, _arguments, { loaders }) => [
      await loaders.notification.load(world.asha.ids['notification'] ?? ''),
    ],
  );
  for (const name of ['title', 'id']) fieldOf(schema, 'Notification', name).resolve = leak(name);
  const door = await world.openDoor(schema);
  const walked = await walk({
    url: door.url,
    world,
    property,
    viewers: ['OTHER'],
    probes: [
      {
        ...(queryProbes(schema).find(({ field }) => field === 'Query.notifications') ??
          ({} as never)),
        write: (_asked, alias) => `${alias}: notifications { nodes { title } }`,
      },
    ],
    audienceOf,
    mayBeEmpty,
  });
  await door.close();
  expect(walked.findings.map(({ field, viewer }) => `${field} ${viewer}`)).toEqual([
    'Query.notifications OTHER',
  ]);
  expect(walked.findings[0]?.what).toContain('Notification.title PLANT-ASHA-Notification-title-');
});

/** A field without a rule. */
function leak(name: string): GraphQLFieldResolver<unknown, Context> {
  return (source) => (source as Readonly<Record<string, unknown>>)[name];
}

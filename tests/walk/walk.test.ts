import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphQLSchema } from 'graphql';
import { createSchema } from '../../api/schema.ts';
import { queryProbes, readingProbes } from './documents.ts';
import { audienceBehindAnOpenDoor, audienceOf } from './matrix/lookup.ts';
import { mayBeEmpty } from './matrix/emptiness.ts';
import { openNode } from './open-door.ts';
import { learnProperty, visit, walk, type Property } from './walk.ts';
import { startWalkWorld, type WalkWorld } from './world.ts';

let world: WalkWorld;
let schema: GraphQLSchema;
let property: Property;
beforeAll(async () => {
  schema = await createSchema();
  world = await startWalkWorld();
  const probes = readingProbes(schema, { listedOnly: ['ManagedAccount'] });
  const [hers, his] = await Promise.all([
    visit(world.api.url, world.headersOf('OWNER'), probes, { world, person: world.asha }),
    visit(world.api.url, world.headersOf('OTHER'), probes, { world, person: world.binod }),
  ]);
  property = learnProperty(world, hers, his);
});
afterAll(() => world.close());

test('what queries lead to comes to whom the matrix names, and to nobody else', async () => {
  const probes = [
    ...queryProbes(schema),
    ...readingProbes(schema, { listedOnly: ['ManagedAccount'] }),
  ];
  const { findings, cases } = await walk({
    url: world.api.url,
    world,
    property,
    probes,
    audienceOf,
    mayBeEmpty,
  });
  console.log(cases.size, probes.length);
  expect(findings.map(({ field, viewer, what }) => `${field} ${viewer}: ${what}`)).toEqual([]);
});

test('behind an open door every field guards itself', async () => {
  const door = await world.openDoor(openNode(await createSchema()));
  const probes = readingProbes(schema, { listedOnly: [] });
  const { findings, cases } = await walk({
    url: door.url,
    world,
    property,
    probes,
    audienceOf: audienceBehindAnOpenDoor,
    mayBeEmpty,
  });
  console.log(cases.size, probes.length);
  await door.close();
  expect(findings.map(({ field, viewer, what }) => `${field} ${viewer}: ${what}`)).toEqual([]);
});

import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphQLSchema } from 'graphql';
import { createSchema } from '../../api/schema.ts';
import { learnProperty, type Property } from './walk.ts';
import { walkSubscriptions } from './subscription-walk.ts';
import { startWalkWorld, type WalkWorld } from './world.ts';
let world: WalkWorld; let schema: GraphQLSchema; let property: Property;
beforeAll(async () => { schema = await createSchema(); world = await startWalkWorld(); property = learnProperty(world, [], []); });
afterAll(() => world.close());
test('s', async () => {
  const t = performance.now();
  const w = await walkSubscriptions(schema, world, property);
  console.log(performance.now() - t, w.cases.size, [...w.reached].length);
  expect(w.findings.map(({ field, viewer, what }) => `${field} ${viewer}: ${what}`)).toEqual([]);
}, 60_000);

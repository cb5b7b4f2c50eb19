import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedTables, startWalkWorld, type WalkWorld } from './world.ts';

let world: WalkWorld;
beforeAll(async () => {
  world = await startWalkWorld();
});
afterAll(() => world.close());

test('every table holds rows of Asha and of Binod, or is named as one in which nothing is anybody’s', () => {
  for (const { planter } of [world.asha, world.binod]) {
    const bare = [...world.tables.keys()].filter((table) => !planter.planted.has(table));
    expect(bare).toEqual([...sharedTables]);
  }
});

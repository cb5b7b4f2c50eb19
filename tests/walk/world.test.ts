import { afterAll, beforeAll, expect, test } from 'vitest';
import { forNobody, notSecret, secretive } from './matrix/columns.ts';
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

test('every column whose name smells of a secret is said to come back to nobody, or to be none', () => {
  const columns = [...world.tables].flatMap(([table, all]) =>
    all.map(({ name }) => `${table}.${name}`),
  );
  const said = [...forNobody, ...notSecret];
  expect(said.filter((column) => !columns.includes(column))).toEqual([]);
  expect(
    columns.filter(
      (column) => secretive.test(column.split('.')[1] ?? '') && !said.includes(column),
    ),
  ).toEqual([]);
  // Each of them holds something that would be recognised.
  const planted = new Set(world.asha.planter.marks.values());
  expect(forNobody.filter((column) => !planted.has(column))).toEqual([]);
});

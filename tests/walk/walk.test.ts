import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphQLSchema } from 'graphql';
import { createSchema } from '../../api/schema.ts';
import { fieldedTypes, queryProbes, readingProbes, type Probe } from './documents.ts';
import type { Finding } from './judge.ts';
import { alike, mayBeEmpty, outOfReach } from './matrix/emptiness.ts';
import { audienceBehindAnOpenDoor, audienceOf, fieldsOfMatrix } from './matrix/lookup.ts';
import { mutations } from './matrix/mutations.ts';
import { subscriptions } from './matrix/subscriptions.ts';
import { answering } from './matrix/types.ts';
import { walkMutations } from './mutation-walk.ts';
import { openNode } from './open-door.ts';
import { walkSubscriptions } from './subscription-walk.ts';
import { viewerNames } from './viewers.ts';
import { frontDoor, openDoor } from './ways.ts';
import { learnProperty, visit, walk, type Property, type Visit } from './walk.ts';
import { startWalkWorld, type WalkWorld } from './world.ts';

/** As many cases were walked before, see docs/measurements.md: none is taken out of the walk quietly. */
const floor = 31_625;

let world: WalkWorld;
let schema: GraphQLSchema;
let property: Property;
let hers: readonly Visit[];
let his: readonly Visit[];
const cases = new Set<string>();
const reached = new Set<string>();

beforeAll(async () => {
  schema = await createSchema();
  world = await startWalkWorld();
  const probes = readingProbes(schema, frontDoor);
  const { url } = world.api;
  hers = await visit(url, world.headersOf('OWNER'), probes, { world, person: world.asha });
  his = await visit(url, world.headersOf('OTHER'), probes, { world, person: world.binod });
  property = learnProperty(world, hers, his);
});
afterAll(() => world.close());

/** Every field of the schema as `Type.field`. */
function allFields(): readonly string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return [...roots, ...fieldedTypes(schema)].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name ?? ''}.${field}`),
  );
}

function words(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ field, viewer, what }) => `${field} as ${viewer}: ${what}`);
}

test('the matrix names every field of the schema, and none that is not there', () => {
  const named = [
    ...fieldsOfMatrix,
    ...Object.keys(mutations).map((name) => `Mutation.${name}`),
    ...Object.keys(subscriptions).map((name) => `Subscription.${name}`),
    ...Object.entries(answering).flatMap(([type, fields]) =>
      fields.split(' ').map((field) => `${type}.${field}`),
    ),
  ];
  expect(named.toSorted()).toEqual(allFields().toSorted());
});

test('what queries lead to comes to whom the matrix names, and to nobody else', async () => {
  const probes: readonly Probe[] = [...queryProbes(schema), ...readingProbes(schema, frontDoor)];
  const { url } = world.api;
  const walked = await walk({ url, world, property, probes, audienceOf, mayBeEmpty });
  for (const each of walked.cases) cases.add(each);
  expect(words(walked.findings)).toEqual([]);
});

test('what its owner is given is theirs: each scalar of Asha’s differs from Binod’s', () => {
  const telling = /^(String|ID|Money|Price|Decimal|Quantity|DateTime|Count|Cursor|JSONObject)$/;
  const same = hers.flatMap(({ probe, outcome }) => {
    const other = his.find((one) => one.probe.field === probe.field)?.outcome;
    const isSame = JSON.stringify(outcome) === JSON.stringify(other);
    const isTold = probe.scalar !== null && telling.test(probe.scalar);
    const isOwn =
      audienceOf(probe.field).includes('OWNER') && !probe.field.endsWith('of what is shared');
    return isTold && isOwn && isSame ? [probe.field] : [];
  });
  expect(same.toSorted()).toEqual(alike.toSorted());
});

test('behind an open door every field guards itself', async () => {
  const door = await world.openDoor(openNode(await createSchema()));
  const probes = readingProbes(schema, openDoor).filter(({ root }) => root === 'node');
  const { url } = door;
  const audience = audienceBehindAnOpenDoor;
  const walked = await walk({ url, world, property, probes, audienceOf: audience, mayBeEmpty });
  await door.close();
  expect(words(walked.findings)).toEqual([]);
});

test('a subscription tells each of their own, and nobody of Asha’s', async () => {
  const walked = await walkSubscriptions(schema, world, property);
  for (const each of walked.cases) cases.add(each);
  for (const each of walked.reached) reached.add(each);
  expect(words(walked.findings)).toEqual([]);
});

test('a mutation does what it says for whom the matrix names, and changes nothing for others', async () => {
  const walked = await walkMutations({ schema, world, property });
  for (const each of walked.cases) cases.add(each);
  for (const each of walked.reached) reached.add(each);
  expect(words(walked.findings)).toEqual([]);
});

test('everything that mutations and subscriptions can answer came back to somebody', () => {
  const answers = Object.entries(answering).flatMap(([type, fields]) =>
    fields.split(' ').map((field) => `${type}.${field}`),
  );
  const missing = answers.filter((field) => !reached.has(field));
  expect(missing.toSorted()).toEqual(Object.keys(outOfReach).toSorted());
});

test('every field was walked as every viewer, and no fewer than before', () => {
  const fields = allFields();
  const walked = fields.flatMap((field) => viewerNames.map((viewer) => `${field} ${viewer}`));
  expect(walked.filter((each) => !cases.has(each))).toEqual([]);
  const [f, v] = [fields.length, viewerNames.length];
  process.stdout.write(`walked ${walked.length} cases: ${f} fields x ${v} viewers\n`);
  expect(walked.length).toBeGreaterThanOrEqual(floor);
});

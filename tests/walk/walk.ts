import type { Asked } from './arguments.ts';
import { batches, type Probe } from './documents.ts';
import { judgeClosed, judgeOpen, marksIn, outcomeOf, type Finding, type Marks } from './judge.ts';
import type { Outcome } from './judge.ts';
import { forNobody, shownTo } from './matrix/columns.ts';
import { owner, type Audience } from './matrix/audiences.ts';
import type { Person } from './person.ts';
import { newAddress, post, type Headers, type RawAnswer } from './requests.ts';
import { isHers, viewerNames, type ViewerName } from './viewers.ts';
import type { WalkWorld } from './world.ts';

/** Root fields of one document; below the API's own limit. */
const batchSize = 20;
/** Requests under way at a time. */
const lanes = 8;

/** A field with the document that came to it. */
export interface Visit {
  readonly probe: Probe;
  readonly outcome: Outcome;
  readonly answer: RawAnswer;
}

/** Asks every probe as one viewer. */
export async function visit(
  url: string,
  headers: Headers,
  probes: readonly Probe[],
  asked: Asked,
): Promise<readonly Visit[]> {
  const made = batches(probes, batchSize);
  const visits: Visit[] = [];
  await inLanes(made, async (batch) => {
    const fields = batch.map((probe, place) => probe.write(asked, `a${place}`));
    // A caller nobody knows has a budget by address.
    const from = { ...headers, 'x-forwarded-for': newAddress() };
    const answer = await post(url, from, `{ ${fields.join('\n')} }`);
    batch.forEach((probe, place) => {
      visits.push({ probe, answer, outcome: outcomeOf(answer, `a${place}`, probe) });
    });
  });
  return visits;
}

/** Works through a list, some at a time. */
export async function inLanes<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  count = lanes,
): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: count }, lane));
}

/** What is known to be somebody's: planted values, and figures made of them that only they were given. */
export interface Property {
  readonly asha: Marks;
  readonly binod: Marks;
  readonly chitra: Marks;
  /** Values that come back to nobody. */
  readonly secrets: ReadonlyMap<Person, Marks>;
}

/** Splits a person's marks into those that may be shown to somebody and those that may not. */
function propertyOf({ planter }: Person): { readonly open: Marks; readonly secret: Marks } {
  const isSecret = (origin: string) => forNobody.includes(origin) || origin.startsWith('secret of');
  const all = [...planter.marks];
  return {
    open: new Map(all.filter(([, origin]) => !isSecret(origin))),
    secret: new Map(all.filter(([, origin]) => isSecret(origin))),
  };
}

/** `hers` and `his` are what Asha and Binod were given when each asked for their own. */
export function learnProperty(
  world: WalkWorld,
  hers: readonly Visit[],
  his: readonly Visit[],
): Property {
  const people = [world.asha, world.binod, world.chitra];
  const secrets = new Map(people.map((person) => [person, propertyOf(person).secret]));
  return {
    asha: new Map([...derived(hers, his), ...propertyOf(world.asha).open]),
    binod: new Map([...derived(his, hers), ...propertyOf(world.binod).open]),
    chitra: propertyOf(world.chitra).open,
    secrets,
  };
}

/** Values that one was given and the other was not: sums, curves, cursors. */
function derived(given: readonly Visit[], notGiven: readonly Visit[]): [string, string][] {
  const known = new Set(notGiven.map(({ outcome }) => textOf(outcome)));
  return given.flatMap(({ probe, outcome }): [string, string][] => {
    const text = textOf(outcome);
    return text.length < 8 || known.has(text) ? [] : [[text, probe.field]];
  });
}

function textOf(outcome: Outcome): string {
  return outcome.kind === 'VALUE' && typeof outcome.value === 'string' ? outcome.value : '';
}

/**
 * Every mark in an answer to `viewer` of what is not theirs or what their key may not read, and every
 * secret of anybody.
 */
export function leaksTo(
  viewer: ViewerName,
  world: WalkWorld,
  property: Property,
  answer: Pick<RawAnswer, 'raw' | 'sent'>,
): readonly string[] {
  const shown = shownTo[viewer] ?? [];
  const { asha, binod, chitra } = world;
  const leaks: string[] = [];
  if (!owner.includes(viewer)) leaks.push(...marksIn(answer, asha, property.asha, shown));
  if (viewer !== 'OTHER') leaks.push(...marksIn(answer, binod, property.binod, shown));
  leaks.push(...marksIn(answer, chitra, property.chitra, shown));
  const nobody = { name: '(nobody)' };
  for (const secret of property.secrets.values()) leaks.push(...marksIn(answer, nobody, secret));
  return leaks;
}

/** Who has rows of their own, so that their own lists hold something. */
function hasRows(viewer: ViewerName): boolean {
  return isHers(viewer) || viewer === 'OTHER';
}

/** What a walk through one door found. */
export interface Walked {
  readonly findings: readonly Finding[];
  /** `field viewer` of every case judged. */
  readonly cases: ReadonlySet<string>;
}

export interface WalkPlan {
  readonly url: string;
  readonly world: WalkWorld;
  readonly property: Property;
  readonly probes: readonly Probe[];
  /** Who may have a field. */
  readonly audienceOf: (field: string) => Audience;
  /** Fields that hold nothing in this world, also for whom they are. */
  readonly mayBeEmpty: readonly string[];
  readonly viewers?: readonly ViewerName[];
}

/** Asks everything as everybody, and judges what comes back. */
export async function walk(plan: WalkPlan): Promise<Walked> {
  const { url, world, property, probes, audienceOf, mayBeEmpty } = plan;
  const findings: Finding[] = [];
  const cases = new Set<string>();
  for (const viewer of plan.viewers ?? viewerNames) {
    const asked = { world, person: world.targetOf(viewer) };
    const visits = await visit(url, world.headersOf(viewer), probes, asked);
    const read = new Set<RawAnswer>();
    for (const { probe, outcome, answer } of visits) {
      const { field } = probe;
      cases.add(`${field} ${viewer}`);
      const wrong = audienceOf(field).includes(viewer)
        ? judgeOpen(outcome, hasRows(viewer) && !mayBeEmpty.includes(field))
        : judgeClosed(outcome);
      if (wrong !== null) findings.push({ field, viewer, what: wrong });
      if (read.has(answer)) continue;
      read.add(answer);
      for (const leak of leaksTo(viewer, world, property, answer)) {
        findings.push({ field, viewer, what: `the answer holds ${leak}` });
      }
    }
  }
  return { findings, cases };
}

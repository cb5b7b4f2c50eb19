import { getNamedType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { judgeClosed, type Finding, type Outcome } from './judge.ts';
import { mutations, type MutationRule } from './matrix/mutations.ts';
import { mutationCases, type MutationCase } from './mutation-inputs.ts';
import type { Person } from './person.ts';
import { provocations, type Provocation } from './provocations.ts';
import { post, type Headers, type RawAnswer } from './requests.ts';
import { everythingOf, namedIn, reachedIn } from './selection.ts';
import { isHers, viewerNames, type ViewerName } from './viewers.ts';
import { inLanes, leaksTo, type Property } from './walk.ts';
import type { WalkWorld } from './world.ts';

export interface MutationPlan {
  readonly schema: GraphQLSchema;
  readonly world: WalkWorld;
  readonly property: Property;
}

/** What the walk over the mutations found. */
export interface MutationsWalked {
  readonly findings: readonly Finding[];
  readonly cases: ReadonlySet<string>;
  /** `Type.field` of everything that came back to somebody. */
  readonly reached: ReadonlySet<string>;
}

const ownNewcomers = ['OTHER', 'PREMIUM', 'ADMIN', 'DEMO'] as const;
type Newcomer = (typeof ownNewcomers)[number];

function isNewcomer(viewer: ViewerName): viewer is Newcomer {
  return (ownNewcomers as readonly ViewerName[]).includes(viewer);
}

/** How a call ends. */
type Expected = 'SUCCESS' | 'ANSWER' | 'NOT_FOUND' | 'REFUSED';

/** What should become of a call by `viewer` about what is Asha's. */
function expectedOf({ who, touches }: MutationRule, viewer: ViewerName): Expected {
  if (!who.includes(viewer)) return 'REFUSED';
  if (touches === 'NAMED' && !isHers(viewer)) return 'NOT_FOUND';
  // Someone else's own account is not in the state that every mutation needs.
  if (touches === 'OWN' && !isHers(viewer)) return 'ANSWER';
  return 'SUCCESS';
}

/**
 * Calls every mutation as everybody. First whoever may not, about Asha's things and Chitra's: nothing
 * of theirs may change. Then whoever may, each on things made for that call.
 */
export async function walkMutations(plan: MutationPlan): Promise<MutationsWalked> {
  const { schema, world } = plan;
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const found: Walking = { findings: [], cases: new Set(), reached: new Set() };
  let untouched = await fingerprints(world);
  for (const field of fields) untouched = await callInVain(plan, field, untouched, found);
  const allowed = fields.flatMap((field) =>
    viewerNames
      .filter((viewer) => {
        const expected = expectedOf(ruleOf(field.name), viewer);
        return expected === 'SUCCESS' || expected === 'ANSWER';
      })
      .map((viewer) => ({ field, viewer })),
  );
  // A logout ends the session it comes by, so it comes last.
  allowed.sort((a, b) => Number(a.field.name === 'logout') - Number(b.field.name === 'logout'));
  await inLanes(allowed, ({ field, viewer }) => callWithRight(plan, field, viewer, found), 4);
  await inLanes(provocations, (each) => provoke(plan, each, found), 4);
  return found;
}

interface Walking {
  readonly findings: Finding[];
  readonly cases: Set<string>;
  readonly reached: Set<string>;
}

/** @throws Error naming a mutation that the matrix leaves out */
export function ruleOf(name: string): MutationRule {
  const rule = mutations[name];
  if (rule === undefined) throw new Error(`The matrix says nothing of Mutation.${name}.`);
  return rule;
}

function caseOf(name: string): MutationCase {
  const made = mutationCases[name];
  if (made === undefined) throw new Error(`Nobody wrote down a call of Mutation.${name}.`);
  return made;
}

type Field = GraphQLField<unknown, unknown>;

/** Whoever may not, and whoever names what is not theirs or guesses what they do not know. */
async function callInVain(
  plan: MutationPlan,
  field: Field,
  before: readonly string[],
  found: Walking,
): Promise<readonly string[]> {
  const { world } = plan;
  const rule = ruleOf(field.name);
  const viewers = viewerNames.filter((viewer) => {
    const expected = expectedOf(rule, viewer);
    return expected === 'REFUSED' || expected === 'NOT_FOUND' || rule.touches === 'SECRET';
  });
  await inLanes(viewers, async (viewer) => {
    const target = world.targetOf(viewer);
    const headers = world.headersOf(viewer);
    const { guessed, input } = caseOf(field.name);
    const known = rule.touches === 'SECRET' || field.name.startsWith('finish') ? guessed : input;
    const made = await (known ?? input)(target, world, headers);
    // Guesses of the others would only slow this one.
    if (rule.touches === 'SECRET') await world.forgetAttempts();
    const expected = expectedOf(rule, viewer);
    const answer = await call(plan, field, headers, made, target, {
      objects: expected === 'REFUSED' || reads(viewer),
    });
    judge(plan, found, field, viewer, answer, expected === 'SUCCESS' ? 'FAILURE' : expected);
  });
  const after = await fingerprints(world);
  for (const [place, print] of after.entries()) {
    const was = before[place]?.split('\n') ?? [];
    const changed = print.split('\n').filter((line) => !was.includes(line));
    // An attempt at a login is written down for whom it concerns, and counted.
    const audited = rule.touches === 'SECRET' ? /^(AuditEvent|AuditHead) / : /^$/;
    const wrong = changed.filter((line) => !audited.test(line));
    if (wrong.length > 0) {
      found.findings.push({
        field: `Mutation.${field.name}`,
        viewer: viewers.join(', '),
        what: `changed ${wrong.map((line) => line.split(' ')[0]).join(', ')} of somebody else`,
      });
    }
  }
  return after;
}

/** What is Asha's and Chitra's, as it stands. */
function fingerprints(world: WalkWorld): Promise<readonly string[]> {
  return Promise.all([world.asha, world.chitra].map((one) => world.fingerprint(one)));
}

/** Brings about each failure of the contract; `viewer` stands for a person made for it. */
async function provoke(
  plan: MutationPlan,
  provocation: Provocation,
  found: Walking,
): Promise<void> {
  const { schema, world, property } = plan;
  const { mutation, answers, as: viewer = 'OWNER', before, input, atMost = 1 } = provocation;
  const field = schema.getMutationType()?.getFields()[mutation];
  if (field === undefined) throw new Error(`there is no mutation ${mutation}`);
  const person = await world.plantAnother();
  if (before !== undefined) await world.pool.query(before.sql, [person.ids[before.row]]);
  const headers = world.headersOf(viewer, person);
  for (let time = 1; time <= atMost; time += 1) {
    const made = await input(person, world, headers);
    const answer = await call(plan, field, headers, made, person, { objects: true });
    for (const each of reachedIn(answer.data)) found.reached.add(each);
    const problems = leaksTo('ANONYMOUS', world, property, answer).map(
      (leak) => `the answer holds ${leak}`,
    );
    const typename = typenameOf(answer);
    const isSo = typename === answers;
    if (time === atMost && !isSo) {
      problems.push(`answers ${typename ?? answer.raw.slice(-300)} in place of ${answers}`);
    }
    for (const what of problems)
      found.findings.push({ field: `Mutation.${mutation}`, viewer, what });
    if (isSo) return;
  }
}

async function callWithRight(
  plan: MutationPlan,
  field: Field,
  viewer: ViewerName,
  found: Walking,
): Promise<void> {
  const { world } = plan;
  const { input, before } = caseOf(field.name);
  const { touches } = ruleOf(field.name);
  const isNeeded = isHers(viewer) || (touches !== 'OWN' && touches !== 'NOTHING');
  const person = isNeeded
    ? await world.plantAnother(touches === 'SECRET' || touches === 'ACCOUNT')
    : world.asha;
  if (isNeeded && before !== undefined) {
    await world.pool.query(before.sql, [person.ids[before.row]]);
  }
  const headers = await headersOf(world, viewer, person);
  const made = await input(person, world, headers);
  const answer = await call(plan, field, headers, made, person, { objects: reads(viewer) });
  judge(plan, found, field, viewer, answer, expectedOf(ruleOf(field.name), viewer));
}

/** Newcomers come anew each time: what they may do they do to their own account. */
async function headersOf(world: WalkWorld, viewer: ViewerName, as: Person): Promise<Headers> {
  return isNewcomer(viewer) ? world.newcomer(viewer) : world.headersOf(viewer, as);
}

/** Who may read what a mutation answers; other keys learn only what kind of answer it is. */
function reads(viewer: ViewerName): boolean {
  return !viewer.startsWith('KEY_') || viewer === 'KEY_READ' || viewer === 'KEY_ALL';
}

/** Calls a mutation and asks for all it can answer; `objects`: also for what is in objects with an id. */
export async function call(
  { schema, world }: Pick<MutationPlan, 'schema' | 'world'>,
  field: Field,
  headers: Headers,
  input: object | null,
  person: Person,
  { objects }: { readonly objects: boolean },
): Promise<RawAnswer> {
  const [argument] = field.args;
  const end = getNamedType(field.type);
  const selection = everythingOf(schema, end, { world, person }, objects);
  return argument === undefined || input === null
    ? post(world.api.url, headers, `mutation { answer: ${field.name}${selection} }`)
    : post(
        world.api.url,
        headers,
        `mutation ($input: ${String(argument.type)}) { answer: ${field.name}(input: $input)${selection} }`,
        { input },
      );
}

function judge(
  { schema, world, property }: MutationPlan,
  { findings, cases, reached }: Walking,
  field: Field,
  viewer: ViewerName,
  answer: RawAnswer,
  expected: Expected | 'FAILURE',
): void {
  const name = `Mutation.${field.name}`;
  const rule = ruleOf(field.name);
  const typename = typenameOf(answer);
  const wrong = wordsFor(expected, rule, typename, answer);
  if (wrong !== null) findings.push({ field: name, viewer, what: wrong });
  for (const leak of leaksTo(viewer, world, property, answer)) {
    findings.push({ field: name, viewer, what: `the answer holds ${leak}` });
  }
  for (const each of reachedIn(answer.data)) reached.add(each);
  cases.add(`${name} ${viewer}`);
  for (const each of namedIn(schema, queryOf(answer))) cases.add(`${each} ${viewer}`);
}

function queryOf({ sent }: RawAnswer): string {
  return (JSON.parse(sent) as { readonly query: string }).query;
}

function typenameOf(answer: RawAnswer): string | null {
  const value = answer.data?.['answer'] as { readonly __typename?: string } | null | undefined;
  return value?.__typename ?? null;
}

function wordsFor(
  expected: Expected | 'FAILURE',
  { success }: MutationRule,
  typename: string | null,
  answer: RawAnswer,
): string | null {
  const code = answer.errors?.[0]?.extensions.code ?? 'no error';
  switch (expected) {
    case 'REFUSED': {
      const outcome: Outcome =
        typename !== null ? { kind: 'VALUE', value: typename } : { kind: 'ERROR', code };
      return judgeClosed(outcome);
    }
    case 'NOT_FOUND':
      return typename === 'NotFound' ? null : `answers ${typename ?? code} for what is not theirs`;
    case 'FAILURE':
      if (typename === success) return `answers ${typename} to a guess`;
      return typename === null ? `fails with ${code}: ${answer.raw.slice(-300)}` : null;
    case 'ANSWER':
      return typename === null ? `fails with ${code}: ${answer.raw.slice(-300)}` : null;
    case 'SUCCESS':
      return typename === success ? null : `answers ${typename ?? code}: ${answer.raw.slice(-300)}`;
  }
}

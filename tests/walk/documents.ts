import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { argumentsOf, nodeRows, type Asked } from './arguments.ts';

type Fielded = GraphQLObjectType | GraphQLInterfaceType;

/** A way to one field: a piece of a document that asks for it and for little else. */
export interface Probe {
  /** `Type.field`. */
  readonly field: string;
  /** Keys from the answer's data to the value; lists on the way are looked through. */
  readonly path: readonly string[];
  /** The root field it goes through. */
  readonly root: string;
  /** The scalar at its end; null: an object. */
  readonly scalar: string | null;
  /** Whether documents of several probes may be put together: null at the root stays there. */
  readonly nullableRoot: boolean;
  /** The root field with what is below, under `alias`. */
  write(asked: Asked, alias: string): string;
}

/** One step of a way: a field of a type. */
export interface Step {
  readonly type: string;
  readonly field: string;
}

/** How probes reach an object that has a global id. */
export interface Ways {
  /** Types that `node(id)` does not give to those who may see them, and what does. */
  readonly notByNode: Readonly<Record<string, readonly Step[]>>;
  /** Ways to go besides the shortest. */
  readonly also?: readonly OtherWay[];
}

/** Another way to a type, for whom or for what the shortest is none. */
export interface OtherWay {
  /** Stands behind the fields' names: `AuditEvent.action of an administrator`. */
  readonly label: string;
  readonly type: string;
  readonly way: readonly Step[];
  /** The id for `node(id)` at the beginning of the way. */
  readonly id?: (asked: Asked) => string;
}

/** Every object and interface type of a schema that holds fields, roots apart. */
export function fieldedTypes(schema: GraphQLSchema): readonly Fielded[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is Fielded =>
      (isObjectType(type) || isInterfaceType(type)) &&
      !type.name.startsWith('__') &&
      ![schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some(
        (root) => root === type,
      ),
  );
}

/** Probes for every field of every type that queries lead to, by the shortest way. */
export function readingProbes(schema: GraphQLSchema, ways: Ways): readonly Probe[] {
  const query = schema.getQueryType();
  if (!query) throw new Error('a schema without queries');
  const found = shortestWays(schema, query, ways);
  const probes: Probe[] = [];
  for (const type of fieldedTypes(schema)) {
    const way = found.get(type.name);
    if (way === undefined) continue;
    for (const field of Object.values(type.getFields())) {
      probes.push(probeOf(schema, query, { way }, type, field));
    }
  }
  for (const other of ways.also ?? []) {
    const type = schema.getType(other.type) as Fielded;
    for (const field of Object.values(type.getFields())) {
      probes.push(probeOf(schema, query, other, type, field));
    }
  }
  return probes;
}

/** Probes for the queries themselves. */
export function queryProbes(schema: GraphQLSchema): readonly Probe[] {
  const query = schema.getQueryType();
  if (!query) throw new Error('a schema without queries');
  return Object.values(query.getFields()).map((field) =>
    probeOf(schema, query, { way: [] }, query, field),
  );
}

/** Types of global ids first, then breadth first from the roots of the query. */
function shortestWays(
  schema: GraphQLSchema,
  query: GraphQLObjectType,
  { notByNode }: Ways,
): ReadonlyMap<string, readonly Step[]> {
  const ways = new Map<string, readonly Step[]>();
  const reach = (type: GraphQLNamedType, way: readonly Step[]) => {
    if (isLeafType(type) || ways.has(type.name)) return;
    ways.set(type.name, way);
    if (isAbstractType(type)) return;
    queue.push(type.name);
  };
  const queue: string[] = [];
  const nodes = schema.getType('Node');
  for (const type of fieldedTypes(schema)) {
    const isNode = isInterfaceType(nodes) && type.getInterfaces().includes(nodes);
    if (isNode || type === nodes) {
      if (isNode && nodeRows[type.name] === undefined) {
        throw new Error(`No row of the world stands for the type ${type.name}.`);
      }
      reach(type, notByNode[type.name] ?? [{ type: 'Query', field: 'node' }]);
    }
  }
  const look = (type: Fielded, way: readonly Step[]) => {
    for (const field of Object.values(type.getFields())) {
      const end = getNamedType(field.type);
      const further = [...way, { type: type.name, field: field.name }];
      // Of a union what was asked for; the failures in it are those of mutations.
      const ends = isUnionType(end) ? end.getTypes().filter((one) => !isFailure(one)) : [end];
      for (const one of ends) reach(one, further);
    }
  };
  // What no object with an id leads to is looked for from the roots.
  for (;;) {
    const next = queue.shift();
    if (next === undefined) break;
    look(schema.getType(next) as Fielded, ways.get(next) ?? []);
  }
  look(query, []);
  for (;;) {
    const next = queue.shift();
    if (next === undefined) break;
    look(schema.getType(next) as Fielded, ways.get(next) ?? []);
  }
  return ways;
}

function probeOf(
  schema: GraphQLSchema,
  query: GraphQLObjectType,
  { way, label, id }: Pick<OtherWay, 'way'> & Partial<OtherWay>,
  type: Fielded,
  field: GraphQLField<unknown, unknown>,
): Probe {
  const covered = `${type.name}.${field.name}`;
  const steps: Step[] = [...way, { type: type.name, field: field.name }];
  const root = query.getFields()[steps[0]?.field ?? ''];
  const end = getNamedType(field.type);
  return {
    field: label === undefined ? covered : `${covered} ${label}`,
    root: root?.name ?? '',
    scalar: isScalarType(end) ? end.name : null,
    path: steps.slice(1).map((step) => step.field),
    nullableRoot: !String(root?.type).endsWith('!'),
    write(asked, alias) {
      const below = (place: number): string => {
        const step = steps[place];
        if (step === undefined) return leafSelection(getNamedType(field.type));
        const { type: of, field: name } = step;
        // Below an interface or a union the object's type has to be named.
        const spread = isAbstractType(typeAt(schema, steps[place - 1])) ? `... on ${of} ` : null;
        const inner = `${name}${checkedArguments(schema, step, asked, covered)}${below(place + 1)}`;
        return spread === null ? ` { ${inner} }` : ` { ${spread}{ ${inner} } }`;
      };
      const [first, second] = steps;
      const isNode = first?.field === 'node' && first.type === 'Query' && second !== undefined;
      const rootArguments = isNode
        ? `(id: ${JSON.stringify(id?.(asked) ?? idOfNode(asked, second.type))})`
        : checkedArguments(schema, first ?? { type: '', field: '' }, asked, covered);
      return `${alias}: ${first?.field ?? ''}${rootArguments}${below(1)}`;
    },
  };
}

/** What a step leads to. */
function typeAt(schema: GraphQLSchema, step: Step | undefined): GraphQLNamedType | undefined {
  const of = schema.getType(step?.type ?? '');
  const fielded = isObjectType(of) || isInterfaceType(of) ? of : null;
  const field = fielded?.getFields()[step?.field ?? ''];
  return field && getNamedType(field.type);
}

function isFailure(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === 'Failure');
}

function idOfNode({ person }: Asked, type: string): string {
  const [entity, row] = nodeRows[type] ?? ['Portfolio', 'portfolio'];
  return person.id(entity, row);
}

/** @throws Error naming a field whose required arguments nobody wrote down. */
function checkedArguments(
  schema: GraphQLSchema,
  { type, field }: Step,
  asked: Asked,
  covered: string,
): string {
  const written = argumentsOf(`${type}.${field}`, asked, covered);
  const of = schema.getType(type);
  const definition = isObjectType(of) || isInterfaceType(of) ? of.getFields()[field] : undefined;
  if (written === '' && definition?.args.some(isRequiredArgument)) {
    throw new Error(`Nobody wrote down the arguments of ${type}.${field}.`);
  }
  return written;
}

/** What is asked of an object at the end of a way: that it is there. */
function leafSelection(type: GraphQLNamedType): string {
  return isLeafType(type) ? '' : ' { __typename }';
}

/** Documents of at most `size` probes; one for each where a null would carry others away. */
export function batches(probes: readonly Probe[], size: number): readonly (readonly Probe[])[] {
  const together = probes.filter(({ nullableRoot }) => nullableRoot);
  const alone = probes.filter(({ nullableRoot }) => !nullableRoot);
  const made: Probe[][] = alone.map((probe) => [probe]);
  for (let at = 0; at < together.length; at += size) made.push(together.slice(at, at + size));
  return made;
}

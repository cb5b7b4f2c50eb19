import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much an operation asks for, fragments written out at each place that spreads them. */
export interface OperationMeasures {
  /** Fields inside each other. */
  readonly depth: number;
  /** Fields that may have to be answered, lists counted as long as they may become. */
  readonly cost: number;
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
}

/** How long a list may become that has no argument to say so, by the type of its elements. */
const sizesOfLists: Readonly<Record<string, number>> = {
  Candle: 5_000,
  // What an optimisation found: the largest map, all figures of a trial, the most windows of a walk.
  HeatMapCell: 2_500,
  HeatMapPart: 50,
  TrialFigure: 28,
  WalkForwardWindow: 100,
  // All lines of a version, and all words of the language.
  ChangedLine: 500,
  LanguageWord: 300,
  // Introspection is answered from memory, and nests as deep as GraphQL's own rule allows only.
  __Type: 20,
  __Field: 3,
  __InputValue: 3,
  __EnumValue: 3,
};
const sizeOfOtherLists = 10;
/** What a field costs besides its answer: what the risk door reads for each order, all trades of a run. */
const workOf: Readonly<Record<string, number>> = {
  'Query.previewOrder': 500,
  'Query.previewBasket': 5_000,
  'Query.previewBracket': 500,
  'Query.previewGtt': 100,
  'Run.export': 5_000,
  'BacktestRun.export': 5_000,
  'PaperRun.export': 5_000,
  'LiveRun.export': 5_000,
};
/** Arguments that say how long a list, or the lists of a page, may become. */
const sizeArguments = ['first', 'maxPoints'] as const;
/** Lists of a page, whose length the page's field has counted already. */
const listsOfPage: ReadonlySet<string> = new Set(['nodes', 'edges']);

const nothing: OperationMeasures = {
  depth: 0,
  cost: 0,
  fields: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
};

/**
 * Measures the operations of a document, with the largest of each measure. It need not be valid:
 * unknown names count as plain fields and a fragment within itself as nothing. Each fragment is
 * measured once, so the time is that of the document's length, whatever it would unfold to.
 */
export function measureDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): OperationMeasures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => new OperationWalk(schema, fragments, operation, variables).measure())
    .reduce(largest, nothing);
}

class OperationWalk {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #operation: OperationDefinitionNode;
  readonly #variables: ReadonlyMap<string, unknown>;
  /** What fragments came to; nothing yet for those that are being measured. */
  readonly #measured = new Map<string, OperationMeasures>();

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#operation = operation;
    this.#variables = new Map(
      operation.variableDefinitions?.map(({ variable: { name }, defaultValue }) => [
        name.value,
        variables[name.value] ?? (defaultValue && valueFromASTUntyped(defaultValue)),
      ]),
    );
  }

  measure(): OperationMeasures {
    const { operation, selectionSet, directives, variableDefinitions } = this.#operation;
    const whole = this.#selections(selectionSet, this.#schema.getRootType(operation) ?? undefined);
    const own =
      lengthOf(directives) +
      (variableDefinitions ?? []).reduce((sum, each) => sum + lengthOf(each.directives), 0);
    return { ...whole, directives: sumOf(whole.directives, own) };
  }

  #selections(set: SelectionSetNode, parent: GraphQLNamedType | undefined): OperationMeasures {
    return set.selections
      .map((selection) => this.#selection(selection, parent))
      .reduce(both, nothing);
  }

  #selection(selection: SelectionNode, parent: GraphQLNamedType | undefined): OperationMeasures {
    const inner = this.#within(selection, parent);
    return { ...inner, directives: sumOf(inner.directives, lengthOf(selection.directives)) };
  }

  #within(selection: SelectionNode, parent: GraphQLNamedType | undefined): OperationMeasures {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#field(selection, parent);
      case Kind.INLINE_FRAGMENT:
        return this.#selections(
          selection.selectionSet,
          this.#typeOf(selection.typeCondition?.name.value) ?? parent,
        );
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(selection.name.value);
    }
  }

  #fragment(name: string): OperationMeasures {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    this.#measured.set(name, nothing);
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return nothing;
    const { selectionSet, typeCondition, directives } = fragment;
    const inner = this.#selections(selectionSet, this.#typeOf(typeCondition.name.value));
    const measured = { ...inner, directives: sumOf(inner.directives, lengthOf(directives)) };
    this.#measured.set(name, measured);
    return measured;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined): OperationMeasures {
    const field = this.#definitionOf(node.name.value, parent);
    const type = field && getNamedType(field.type);
    const inner =
      node.selectionSet === undefined ? nothing : this.#selections(node.selectionSet, type);
    const size = field === undefined ? 1 : this.#sizeOf(node, field, parent);
    const own = 1 + (workOf[`${parent?.name ?? ''}.${node.name.value}`] ?? 0);
    return {
      depth: inner.depth + 1,
      cost: sumOf(own, Math.min(size * inner.cost, Number.MAX_SAFE_INTEGER)),
      fields: sumOf(inner.fields, 1),
      rootFields: 1,
      aliases: sumOf(inner.aliases, node.alias === undefined ? 0 : 1),
      directives: inner.directives,
    };
  }

  #definitionOf(
    name: string,
    parent: GraphQLNamedType | undefined,
  ): GraphQLField<unknown, unknown> | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  /** How many values the fields within one field may have to be answered for. */
  #sizeOf(
    node: FieldNode,
    { type, args }: GraphQLField<unknown, unknown>,
    parent: GraphQLNamedType | undefined,
  ): number {
    for (const { name, defaultValue } of args) {
      if (!sizeArguments.some((each) => each === name)) continue;
      const asked = this.#argument(node, name);
      const size = typeof asked === 'number' ? asked : Number(defaultValue);
      return Number.isFinite(size) ? Math.max(Math.ceil(size), 1) : 1;
    }
    if (!isListType(getNullableType(type))) return 1;
    if (parent?.name.endsWith('Connection') === true && listsOfPage.has(node.name.value)) return 1;
    return sizesOfLists[getNamedType(type).name] ?? sizeOfOtherLists;
  }

  #argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    return value?.kind === Kind.VARIABLE ? this.#variables.get(value.name.value) : undefined;
  }

  #typeOf(name: string | undefined): GraphQLNamedType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function lengthOf(list: readonly unknown[] | undefined): number {
  return list?.length ?? 0;
}

/** Numbers that fragments have doubled again and again stay numbers. */
function sumOf(left: number, right: number): number {
  return Math.min(left + right, Number.MAX_SAFE_INTEGER);
}

function both(left: OperationMeasures, right: OperationMeasures): OperationMeasures {
  return {
    depth: Math.max(left.depth, right.depth),
    cost: sumOf(left.cost, right.cost),
    fields: sumOf(left.fields, right.fields),
    rootFields: sumOf(left.rootFields, right.rootFields),
    aliases: sumOf(left.aliases, right.aliases),
    directives: sumOf(left.directives, right.directives),
  };
}

function largest(left: OperationMeasures, right: OperationMeasures): OperationMeasures {
  return {
    depth: Math.max(left.depth, right.depth),
    cost: Math.max(left.cost, right.cost),
    fields: Math.max(left.fields, right.fields),
    rootFields: Math.max(left.rootFields, right.rootFields),
    aliases: Math.max(left.aliases, right.aliases),
    directives: Math.max(left.directives, right.directives),
  };
}

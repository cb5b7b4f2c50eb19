interface Entity {
  readonly id: string;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntity(value: unknown): value is Entity & Readonly<Record<string, unknown>> {
  return isObject(value) && typeof value['id'] === 'string';
}

/**
 * Lays newer versions of entities over loaded data, wherever in it they stand. Ids are globally
 * unique, so the id alone says what is what. Only fields that were loaded are touched: the shape of
 * the data stays that of its query. Parts that do not change keep their identity.
 */
export function mergeEntities<Data>(data: Data, entities: readonly Entity[]): Data {
  if (entities.length === 0) return data;
  // Later versions of the same entity win, since events come in order.
  const newer = new Map(entities.map((entity) => [entity.id, entity]));
  return visit(data, newer) as Data;
}

function visit(value: unknown, newer: ReadonlyMap<string, Entity>): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => visit(item, newer));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;

  let result: Record<string, unknown> | undefined;
  for (const [key, field] of Object.entries(value)) {
    const visited = visit(field, newer);
    if (visited !== field) (result ??= { ...value })[key] = visited;
  }
  const current = result ?? value;
  const update = isEntity(current) ? newer.get(current.id) : undefined;
  return update === undefined ? current : overlay(current, update);
}

/** `update` over `current`, for the fields that `current` has. */
function overlay(
  current: Readonly<Record<string, unknown>>,
  update: object,
): Readonly<Record<string, unknown>> {
  const fields = update as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = { ...current };
  for (const key of Object.keys(current)) {
    if (key in fields) result[key] = overlayField(current[key], fields[key]);
  }
  return result;
}

function overlayField(current: unknown, update: unknown): unknown {
  if (!isObject(current) || !isObject(update)) return update;
  if (isEntity(current) && isEntity(update) && current.id !== update.id) {
    // Another entity has taken the place. It can stand there only with all that the screen shows.
    return Object.keys(current).every((key) => key in update) ? update : current;
  }
  return overlay(current, update);
}

interface Connection<Node> {
  readonly totalCount?: string;
  readonly nodes: readonly Node[];
}

/** A connection, newest first, with a node that was not in it yet; at most `limit` nodes are kept. */
export function prependNode<Node extends Entity, C extends Connection<Node>>(
  connection: C,
  node: Node,
  limit: number,
): C {
  if (connection.nodes.some((each) => each.id === node.id)) return connection;
  return {
    ...connection,
    ...(connection.totalCount !== undefined && {
      totalCount: String(BigInt(connection.totalCount) + 1n),
    }),
    nodes: [node, ...connection.nodes].slice(0, limit),
  };
}

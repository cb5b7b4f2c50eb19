import type { NodeView } from '@nandax/app/views/node.ts';
import type { BatchRead } from '@nandax/app/ports/reads.ts';
import type { Prisma } from '../generated/client.ts';
import { type PrismaClient } from '../generated/client.ts';
import type { Source } from './sources.ts';
import type { Row } from './row-to-view.ts';

/** Reads views by their ids. */
export function byId<View extends NodeView>(
  prisma: PrismaClient,
  source: Source<View>,
): BatchRead<View> {
  return async (ids) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT ${source.columns} FROM ${source.from}
      WHERE item."id" = ANY(${ids}::${source.idType}[])`;
    return new Map(rows.map(source.toView).map((view) => [view.id, view]));
  };
}

/**
 * Reads the views that belong to each of some parents. `link` selects from `source` and names the
 * parent's id "parentId"; `order` sorts within a parent.
 */
export function ofParent<View extends NodeView>(
  prisma: PrismaClient,
  source: Source<View>,
  link: {
    readonly join: Prisma.Sql;
    readonly parentId: Prisma.Sql;
    readonly order: Prisma.Sql;
  },
): BatchRead<readonly View[]> {
  return async (parentIds) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT ${source.columns}, ${link.parentId} AS "parentId"
      FROM ${source.from} ${link.join}
      WHERE ${link.parentId} = ANY(${parentIds}::uuid[])
      ORDER BY ${link.order}`;
    return groupByParent(rows, source.toView);
  };
}

/** Rows with a "parentId", by parent, in their order. */
export function groupByParent<View>(
  rows: readonly Row[],
  toView: (row: Row) => View,
): ReadonlyMap<string, readonly View[]> {
  const groups = new Map<string, View[]>();
  for (const row of rows) {
    const parentId = row['parentId'] as string;
    const group = groups.get(parentId);
    if (group === undefined) groups.set(parentId, [toView(row)]);
    else group.push(toView(row));
  }
  return groups;
}

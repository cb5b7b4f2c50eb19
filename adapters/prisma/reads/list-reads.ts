import type {
  ListName,
  ListPage,
  ListPosition,
  ListReads,
  ListViews,
  ListWindow,
} from '@nandax/app/ports/reads.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { groupByParent } from './by-id.ts';
import { lists, type ListDefinition } from './lists.ts';
import type { Row } from './row-to-view.ts';

/** Pages by keyset: a page of many parents is one query, and a late page costs what the first does. */
export function listReads(prisma: PrismaClient): ListReads {
  return {
    async page<L extends ListName>(list: L, parentIds: readonly string[], window: ListWindow) {
      const definition = lists[list] as unknown as ListDefinition<ListViews[L]>;
      const rows = await prisma.$queryRaw<Row[]>(pageQuery(definition, parentIds, window));
      const groups = groupByParent(rows, (row) => ({
        position: positionOf(row),
        view: definition.source.toView(row),
      }));
      return new Map(
        [...groups].map(([parentId, group]): [string, ListPage<ListViews[L]>] => [
          parentId,
          { rows: group.slice(0, window.first), hasMore: group.length > window.first },
        ]),
      );
    },

    async count(list, parentIds, filter) {
      const { source, belongs, matches } = lists[list] as ListDefinition;
      const rows = await prisma.$queryRaw<{ parentId: string; count: bigint }[]>`
        SELECT parent."id" AS "parentId", list."count"
        FROM unnest(${parentIds}::uuid[]) AS parent("id")
        CROSS JOIN LATERAL (
          SELECT count(*) AS "count" FROM ${source.from}
          WHERE ${belongs} AND ${filterOf(matches, filter)}
        ) list`;
      return new Map(rows.map(({ parentId, count }) => [parentId, Number(count)]));
    },
  };
}

function pageQuery(
  { source, belongs, matches, sort }: ListDefinition,
  parentIds: readonly string[],
  { first, after, filter }: ListWindow,
): Prisma.Sql {
  const direction = Prisma.raw(sort.descending ? 'DESC' : 'ASC');
  const behind =
    after === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(${sort.column}, item."id") ${Prisma.raw(sort.descending ? '<' : '>')}
          (${sort.value(after.key)}, ${after.id}::${source.idType})`;
  return Prisma.sql`
    SELECT parent."id" AS "parentId", page.*
    FROM unnest(${parentIds}::uuid[]) WITH ORDINALITY AS parent("id", "ordinal")
    CROSS JOIN LATERAL (
      SELECT ${source.columns}, ${sort.column} AS "sortKey"
      FROM ${source.from}
      WHERE ${belongs} AND ${filterOf(matches, filter)} AND ${behind}
      ORDER BY ${sort.column} ${direction}, item."id" ${direction}
      LIMIT ${first + 1}
    ) page
    ORDER BY parent."ordinal", page."sortKey" ${direction}, page."id" ${direction}`;
}

function filterOf(matches: ListDefinition['matches'], filter: string | null): Prisma.Sql {
  return filter === null || matches === undefined ? Prisma.sql`TRUE` : matches(filter);
}

function positionOf(row: Row): ListPosition {
  const key = row['sortKey'];
  return {
    key: key instanceof Date ? String(key.getTime()) : String(key),
    id: String(row['id']),
  };
}

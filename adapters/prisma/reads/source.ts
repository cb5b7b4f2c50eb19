import type { NodeView } from '@nandax/app/views/node.ts';
import { Prisma } from '../generated/client.ts';
import { type Row } from './row-to-view.ts';

/** Where views of one entity come from. The table is `item` in every condition put to it. */
export interface Source<View extends NodeView> {
  readonly columns: Prisma.Sql;
  readonly from: Prisma.Sql;
  /** Type of the id column. */
  readonly idType: Prisma.Sql;
  readonly toView: (row: Row) => View;
}

export const uuid = Prisma.sql`uuid`;

/** A source whose rows name their owner in a column. */
export function owned<View extends NodeView>(
  table: string,
  ownerColumn: string,
  toView: (row: Row) => View,
): Source<View> {
  return {
    columns: Prisma.sql`item.*, item.${Prisma.raw(`"${ownerColumn}"`)} AS "ownerId"`,
    from: Prisma.raw(`"${table}" item`),
    idType: uuid,
    toView,
  };
}

export const deleted = (row: Row) => ({ deleted: (row['deletedAt'] ?? null) !== null });

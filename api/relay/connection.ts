import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import type { ListName, ListViews } from '@nandax/app/ports/reads.ts';
import { Visible } from '../access/declare.ts';
import { WITH_PARENT } from '../access/rules.ts';
import { badInputError } from '../errors/graphql-errors.ts';
import type { Loaders } from '../loaders.ts';
import { Count, Cursor } from '../scalars/scalars.ts';
import { cursorOf, positionOf } from './cursor.ts';

const maxFirst = 200;

@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    defaultValue: 20,
    description: `How many to answer at most, 1 to ${maxFirst}.`,
  })
  first!: number;

  @Field(() => Cursor, {
    nullable: true,
    description: 'Answer those behind this place; left out: from the beginning.',
  })
  after?: string | null;
}

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Visible(WITH_PARENT, () => Boolean, 'Whether more follow behind this page.')
  hasNextPage!: boolean;

  @Visible(WITH_PARENT, () => Boolean, 'Whether the page does not begin at the beginning.')
  hasPreviousPage!: boolean;

  @Visible(WITH_PARENT, () => Cursor, 'Place of the first of the page; null: the page is empty.', {
    nullable: true,
  })
  startCursor!: string | null;

  @Visible(WITH_PARENT, () => Cursor, 'Place of the last of the page; null: the page is empty.', {
    nullable: true,
  })
  endCursor!: string | null;
}

export interface Connection<View> {
  readonly edges: readonly { readonly cursor: string; readonly node: View }[];
  readonly nodes: readonly View[];
  readonly pageInfo: Pick<PageInfo, keyof PageInfo>;
  /** Counted only when asked for. */
  readonly totalCount: () => Promise<number>;
}

/** The Relay connection type of `name`, whose nodes are `node()`. */
export function connectionOf(name: string, node: () => object) {
  @ObjectType(`${name}Edge`, { description: `One ${name} and its place in the list.` })
  class Edge {
    @Visible(WITH_PARENT, () => Cursor, 'Place in the list, to go on behind it.')
    cursor!: string;

    @Visible(WITH_PARENT, node, `The ${name} itself.`)
    node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class ConnectionType {
    @Visible(WITH_PARENT, () => [Edge], 'The page with the place of each.')
    edges!: Edge[];

    @Visible(WITH_PARENT, () => [node()], 'The page without places.')
    nodes!: object[];

    @Visible(WITH_PARENT, () => PageInfo, 'Where the page lies in the list.')
    pageInfo!: PageInfo;

    @Visible(WITH_PARENT, () => Count, 'How many the whole list holds.')
    totalCount!: number;
  }
  return ConnectionType;
}

/** A page of `list` below `parentId`. @throws BAD_USER_INPUT for a bad `first` or `after`. */
export async function connect<L extends ListName>(
  loaders: Loaders,
  list: L,
  parentId: string,
  { first, after }: PageArguments,
  filter: string | null = null,
): Promise<Connection<ListViews[L]>> {
  if (first < 1 || first > maxFirst) throw badInputError(`first must be 1 to ${maxFirst}.`);
  const position = typeof after === 'string' ? positionOf(list, after) : null;
  const page = await loaders.page(list, parentId, { first, after: position, filter });
  const edges = page.rows.map((row) => ({ cursor: cursorOf(row.position), node: row.view }));
  return {
    edges,
    nodes: page.rows.map((row) => row.view),
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: position !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => loaders.count(list, parentId, filter),
  };
}

/**
 * A page of a list that is at hand whole, each of whose rows has a number of its own. `order` names the
 * way it is sorted, so that a cursor of another is refused. @throws BAD_USER_INPUT for a bad `first` or `after`
 */
export function connectList<Row extends { readonly number: number }, View>(
  order: string,
  rows: readonly Row[],
  { first, after }: PageArguments,
  viewOf: (row: Row) => View,
): Connection<View> {
  if (first < 1 || first > maxFirst) throw badInputError(`first must be 1 to ${maxFirst}.`);
  const begin = typeof after === 'string' ? placeBehind(order, rows, after) : 0;
  const edges = rows
    .slice(begin, begin + first)
    .map((row) => ({ cursor: numberCursorOf(order, row.number), node: viewOf(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: begin + first < rows.length,
      hasPreviousPage: begin > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => Promise.resolve(rows.length),
  };
}

function numberCursorOf(order: string, number: number): string {
  return Buffer.from(`${order} ${number}`).toString('base64url');
}

function placeBehind(
  order: string,
  rows: readonly { readonly number: number }[],
  cursor: string,
): number {
  const place = rows.findIndex(({ number }) => numberCursorOf(order, number) === cursor);
  if (place === -1) throw badInputError(`${cursor} is no cursor of this list.`);
  return place + 1;
}

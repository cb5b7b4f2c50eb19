import { createUnionType } from 'type-graphql';
import type { NodeView } from '@nandax/app/views/node.ts';
import { typeNameOf } from '../../relay/global-id.ts';

/** A value that names its type in the contract itself, as failures do. */
interface Named {
  readonly __typename: string;
}

type Class = new () => object;

/** The result of a mutation: what it made, or one of the failures it can end in. Of a query: what it found. */
export function resultUnion(
  name: string,
  description: string,
  success: () => object,
  failures: readonly object[],
): object {
  return createUnionType({
    name,
    description,
    types: () => [success() as Class, ...(failures as readonly Class[])] as const,
    resolveType: (value: object) => {
      const result = value as Named | NodeView;
      return '__typename' in result ? result.__typename : typeNameOf(result);
    },
  });
}

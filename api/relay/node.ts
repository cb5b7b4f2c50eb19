import { ID, InterfaceType, Resolver, Root } from 'type-graphql';
import type { NodeView } from '@nandax/app/views/node.ts';
import { ANYONE } from '../access/rules.ts';
import { Derived } from '../access/declare.ts';
import { globalIdOf, typeNameOf } from './global-id.ts';

@InterfaceType({
  description: 'Anything with an id by which it can be read again.',
  resolveType: typeNameOf,
})
export abstract class Node {}

@Resolver(() => Node)
export class NodeFields {
  // Whoever holds the object came through a field that was checked; an id alone tells nothing.
  @Derived(ANYONE, () => ID, 'Opaque and global: `node(id)` finds the object by it.')
  id(@Root() view: NodeView): string {
    return globalIdOf(view.entity, view.id);
  }
}

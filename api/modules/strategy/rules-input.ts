import { InputType } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import type { Json } from '@nandax/app/ports/events.ts';
import { InputField } from '../../access/declare.ts';

/** What a strategy says, as text or as the tree of the same thing, and what is kept beside it. */
@InputType()
export class RulesInput {
  @InputField(() => String, 'The rules as text; left out where `tree` is given.', {
    nullable: true,
  })
  document?: string | null;

  @InputField(() => GraphQLJSONObject, 'The rules as a tree, of which the text is printed.', {
    nullable: true,
  })
  tree?: Record<string, unknown> | null;

  @InputField(() => GraphQLJSONObject, 'Settings to keep beside the rules, free in form.', {
    nullable: true,
  })
  configuration?: Record<string, Json> | null;
}

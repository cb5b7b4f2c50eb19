import { Arg, ObjectType, Query, Resolver } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { parseStrategy, type StrategyFailure } from '@nandax/core/strategy/parse-strategy.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import { Access, Visible } from '../../access/declare.ts';
import { SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { RuleError } from '../failure/failure.ts';

@ObjectType({ description: 'Whether a strategy document can be read.' })
export class RulesCheck {
  @Visible(WITH_PARENT, () => Boolean, 'Whether it can.')
  valid!: boolean;

  @Visible(WITH_PARENT, () => [RuleError], 'Every error found, in the order of the text.')
  errors!: readonly StrategyFailure[];

  @Visible(
    WITH_PARENT,
    () => GraphQLJSONObject,
    'The document as a tree; null: it cannot be read.',
    {
      nullable: true,
    },
  )
  tree!: StrategyDocument | null;
}

@Resolver()
export class CheckRulesQuery {
  @Access(SIGNED_IN, ['READ', 'STRATEGIES_WRITE'])
  @Query(() => RulesCheck, { description: 'Reads a strategy document without keeping it.' })
  checkRules(
    @Arg('document', () => String, { description: 'The whole strategy as text.' }) document: string,
  ) {
    const read = parseStrategy(document);
    return read.ok
      ? { valid: true, errors: [], tree: read.value }
      : { valid: false, errors: read.failure, tree: null };
  }
}

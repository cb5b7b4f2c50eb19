import { Arg, Ctx, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { deleteStrategy } from '@nandax/app/strategies/delete-strategy.ts';
import { Access, InputField, Visible } from '../../access/declare.ts';
import { SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@ObjectType({ description: 'A strategy that is no longer there.' })
export class DeletedStrategy {
  @Visible(WITH_PARENT, () => ID, 'The id it had.')
  id!: string;
}

@InputType({ description: 'A strategy to delete.' })
class DeleteStrategyInput {
  @InputField(() => ID, 'The strategy.')
  id!: string;
}

const DeleteStrategyResult = resultUnion(
  'DeleteStrategyResult',
  'The id of the deleted strategy, or why it stays.',
  () => DeletedStrategy,
  [IllegalState, NotFound],
);

@Resolver()
export class DeleteStrategyMutation {
  @Access(SIGNED_IN, ['STRATEGIES_WRITE'])
  @Mutation(() => DeleteStrategyResult, {
    description: 'Deletes a strategy that no agent is trading; its past runs stay readable.',
  })
  async deleteStrategy(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => DeleteStrategyInput, { description: 'Which one.' })
    input: DeleteStrategyInput,
  ) {
    const result = await deleteStrategy(context.ports, {
      actor,
      strategyId: localIdOf('Strategy', input.id),
    });
    return result.ok
      ? { __typename: 'DeletedStrategy', id: input.id }
      : contractFailure(result.failure);
  }
}

import { Arg, Ctx, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { cancelAllOrders } from '@nandax/app/orders/cancel-order.ts';
import { Access, InputField, Visible } from '../../access/declare.ts';
import { SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'Whose orders to take back.' })
class CancelAllOrdersInput {
  @InputField(() => ID, 'The portfolio.')
  portfolioId!: string;
}

@ObjectType({ description: 'What became of the working orders of a portfolio.' })
class CancelledOrders {
  @Visible(WITH_PARENT, () => Int, 'Orders taken back, or asked back from the broker.')
  cancelled!: number;

  @Visible(WITH_PARENT, () => Int, 'Orders whose broker has not answered yet; they stay.')
  unanswered!: number;
}

const CancelAllOrdersResult = resultUnion(
  'CancelAllOrdersResult',
  'How many orders were taken back, or why none was.',
  () => CancelledOrders,
  [NotFound],
);

@Resolver()
export class CancelAllOrdersMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => CancelAllOrdersResult, {
    description:
      'Asks for every working order of a portfolio back, as `cancelOrder` does with one.',
  })
  async cancelAllOrders(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CancelAllOrdersInput, { description: 'Of which portfolio.' })
    input: CancelAllOrdersInput,
  ) {
    const portfolioId = localIdOf('Portfolio', input.portfolioId);
    const result = await cancelAllOrders(context.ports, { actor, portfolioId });
    return result.ok
      ? { __typename: 'CancelledOrders', ...result.value }
      : contractFailure(result.failure);
  }
}

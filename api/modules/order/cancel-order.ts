import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Order } from './order.ts';

@InputType({ description: 'An order to take back.' })
class CancelOrderInput {
  @InputField(() => ID, 'The order.')
  id!: string;
}

const CancelOrderResult = resultUnion(
  'CancelOrderResult',
  'The order on its way back, or why it is not.',
  () => Order,
  [IllegalState, NotFound],
);

@Resolver()
export class CancelOrderMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => CancelOrderResult, {
    description:
      'Asks for the rest of a working order back. It may fill until the broker has answered; asking again changes nothing.',
  })
  async cancelOrder(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => CancelOrderInput, { description: 'Which one.' }) input: CancelOrderInput,
  ) {
    const orderId = localIdOf('Order', input.id);
    return answer(context, 'Order', await cancelOrder(context.ports, { actor, orderId }));
  }
}

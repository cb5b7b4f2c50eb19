import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import type { OrderView } from '@nandax/app/views/order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Decimal as DecimalScalar, Price, Quantity } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { modificationFailure } from './modification-failure.ts';
import { OrderDenied } from './order-denied.ts';
import { OrderType, OrderValidity } from './order-terms.ts';
import { Order } from './order.ts';

@InputType({
  description: 'Terms to change. What is left out stays as it is; null takes a term away.',
})
class ModifyOrderInput {
  @InputField(() => ID, 'The order.')
  id!: string;

  @InputField(() => OrderType, 'How it is priced from now on.', { nullable: true })
  type?: OrderView['type'];

  @InputField(() => Quantity, 'Units in all, with what has executed.', { nullable: true })
  quantity?: Decimal;

  @InputField(() => Price, 'The limit of LIMIT and SL orders.', { nullable: true })
  price?: Decimal | null;

  @InputField(() => Price, 'The last price that wakes SL and SL-M orders.', { nullable: true })
  triggerPrice?: Decimal | null;

  @InputField(() => OrderValidity, 'How long it works.', { nullable: true })
  validity?: OrderView['validity'];

  @InputField(() => Int, 'Minutes that a TTL order works.', { nullable: true })
  validityMinutes?: number | null;

  @InputField(() => Quantity, 'Units shown in the exchange’s book; null shows all.', {
    nullable: true,
  })
  disclosedQuantity?: Decimal | null;

  @InputField(
    () => DecimalScalar,
    'Percent of the last price (of an SL-M, its trigger price) within which MARKET and SL-M orders may execute.',
    { nullable: true },
  )
  marketProtectionPercent?: Decimal | null;
}

const ModifyOrderResult = resultUnion(
  'ModifyOrderResult',
  'The order with its change on the way, or why it stays as it is.',
  () => Order,
  [OrderDenied, IllegalState, InvalidInput, NotFound],
);

/** Terms that an order always has; null leaves them as they are. */
const kept = ['type', 'quantity', 'validity'] as const;
const removable = [
  'price',
  'triggerPrice',
  'validityMinutes',
  'disclosedQuantity',
  'marketProtectionPercent',
] as const;

function changesOf(input: ModifyOrderInput): object {
  const given: (readonly [string, unknown])[] = [
    ...kept.map((name) => [name, input[name] ?? undefined] as const),
    ...removable.map((name) => [name, input[name]] as const),
  ];
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

@Resolver()
export class ModifyOrderMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => ModifyOrderResult, {
    description:
      'Asks the broker to change a working order, which must pass the risk door as it would be. One change at a time: the next waits for the broker’s answer.',
  })
  async modifyOrder(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ModifyOrderInput, { description: 'Which order, and what changes.' })
    input: ModifyOrderInput,
  ) {
    const orderId = localIdOf('Order', input.id);
    const result = await modifyOrder(context.ports, { actor, orderId, changes: changesOf(input) });
    return result.ok
      ? answer(context, 'Order', result)
      : modificationFailure(context, result.failure);
  }
}

import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { modifyProtection } from '@nandax/app/protection/modify-protection.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Price } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IdempotencyKeyReused, IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { modificationFailure } from '../order/modification-failure.ts';
import { OrderDenied } from '../order/order-denied.ts';
import { Protection } from './protection.ts';

@InputType({
  description:
    'Prices to change. What is left out stays as it is; a target of null takes the target away.',
})
class ModifyProtectionInput {
  @InputField(
    () => String,
    'A key of your choice, 1 to 64 characters: the same key and prices are one change, whatever came after it.',
  )
  idempotencyKey!: string;

  @InputField(() => ID, 'The protection.')
  id!: string;

  @InputField(
    () => Price,
    'The last price at which it leaves with a loss; of a cover order, its trigger.',
    { nullable: true },
  )
  stopPrice?: Decimal | null;

  @InputField(() => Price, 'The price at which it leaves with a gain.', { nullable: true })
  targetPrice?: Decimal | null;
}

const ModifyProtectionResult = resultUnion(
  'ModifyProtectionResult',
  'The protection with its change on the way, or why it stays as it is.',
  () => Protection,
  [OrderDenied, IdempotencyKeyReused, IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class ModifyProtectionMutation {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => ModifyProtectionResult, {
    description:
      'Changes the stop and the target of a bracket or a position, or the trigger of a cover order. What rests at the broker is changed there and never taken back; where the broker refuses, the old prices stand and `lastChange` says so. One change at a time.',
  })
  async modifyProtection(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => ModifyProtectionInput, { description: 'Which one, and its prices.' })
    { idempotencyKey, id, stopPrice, targetPrice }: ModifyProtectionInput,
  ) {
    const result = await modifyProtection(context.ports, {
      actor,
      idempotencyKey,
      protectionId: localIdOf('Protection', id),
      changes: {
        ...(stopPrice === undefined || stopPrice === null ? {} : { stopPrice }),
        ...(targetPrice === undefined ? {} : { targetPrice }),
      },
    });
    return result.ok
      ? answer(context, 'Protection', result)
      : modificationFailure(context, result.failure);
  }
}

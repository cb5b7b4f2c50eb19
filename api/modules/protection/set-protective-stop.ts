import type { Decimal } from 'decimal.js';
import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { removeProtection } from '@nandax/app/protection/remove-protection.ts';
import { setProtectiveStop } from '@nandax/app/protection/set-protective-stop.ts';
import type { ProtectionView } from '@nandax/app/views/order.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Decimal as DecimalScalar, Price } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ProductType } from '../order/order-terms.ts';
import { modificationFailure } from '../order/modification-failure.ts';
import { OrderDenied } from '../order/order-denied.ts';
import { Protection } from './protection.ts';

@InputType({ description: 'A position to protect, and at which prices.' })
class SetProtectiveStopInput {
  @InputField(() => ID, 'In which portfolio.')
  portfolioId!: string;

  @InputField(() => ID, 'What is held.')
  instrumentId!: string;

  @InputField(() => ProductType, 'Of which product.')
  product!: ProtectionView['product'];

  @InputField(() => Price, 'The last price at which it leaves with a loss; or give the percent.', {
    nullable: true,
  })
  stopPrice?: Decimal | null;

  @InputField(
    () => DecimalScalar,
    'The same as percent of the average price, above 0 and below 100; or give the price.',
    { nullable: true },
  )
  stopPercent?: Decimal | null;

  @InputField(() => Price, 'The price at which it leaves with a gain; none given: none.', {
    nullable: true,
  })
  targetPrice?: Decimal | null;
}

@InputType({ description: 'A protection to take away.' })
class RemoveProtectionInput {
  @InputField(() => ID, 'The protection.')
  id!: string;
}

const SetProtectiveStopResult = resultUnion(
  'SetProtectiveStopResult',
  'The protection, or why there is none, or its prices stay as they are.',
  () => Protection,
  [OrderDenied, IllegalState, InvalidInput, NotFound],
);

const RemoveProtectionResult = resultUnion(
  'RemoveProtectionResult',
  'The protection as it ended, or why it could not be taken away.',
  () => Protection,
  [IllegalState, NotFound],
);

@Resolver()
export class ProtectionMutations {
  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => SetProtectiveStopResult, {
    description:
      'Lets a stop rest at the broker for what you hold by hand of a position. It follows the quantity until the position is left. Setting it again changes its prices as `modifyProtection` does.',
  })
  async setProtectiveStop(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => SetProtectiveStopInput, { description: 'Which position, and the prices.' })
    input: SetProtectiveStopInput,
  ) {
    const result = await setProtectiveStop(context.ports, {
      actor,
      portfolioId: localIdOf('Portfolio', input.portfolioId),
      instrumentId: localIdOf('Instrument', input.instrumentId),
      product: input.product,
      stopPrice: input.stopPrice ?? null,
      stopPercent: input.stopPercent ?? null,
      targetPrice: input.targetPrice ?? null,
    });
    return result.ok
      ? answer(context, 'Protection', result)
      : modificationFailure(context, result.failure);
  }

  @Access(SIGNED_IN, ['PAPER_TRADE', 'LIVE_TRADE'])
  @Mutation(() => RemoveProtectionResult, {
    description: 'Takes a protection away and its resting exits back. Again: changes nothing.',
  })
  async removeProtection(
    @Caller() actor: AccountActor,
    @Ctx() context: Context,
    @Arg('input', () => RemoveProtectionInput, { description: 'Which one.' })
    { id }: RemoveProtectionInput,
  ) {
    const protectionId = localIdOf('Protection', id);
    const result = await removeProtection(context.ports, { actor, protectionId });
    return answer(context, 'Protection', result);
  }
}

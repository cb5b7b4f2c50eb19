import { Arg, Ctx, ID, InputType, Query, Resolver } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import { mostBasketLegs } from '@nandax/app/orders/asked-orders.ts';
import { previewBasket, previewOrder } from '@nandax/app/orders/preview-request.ts';
import { Access, InputField } from '../../access/declare.ts';
import { READ, SIGNED_IN } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { askedOf, OrderInput } from './order-input.ts';
import { answerPreview, OrderPreview } from './order-preview.ts';

@InputType({ description: 'An order that might be placed.' })
class PreviewOrderInput extends OrderInput {
  @InputField(() => ID, 'For which portfolio.')
  portfolioId!: string;
}

@InputType({ description: 'A basket that might be placed.' })
class PreviewBasketInput {
  @InputField(() => ID, 'For which portfolio.')
  portfolioId!: string;

  @InputField(() => [OrderInput], `The orders, 1 to ${mostBasketLegs}.`)
  legs!: OrderInput[];
}

export const PreviewResult = resultUnion(
  'PreviewResult',
  'What it would come to, or why there is nothing to preview.',
  () => OrderPreview,
  [InvalidInput, NotFound],
);

@Resolver()
export class PreviewOrderQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => PreviewResult, {
    description:
      'Margin, charges and verdict of an order, judged now by what `placeOrder` judges by; it writes nothing. What the broker says later, and the cap on orders of its day, are not in it.',
  })
  async previewOrder(
    @Caller() actor: AccountActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => PreviewOrderInput, { description: 'What might be traded.' })
    input: PreviewOrderInput,
  ) {
    const portfolioId = localIdOf('Portfolio', input.portfolioId);
    const order = askedOf(input);
    return answerPreview(await previewOrder(ports, { actor, portfolioId, order }));
  }

  @Access(SIGNED_IN, READ)
  @Query(() => PreviewResult, {
    description:
      'As `previewOrder`, for a basket: margin and limits over all of its orders, as `placeBasket` judges them.',
  })
  async previewBasket(
    @Caller() actor: AccountActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => PreviewBasketInput, { description: 'What might be traded.' })
    input: PreviewBasketInput,
  ) {
    const portfolioId = localIdOf('Portfolio', input.portfolioId);
    const legs = input.legs.map(askedOf);
    return answerPreview(await previewBasket(ports, { actor, portfolioId, legs }));
  }
}

import type { Decimal } from 'decimal.js';
import { Arg, Ctx, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { AccountActor } from '@nandax/app/actor.ts';
import type { JudgedGtt } from '@nandax/app/gtt/place-gtt.ts';
import { previewGtt } from '@nandax/app/gtt/preview-gtt.ts';
import { triggerDistanceOf, type GttLeg } from '@nandax/core/order/gtt.ts';
import { Access, Derived, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Caller, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { DateTime, Decimal as DecimalScalar, Price, Quantity } from '../../scalars/scalars.ts';
import { IllegalState, InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { GttDenied, gttFailure, GttInput, gttOf } from './gtt-input.ts';
import { GttDirection } from './gtt.ts';

/** A leg with the price it was judged against. */
interface PreviewedLeg extends GttLeg {
  readonly number: number;
  readonly lastPrice: Decimal;
}

@ObjectType({ description: 'A trigger that would wait, and the LIMIT order that it would send.' })
class PreviewedGttLeg {
  @Visible(WITH_PARENT, () => Int, 'From 1; of two the lower trigger comes first.')
  number!: number;

  @Visible(WITH_PARENT, () => GttDirection, 'On which side of the market it would wait.')
  direction!: PreviewedLeg['direction'];

  @Visible(WITH_PARENT, () => Price, 'The last price that would fire it.')
  triggerPrice!: Decimal;

  @Visible(WITH_PARENT, () => Price, 'The limit of its order.')
  price!: Decimal;

  @Visible(WITH_PARENT, () => Quantity, 'Units of its order.')
  quantity!: Decimal;
}

@Resolver(() => PreviewedGttLeg)
export class PreviewedGttLegFields {
  @Derived(
    WITH_PARENT,
    () => DecimalScalar,
    'Percent of the last price between it and the trigger.',
  )
  distancePercent(@Root() { triggerPrice, lastPrice }: PreviewedLeg): Decimal {
    return triggerDistanceOf(triggerPrice, lastPrice).toDecimalPlaces(4);
  }
}

@ObjectType({
  description:
    'A GTT as it would wait if it were placed now. Nothing was written down; money and limits are judged when it fires.',
})
class GttPreview {
  @Visible(WITH_PARENT, () => Price, 'The last price that it was judged against.')
  lastPrice!: JudgedGtt['lastPrice'];

  @Visible(WITH_PARENT, () => DateTime, 'Market time from which it would hear prices.')
  watchedFrom!: Date;

  @Visible(WITH_PARENT, () => DateTime, 'Market time at which it would lapse.')
  expiresAt!: Date;
}

@Resolver(() => GttPreview)
export class GttPreviewFields {
  @Derived(WITH_PARENT, () => [PreviewedGttLeg], 'One trigger; or two, the lower one first.')
  legs(@Root() { legs, lastPrice }: JudgedGtt): readonly PreviewedLeg[] {
    return legs.map((leg, index) => ({ ...leg, number: index + 1, lastPrice }));
  }
}

const PreviewGttResult = resultUnion(
  'PreviewGttResult',
  'The GTT as it would wait, or why it would not.',
  () => GttPreview,
  [GttDenied, IllegalState, InvalidInput, NotFound],
);

@Resolver()
export class PreviewGttQuery {
  @Access(SIGNED_IN, READ)
  @Query(() => PreviewGttResult, {
    description:
      'Verdict on a GTT, judged now by what `placeGtt` judges by; it writes nothing. What becomes of its order is judged when the trigger fires.',
  })
  async previewGtt(
    @Caller() actor: AccountActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => GttInput, { description: 'What might wait.' }) input: GttInput,
  ) {
    const portfolioId = localIdOf('Portfolio', input.portfolioId);
    const previewed = await previewGtt(ports, { actor, portfolioId, gtt: gttOf(input) });
    return previewed.ok
      ? { __typename: 'GttPreview', ...previewed.value }
      : gttFailure(previewed.failure);
  }
}

import { InputType, Int, ObjectType } from 'type-graphql';
import type { Decimal as DecimalNumber } from 'decimal.js';
import type { FillModel as Parts, WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import { InputField, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Decimal } from '../../scalars/scalars.ts';

export const LimitFill = enumOf('LimitFill', 'When a limit order that rests fills.', {
  THROUGH: 'Once the price is beyond its limit: the cautious reading.',
  TOUCH: 'Once the price reaches its limit: the hopeful reading.',
} satisfies Record<WholeFillModel['limitFill'], string>);

const parts = {
  slippageTicks: 'Ticks that an order at market pays on top of (or receives below) its price.',
  spreadTicks: 'Ticks between bid and ask where the data brings neither; half of it each way.',
  limitFill: 'When a limit order that rests fills.',
  participation:
    'Share, above 0 and at most 1, of the traded volume that all orders together may take; null: no cap.',
  latencyMs: 'Milliseconds from an order’s entry or change to the exchange.',
} satisfies Record<keyof WholeFillModel, string>;

@ObjectType({ description: 'How orders fill at the simulated exchange: docs/fill-model.md.' })
export class FillModel implements Partial<WholeFillModel> {
  @Visible(WITH_PARENT, () => Int, parts.slippageTicks)
  slippageTicks!: number;

  @Visible(WITH_PARENT, () => Int, parts.spreadTicks)
  spreadTicks!: number;

  @Visible(WITH_PARENT, () => LimitFill, parts.limitFill)
  limitFill!: WholeFillModel['limitFill'];

  @Visible(WITH_PARENT, () => Decimal, parts.participation, { nullable: true })
  participation!: WholeFillModel['participation'];

  @Visible(WITH_PARENT, () => Int, parts.latencyMs)
  latencyMs!: number;
}

@InputType({
  description: 'How orders are to fill at the simulated exchange: docs/fill-model.md.',
})
export class FillModelInput {
  @InputField(() => Int, `${parts.slippageTicks} 0 to 1000.`, { defaultValue: 0 })
  slippageTicks!: number;

  @InputField(() => Int, `${parts.spreadTicks} 0 to 1000.`, { defaultValue: 0 })
  spreadTicks!: number;

  @InputField(() => LimitFill, parts.limitFill, { defaultValue: LimitFill.THROUGH })
  limitFill!: WholeFillModel['limitFill'];

  @InputField(() => Decimal, parts.participation, { nullable: true })
  participation?: DecimalNumber | null;

  @InputField(() => Int, `${parts.latencyMs} 0 to 60000.`, { defaultValue: 0 })
  latencyMs!: number;
}

/** The parts of a model that was asked for; none given: the defaults. */
export function fillModelOf(input: FillModelInput | null | undefined): Parts {
  if (input === null || input === undefined) return {};
  const { slippageTicks, spreadTicks, limitFill, latencyMs } = input;
  const participation = input.participation?.toNumber() ?? null;
  return { slippageTicks, spreadTicks, limitFill, participation, latencyMs };
}

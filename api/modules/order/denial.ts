import { Int, ObjectType } from 'type-graphql';
import { writtenDenialOf } from '@nandax/app/orders/order-denied.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { SessionPhase as PhaseName } from '@nandax/core/calendar/session-plan.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Decimal } from 'decimal.js';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { DateTime, Decimal as DecimalScalar } from '../../scalars/scalars.ts';
import { SessionPhase } from '../instrument/market-session.ts';
import { RiskScope } from '../risk/risk-scope.ts';
import { DenialCode } from './order-denied.ts';

/** A denial as the contract shows it. */
export interface DenialView {
  readonly message: string;
  readonly code: string;
  readonly limit: Decimal | null;
  readonly actual: Decimal | null;
  readonly scope: RiskScopeName | null;
  readonly phase: PhaseName | null;
  readonly until: Date | null;
  readonly number: number;
}

@ObjectType({
  description: 'Why an order was refused, or would be, in the words and numbers of OrderDenied.',
})
export class Denial implements DenialView {
  @Visible(WITH_PARENT, () => String, 'A sentence for people.')
  message!: string;

  @Visible(WITH_PARENT, () => DenialCode, 'Why.')
  code!: string;

  @Visible(WITH_PARENT, () => DecimalScalar, 'What is allowed; null: the code has no number.', {
    nullable: true,
  })
  limit!: Decimal | null;

  @Visible(
    WITH_PARENT,
    () => DecimalScalar,
    'What the order comes to; null: the code has no number.',
    { nullable: true },
  )
  actual!: Decimal | null;

  @Visible(WITH_PARENT, () => RiskScope, 'Whose limit; null: a rule that no one sets.', {
    nullable: true,
  })
  scope!: RiskScopeName | null;

  @Visible(
    WITH_PARENT,
    () => SessionPhase,
    'What the market was doing; null: not its hours refused.',
    { nullable: true },
  )
  phase!: PhaseName | null;

  @Visible(
    WITH_PARENT,
    () => DateTime,
    'Market time at which what stands in the way ends; null: it ends at no time, or none that is known.',
    { nullable: true },
  )
  until!: Date | null;

  @Visible(WITH_PARENT, () => Int, 'Which of the orders of its request it is about, from 1.')
  number!: number;
}

/** The denial of an order as the contract shows it; null: it was not denied. */
export function denialOfOrder(
  order: Pick<OrderRecord, 'denial' | 'reason' | 'legNumber'>,
): DenialView | null {
  const written = writtenDenialOf(order);
  if (written === null) return null;
  const { limit, actual, until } = written;
  return {
    ...written,
    message: order.reason ?? '',
    limit: limit === null ? null : new Decimal(limit),
    actual: actual === null ? null : new Decimal(actual),
    until: until === null ? null : new Date(until),
    number: order.legNumber,
  };
}

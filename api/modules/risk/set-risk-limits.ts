import { Arg, Ctx, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import type { AccountActor } from '@nandax/app/actor.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import { setRiskLimits } from '@nandax/app/risk/set-risk-limits.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { succeed } from '@nandax/core/result.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Caller, Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { Decimal, Money, Quantity } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { RiskLimits } from './risk-limits.ts';
import { entityOfScope, RiskScope } from './risk-scope.ts';

const noLimit = { nullable: true };

@InputType({ description: 'All limits of a scope, said anew; left out or null: no limit.' })
class SetRiskLimitsInput {
  @InputField(() => RiskScope, 'Where. PLATFORM is for administrators.')
  scope!: RiskScopeName;

  @InputField(() => ID, 'The agent, strategy or portfolio; null for USER and PLATFORM.', noLimit)
  id?: string | null;

  @InputField(
    () => Money,
    'Rupees of margin that one trade ties up, over all slices of its order.',
    noLimit,
  )
  maxCapitalPerTrade?: DecimalNumber | null;

  @InputField(() => Money, 'Rupees that one order opens.', noLimit)
  maxOrderValue?: DecimalNumber | null;

  @InputField(() => Quantity, 'Units that one order opens.', noLimit)
  maxOrderQuantity?: DecimalNumber | null;

  @InputField(() => Int, 'Positions open at once.', noLimit)
  maxOpenPositions?: number | null;

  @InputField(() => Money, 'Rupees at entry in one instrument.', noLimit)
  maxInstrumentExposure?: DecimalNumber | null;

  @InputField(() => Money, 'Rupees at entry in all instruments.', noLimit)
  maxTotalExposure?: DecimalNumber | null;

  @InputField(() => Int, 'Orders in a calendar second.', noLimit)
  maxOrdersPerSecond?: number | null;

  @InputField(() => Int, 'Orders in a calendar minute.', noLimit)
  maxOrdersPerMinute?: number | null;

  @InputField(() => Int, 'Orders in a day of exchange time.', noLimit)
  maxOrdersPerDay?: number | null;

  @InputField(
    () => Money,
    'Rupees lost in a day at which entries stop, after charges as they accrue: the depository’s, and the rounding of the contract note, come with the note.',
    noLimit,
  )
  maxDailyLoss?: DecimalNumber | null;

  @InputField(() => Money, 'Rupees gained in a day at which entries stop.', noLimit)
  maxDailyProfit?: DecimalNumber | null;

  @InputField(
    () => Money,
    'Rupees below the highest result, open positions included, at the ends of market minutes from now on, at which entries stop.',
    noLimit,
  )
  maxDrawdown?: DecimalNumber | null;

  @InputField(
    () => Int,
    'Round trips lost in a row at which entries stop, however many fills each took.',
    noLimit,
  )
  maxConsecutiveLosses?: number | null;

  @InputField(() => Int, 'Minutes to wait after them; null: until released.', noLimit)
  lossCoolDownMinutes?: number | null;

  @InputField(() => Decimal, 'Percent between a price and the last one.', noLimit)
  maxPriceDeviation?: DecimalNumber | null;

  @InputField(
    () => [ID],
    'Instruments that may be entered; an empty list: none, so that positions can only be left; null: all.',
    noLimit,
  )
  allowedInstrumentIds?: readonly string[] | null;

  @InputField(() => Int, 'Minute of the day from which entries pass.', noLimit)
  entriesFromMinute?: number | null;

  @InputField(() => Int, 'Minute of the day at which they no longer do.', noLimit)
  entriesUntilMinute?: number | null;
}

const SetRiskLimitsResult = resultUnion(
  'SetRiskLimitsResult',
  'The limits as they hold now, or why they were not changed.',
  () => RiskLimits,
  [InvalidInput, NotFound],
);

const countOf = (value: number | null | undefined): DecimalNumber | null =>
  value == null ? null : new DecimalNumber(value);

@Resolver()
export class SetRiskLimitsMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => SetRiskLimitsResult, {
    description:
      'Says the limits of a scope anew; they hold for the next order. All scopes of an order must be kept.',
  })
  async setRiskLimits(
    @Caller() actor: AccountActor,
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => SetRiskLimitsInput, { description: 'The scope and its limits.' })
    { scope, id, ...asked }: SetRiskLimitsInput,
  ) {
    const entity = entityOfScope[scope];
    const result = await setRiskLimits(context.ports, {
      actor,
      administrates: viewer.role === 'ADMIN',
      scope,
      scopeId: id == null ? null : entity === null ? id : localIdOf(entity, id),
      limits: {
        maxCapitalPerTrade: asked.maxCapitalPerTrade ?? null,
        maxOrderValue: asked.maxOrderValue ?? null,
        maxOrderQuantity: asked.maxOrderQuantity ?? null,
        maxOpenPositions: countOf(asked.maxOpenPositions),
        maxInstrumentExposure: asked.maxInstrumentExposure ?? null,
        maxTotalExposure: asked.maxTotalExposure ?? null,
        maxOrdersPerSecond: countOf(asked.maxOrdersPerSecond),
        maxOrdersPerMinute: countOf(asked.maxOrdersPerMinute),
        maxOrdersPerDay: countOf(asked.maxOrdersPerDay),
        maxDailyLoss: asked.maxDailyLoss ?? null,
        maxDailyProfit: asked.maxDailyProfit ?? null,
        maxDrawdown: asked.maxDrawdown ?? null,
        maxConsecutiveLosses: countOf(asked.maxConsecutiveLosses),
        lossCoolDownMinutes: asked.lossCoolDownMinutes ?? null,
        maxPriceDeviation: asked.maxPriceDeviation ?? null,
        allowedInstrumentIds:
          asked.allowedInstrumentIds?.map((each) => localIdOf('Instrument', each)) ?? null,
        entriesFromMinute: asked.entriesFromMinute ?? null,
        entriesUntilMinute: asked.entriesUntilMinute ?? null,
      },
    });
    if (!result.ok) return contractFailure(result.failure);
    const { scopeId } = result.value;
    const limitsId = scope === 'PLATFORM' ? installationChain : scopeId;
    return answer(context, 'RiskLimits', succeed({ id: limitsId }));
  }
}

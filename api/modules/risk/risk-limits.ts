import { Ctx, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { RiskLimitsView } from '@nandax/app/views/risk.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER_OR_INSTALLATION } from '../../access/rules.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { globalIdOf } from '../../relay/global-id.ts';
import { Node } from '../../relay/node.ts';
import { Decimal, Money, Quantity } from '../../scalars/scalars.ts';
import { TradingStateValue } from '../portfolio/portfolio.ts';
import { KillSwitch } from './kill-switch.ts';
import { RiskUsage } from './risk-usage.ts';
import { RiskScope, subjectDescription, subjectIdOf } from './risk-scope.ts';

const rule = OWNER_OR_INSTALLATION;
const noLimit = { nullable: true };

@ObjectType({
  implements: Node,
  description:
    'Limits of one scope on orders that open or enlarge a position; null: no limit. What only reduces always passes.',
})
export class RiskLimits {
  @Visible(rule, () => RiskScope, 'Where they are set.')
  scope!: RiskScopeName;

  @Visible(rule, () => String, 'Name of portfolio, strategy or agent.', noLimit)
  name!: string | null;

  @Visible(
    rule,
    () => TradingStateValue,
    'Which orders pass here: the strictest of kill switch and closed account. A wider scope may be stricter.',
  )
  tradingState!: TradingState;

  @Visible(
    rule,
    () => Money,
    'Rupees of margin that one trade ties up, over all slices of its order.',
    noLimit,
  )
  maxCapitalPerTrade!: object | null;

  @Visible(rule, () => Money, 'Rupees that one order opens.', noLimit)
  maxOrderValue!: object | null;

  @Visible(rule, () => Quantity, 'Units that one order opens.', noLimit)
  maxOrderQuantity!: object | null;

  @Visible(rule, () => Int, 'Positions open at once.', noLimit)
  maxOpenPositions!: object | null;

  @Visible(rule, () => Money, 'Rupees at entry in one instrument.', noLimit)
  maxInstrumentExposure!: object | null;

  @Visible(rule, () => Money, 'Rupees at entry in all instruments.', noLimit)
  maxTotalExposure!: object | null;

  @Visible(rule, () => Int, 'Orders in a calendar second.', noLimit)
  maxOrdersPerSecond!: object | null;

  @Visible(rule, () => Int, 'Orders in a calendar minute.', noLimit)
  maxOrdersPerMinute!: object | null;

  @Visible(rule, () => Int, 'Orders in a day of exchange time.', noLimit)
  maxOrdersPerDay!: object | null;

  @Visible(
    rule,
    () => Money,
    'Rupees lost in a day at which entries stop, after charges as they accrue: the depository’s, and the rounding of the contract note, come with the note.',
    noLimit,
  )
  maxDailyLoss!: object | null;

  @Visible(rule, () => Money, 'Rupees gained in a day at which entries stop.', noLimit)
  maxDailyProfit!: object | null;

  @Visible(
    rule,
    () => Money,
    'Rupees below the highest result, open positions included, at the ends of market minutes since it was set: entries stop.',
    noLimit,
  )
  maxDrawdown!: object | null;

  @Visible(
    rule,
    () => Int,
    'Round trips lost in a row at which entries stop, however many fills each took.',
    noLimit,
  )
  maxConsecutiveLosses!: object | null;

  @Visible(rule, () => Int, 'Minutes to wait after them; null: until released.', noLimit)
  lossCoolDownMinutes!: number | null;

  @Visible(rule, () => Decimal, 'Percent between a price and the last one.', noLimit)
  maxPriceDeviation!: object | null;

  @Visible(rule, () => Int, 'Minute of the day from which entries pass.', noLimit)
  entriesFromMinute!: number | null;

  @Visible(rule, () => Int, 'Minute of the day at which they no longer do.', noLimit)
  entriesUntilMinute!: number | null;
}

@Resolver(() => RiskLimits)
export class RiskLimitsFields {
  @Derived(rule, () => ID, subjectDescription, { nullable: true })
  subjectId(@Root() { scope, id }: RiskLimitsView): string | null {
    return subjectIdOf(scope, scope === 'PLATFORM' ? platformScopeId : id);
  }

  @Derived(rule, () => [ID], 'Instruments that may be entered; empty: none; null: all.', noLimit)
  allowedInstrumentIds(@Root() { allowedInstrumentIds: ids }: RiskLimitsView) {
    return ids?.map((id) => globalIdOf('Instrument', id)) ?? null;
  }

  @Derived(
    rule,
    () => [RiskUsage],
    'What is used and left of them on each feed of the scope, the newest first, twenty at most: results and exposure of different feeds are never summed up.',
  )
  async usage(@Root() { id }: RiskLimitsView, @Ctx() { loaders }: Context) {
    return (await loaders.usageOfRiskLimits.load(id)) ?? [];
  }

  @Derived(
    rule,
    () => KillSwitch,
    'The kill switch that holds here; null: none was pulled.',
    noLimit,
  )
  killSwitch(@Root() { id }: RiskLimitsView, @Ctx() { loaders }: Context) {
    return loaders.killSwitchOfRiskLimits.load(id);
  }
}

export const RiskLimitsConnection = connectionOf('RiskLimits', () => RiskLimits);

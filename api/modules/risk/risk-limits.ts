import { ID, Int, ObjectType } from 'type-graphql';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Decimal, Money, Quantity } from '../../scalars/scalars.ts';
import { RiskScope } from './risk-scope.ts';

const noLimit = { nullable: true };

@ObjectType({
  description:
    'Limits of one scope on orders that open or enlarge a position; null: no limit. What only reduces always passes.',
})
export class RiskLimits {
  @Visible(WITH_PARENT, () => RiskScope, 'Where they are set.')
  scope!: RiskScopeName;

  @Visible(WITH_PARENT, () => Money, 'Rupees of margin that one order ties up.', noLimit)
  maxCapitalPerTrade!: object | null;

  @Visible(WITH_PARENT, () => Money, 'Rupees that one order opens.', noLimit)
  maxOrderValue!: object | null;

  @Visible(WITH_PARENT, () => Quantity, 'Units that one order opens.', noLimit)
  maxOrderQuantity!: object | null;

  @Visible(WITH_PARENT, () => Int, 'Positions open at once.', noLimit)
  maxOpenPositions!: number | null;

  @Visible(WITH_PARENT, () => Money, 'Rupees at entry in one instrument.', noLimit)
  maxInstrumentExposure!: object | null;

  @Visible(WITH_PARENT, () => Money, 'Rupees at entry in all instruments.', noLimit)
  maxTotalExposure!: object | null;

  @Visible(WITH_PARENT, () => Int, 'Orders in a calendar second.', noLimit)
  maxOrdersPerSecond!: number | null;

  @Visible(WITH_PARENT, () => Int, 'Orders in a calendar minute.', noLimit)
  maxOrdersPerMinute!: number | null;

  @Visible(WITH_PARENT, () => Int, 'Orders in a day of exchange time.', noLimit)
  maxOrdersPerDay!: number | null;

  @Visible(WITH_PARENT, () => Money, 'Rupees lost in a day at which entries stop.', noLimit)
  maxDailyLoss!: object | null;

  @Visible(WITH_PARENT, () => Money, 'Rupees gained in a day at which entries stop.', noLimit)
  maxDailyProfit!: object | null;

  @Visible(WITH_PARENT, () => Money, 'Rupees below the best result: entries stop.', noLimit)
  maxDrawdown!: object | null;

  @Visible(WITH_PARENT, () => Int, 'Trades lost in a row at which entries stop.', noLimit)
  maxConsecutiveLosses!: number | null;

  @Visible(WITH_PARENT, () => Int, 'Minutes to wait after them; null: until released.', noLimit)
  lossCoolDownMinutes!: number | null;

  @Visible(WITH_PARENT, () => Decimal, 'Percent between a price and the last one.', noLimit)
  maxPriceDeviation!: object | null;

  @Visible(WITH_PARENT, () => [ID], 'Instruments that may be entered; null: all.', noLimit)
  allowedInstrumentIds!: readonly string[] | null;

  @Visible(WITH_PARENT, () => Int, 'Minute of the day from which entries pass.', noLimit)
  entriesFromMinute!: number | null;

  @Visible(WITH_PARENT, () => Int, 'Minute of the day at which they no longer do.', noLimit)
  entriesUntilMinute!: number | null;
}

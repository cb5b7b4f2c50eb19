import { Float, Int, ObjectType } from 'type-graphql';
import type {
  PerformanceView,
  StrategyVersionView,
  StrategyView,
} from '@nandax/app/views/strategy.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Count, DateTime, Money } from '../../scalars/scalars.ts';
import { TimeFrame } from '../dataset/candle.ts';
import { TradeDirection } from '../trade/trade.ts';

export const StrategyType = enumOf('StrategyType', 'What a strategy lives on.', {
  MOMENTUM: 'Prices that go on as they went.',
  MEAN_REVERSION: 'Prices that come back.',
  ARBITRAGE: 'Prices that should be equal and are not.',
  SCALPING: 'Many small moves.',
  SWING: 'Moves of days to weeks.',
  CUSTOM: 'Something else.',
} satisfies Record<StrategyView['type'], string>);

export const StrategyStatus = enumOf('StrategyStatus', 'Where in its life a strategy is.', {
  DRAFT: 'Being written.',
  ACTIVE: 'In use.',
  ARCHIVED: 'Put away.',
} satisfies Record<StrategyView['status'], string>);

@ObjectType({ implements: Node, description: 'Rules by which to trade, with all their versions.' })
export class Strategy implements Partial<StrategyView> {
  @Visible(OWNER, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER, () => StrategyType, 'What it lives on.')
  type!: StrategyView['type'];

  @Visible(OWNER, () => StrategyStatus, 'Where in its life it is.')
  status!: StrategyView['status'];

  @Visible(OWNER, () => DateTime, 'When it was made.')
  createdAt!: Date;

  @Visible(OWNER, () => DateTime, 'When it was last changed.')
  updatedAt!: Date;
}

@ObjectType({
  implements: Node,
  description: 'The rules of a strategy as they once were; it never changes.',
})
export class StrategyVersion implements Partial<StrategyVersionView> {
  @Visible(OWNER, () => Int, 'Its number within the strategy, 1 is the first.')
  number!: number;

  @Visible(OWNER, () => String, 'The whole strategy as text.')
  document!: string;

  @Visible(OWNER, () => TimeFrame, 'Length of the bars it decides on.')
  timeFrame!: StrategyVersionView['timeFrame'];

  @Visible(OWNER, () => DateTime, 'When it was written.')
  createdAt!: Date;
}

@ObjectType({ description: 'A condition of a strategy’s document.' })
export class StrategyRule {
  @Visible(WITH_PARENT, () => TradeDirection, 'For trades of which direction.')
  direction!: keyof typeof TradeDirection;

  @Visible(WITH_PARENT, () => String, 'The condition, as text.')
  text!: string;
}

@ObjectType({ description: 'A statement of a strategy’s document beside its rules.' })
export class StrategySetting {
  @Visible(WITH_PARENT, () => String, 'Its first word, e.g. `trailing_stop`.')
  name!: string;

  @Visible(WITH_PARENT, () => String, 'The whole statement, as text.')
  text!: string;
}

@ObjectType({ description: 'What an optimiser may try for a parameter, both ends included.' })
export class StrategyParameterRange {
  @Visible(WITH_PARENT, () => Float, 'The lowest value.')
  minimum!: number;

  @Visible(WITH_PARENT, () => Float, 'The highest value.')
  maximum!: number;

  @Visible(WITH_PARENT, () => Float, 'From one value to the next.')
  step!: number;
}

@ObjectType({ description: 'A number that the rules of a strategy name.' })
export class StrategyParameter {
  @Visible(WITH_PARENT, () => String, 'Its name in the rules.')
  name!: string;

  @Visible(WITH_PARENT, () => Float, 'Its value, in whatever unit the rules take it for.')
  value!: number;

  @Visible(WITH_PARENT, () => StrategyParameterRange, 'Its range; null: it is not optimised.', {
    nullable: true,
  })
  range!: StrategyParameterRange | null;
}

@ObjectType({ description: 'What was made over all closed trades of paper and live runs.' })
export class StrategyPerformance implements Partial<PerformanceView> {
  @Visible(WITH_PARENT, () => Count, 'Closed trades.')
  totalTrades!: number;

  @Visible(
    WITH_PARENT,
    () => Money,
    'Gain after the charges accrued with each fill, in rupees. The note of a day rounds taxes to whole rupees, so a run’s net P&L may differ by paise.',
  )
  totalPnl!: PerformanceView['totalPnl'];
}

export const StrategyConnection = connectionOf('Strategy', () => Strategy);
export const StrategyVersionConnection = connectionOf('StrategyVersion', () => StrategyVersion);

import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { RiskUsageView } from '@nandax/app/views/risk.ts';
import type { RiskLimitKind as RiskLimitKindName } from '@nandax/core/risk/limit-rules.ts';
import type { LimitUse } from '@nandax/core/risk/limit-uses.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Decimal } from '../../scalars/scalars.ts';
import { Instrument } from '../instrument/instrument.ts';
import { ReplaySession } from '../replay/replay-session.ts';
import { RiskScope } from './risk-scope.ts';

const RiskLimitKind = enumOf('RiskLimitKind', 'A limit that is an amount, and its unit.', {
  MAX_ORDER_QUANTITY: 'Units that one order opens.',
  MAX_ORDER_VALUE: 'Rupees that one order opens.',
  MAX_CAPITAL_PER_TRADE: 'Rupees of margin that one trade ties up, over all slices of its order.',
  MAX_OPEN_POSITIONS: 'Positions open at once, entries on their way included.',
  MAX_INSTRUMENT_EXPOSURE: 'Rupees at entry in one instrument, entries on their way included.',
  MAX_TOTAL_EXPOSURE: 'Rupees at entry in all instruments, entries on their way included.',
  MAX_PRICE_DEVIATION: 'Percent between a price and the last one.',
  MAX_ORDERS_PER_SECOND: 'Orders in the running second.',
  MAX_ORDERS_PER_MINUTE: 'Orders in the running minute.',
  MAX_ORDERS_PER_DAY: 'Orders in the running day of exchange time.',
  MAX_DAILY_LOSS: 'Rupees lost in the day after charges.',
  MAX_DAILY_PROFIT: 'Rupees gained in the day after charges.',
  MAX_DRAWDOWN: 'Rupees below the best result.',
  MAX_CONSECUTIVE_LOSSES: 'Trades lost in a row.',
} satisfies Record<RiskLimitKindName, string>);

@ObjectType({ description: 'One limit: what is allowed, what is used of it now, what is left.' })
export class RiskLimitUse {
  @Visible(WITH_PARENT, () => RiskLimitKind, 'Which limit, and so its unit.')
  kind!: RiskLimitKindName;

  @Visible(WITH_PARENT, () => RiskScope, 'Whose limit it is.')
  scope!: RiskScopeName;

  @Visible(WITH_PARENT, () => Decimal, 'What was set.')
  allowed!: object;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Null: nothing adds up, each order is looked at by itself.',
    {
      nullable: true,
    },
  )
  used!: object | null;

  @Visible(WITH_PARENT, () => Decimal, 'What is left, not below zero.')
  left!: object;

  @Visible(
    WITH_PARENT,
    () => Boolean,
    'Whether it refuses entries now: nothing is left, or a lock holds although the result recovered.',
  )
  reached!: boolean;
}

@Resolver(() => RiskLimitUse)
export class RiskLimitUseFields {
  @Derived(
    WITH_PARENT,
    () => Instrument,
    'Whose exposure it is; null: it is no limit on one instrument, or nothing is held.',
    { nullable: true },
  )
  instrument(@Root() { instrumentId }: LimitUse, @Ctx() { loaders }: Context) {
    return instrumentId === null ? null : loaders.instrument.load(instrumentId);
  }
}

@ObjectType({ description: 'What is used of the limits of a scope on one feed.' })
export class RiskUsage {
  @Visible(WITH_PARENT, () => DateTime, 'Its market clock; null: it has not begun, or is none.', {
    nullable: true,
  })
  marketTime!: Date | null;

  @Visible(WITH_PARENT, () => [RiskLimitUse], 'Every limit that is set.')
  uses!: readonly object[];
}

@Resolver(() => RiskUsage)
export class RiskUsageFields {
  @Derived(WITH_PARENT, () => ReplaySession, 'The replay; null: the scope is on no feed.', {
    nullable: true,
  })
  replaySession(@Root() { feedId }: RiskUsageView, @Ctx() { loaders }: Context) {
    return feedId === null ? null : loaders.replaySession.load(feedId);
  }
}

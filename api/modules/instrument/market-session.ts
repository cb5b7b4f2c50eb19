import { Arg, Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import {
  phaseOfMarket,
  type SessionPhase as PhaseName,
} from '@nandax/core/calendar/session-plan.ts';
import type { InstrumentView } from '@nandax/app/views/market.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER_OR_SHARED, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { Instrument } from './instrument.ts';

export const SessionPhase = enumOf('SessionPhase', 'What a market is doing.', {
  CLOSED: 'Nothing is taken.',
  PRE_OPEN: 'Limit and market orders gather for the opening price.',
  PRE_OPEN_LIMIT: 'Only limit orders still gather for the opening price.',
  PRE_OPEN_MATCHING: 'The opening price is found; nothing is taken until continuous trading.',
  CONTINUOUS: 'Orders trade as they come.',
  AUCTION_REFERENCE: 'The reference price of the closing auction is found; nothing is taken.',
  AUCTION: 'Limit and market orders gather for the closing price.',
  AUCTION_LIMIT: 'Only limit orders still gather for the closing price.',
  AUCTION_MATCHING: 'The closing price is found.',
  POST_CLOSE: 'Orders trade at the closing price.',
} satisfies Record<PhaseName, string>);

@ObjectType({ description: 'What the market of an instrument is doing at an instant.' })
export class MarketSession {
  @Visible(WITH_PARENT, () => SessionPhase, 'What it is doing.')
  phase!: PhaseName;

  @Visible(WITH_PARENT, () => DateTime, 'When that ends; null while the market is closed.', {
    nullable: true,
  })
  until!: Date | null;

  @Visible(
    WITH_PARENT,
    () => Boolean,
    'Whether brokers take after-market orders, for the next session.',
  )
  takesAfterMarketOrders!: boolean;

  @Visible(
    WITH_PARENT,
    () => Boolean,
    'False: no calendar or plan covers the day; the nearest one answered.',
  )
  covered!: boolean;
}

@Resolver(() => Instrument)
export class MarketSessionField {
  @Derived(
    OWNER_OR_SHARED,
    () => MarketSession,
    'What its market is doing; null: its hours are not known.',
    { nullable: true },
  )
  async session(
    @Root() { exchange, segment }: InstrumentView,
    @Ctx() { ports }: Context,
    @Arg('at', () => DateTime, { nullable: true, description: 'When; left out: now.' })
    at?: Date | null,
  ): Promise<Pick<MarketSession, keyof MarketSession> | null> {
    const hours = (await ports.history.markets()).hoursOf({ exchange, segment });
    if (hours === null) return null;
    const time = at ?? ports.clock.now();
    const { phase, until, takesAfterMarket, covered } = phaseOfMarket(hours, time.getTime());
    return {
      phase,
      until: until === null ? null : new Date(until),
      takesAfterMarketOrders: takesAfterMarket,
      covered,
    };
  }
}

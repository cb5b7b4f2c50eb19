import { Arg, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import { Access, Visible } from '../../access/declare.ts';
import { READ, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Count, DateTime } from '../../scalars/scalars.ts';
import { afterArgument, source } from '../../hub/source.ts';
import { Portfolio } from './portfolio.ts';

@ObjectType({ description: 'A portfolio that changed.' })
export class PortfolioUpdate {
  @Visible(
    WITH_PARENT,
    () => Count,
    'Its place in your log, to go on behind it; null: a live mark.',
    {
      nullable: true,
    },
  )
  sequence!: bigint | null;

  @Visible(WITH_PARENT, () => DateTime, 'When it happened, by the wall clock.')
  occurredAt!: Date;

  @Visible(WITH_PARENT, () => Portfolio, 'The portfolio as it is.')
  portfolio!: PortfolioView;
}

@Resolver()
export class PortfolioUpdatesSubscription {
  @Access(SIGNED_IN, READ)
  @Subscription(() => PortfolioUpdate, {
    subscribe: source((hub, viewer, after) => hub.portfolioUpdates(viewer.id, after)),
    description:
      'Changes of your portfolios, and live marks at most four times a second while their market moves. Give `after` to have what was missed replayed first, in order, nothing lost or repeated.',
  })
  portfolioUpdates(
    @Arg('after', () => Count, afterArgument) _after: bigint | null | undefined,
    @Root() update: PortfolioUpdate,
  ): PortfolioUpdate {
    return update;
  }
}

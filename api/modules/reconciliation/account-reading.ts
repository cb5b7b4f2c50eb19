import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { PortfolioView } from '@nandax/app/views/portfolio.ts';
import type { AccountReadingView } from '@nandax/app/views/risk.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { Portfolio } from '../portfolio/portfolio.ts';

@ObjectType({
  description:
    'How the broker’s books of an account were read since the workers started; instants of the wall clock.',
})
class AccountReading implements AccountReadingView {
  @Visible(WITH_PARENT, () => DateTime, 'The last reading that worked; null: none yet.', {
    nullable: true,
  })
  readAt!: Date | null;

  @Visible(
    WITH_PARENT,
    () => DateTime,
    'The first reading that agreed; null: none yet, and a live portfolio opens nothing.',
    { nullable: true },
  )
  agreedAt!: Date | null;

  @Visible(
    WITH_PARENT,
    () => DateTime,
    'When the broker gave no answer; null: it answered the last time.',
    { nullable: true },
  )
  failedAt!: Date | null;

  @Visible(WITH_PARENT, () => String, 'What it was then; null: as above.', { nullable: true })
  failureReason!: string | null;
}

@Resolver(() => Portfolio)
export class AccountReadingFields {
  @Derived(
    OWNER,
    () => AccountReading,
    'How the broker’s books were last compared with ours; null: never.',
    { nullable: true },
  )
  accountReading(@Root() { id }: PortfolioView, @Ctx() { loaders }: Context) {
    return loaders.readingOfPortfolio.load(id);
  }
}

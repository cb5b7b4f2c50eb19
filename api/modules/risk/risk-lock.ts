import { ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { RiskLockView } from '@nandax/app/views/risk.ts';
import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER_OR_INSTALLATION } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Decimal } from '../../scalars/scalars.ts';
import { RiskScope, subjectDescription, subjectIdOf } from './risk-scope.ts';

export const RiskLockKind = enumOf('RiskLockKind', 'Which limit was reached.', {
  MAX_DAILY_LOSS: 'Rupees lost in a day.',
  MAX_DAILY_PROFIT: 'Rupees gained in a day.',
  MAX_DRAWDOWN: 'Rupees below the best result.',
  MAX_CONSECUTIVE_LOSSES: 'Trades lost in a row.',
} satisfies Record<RiskLockView['kind'], string>);

@ObjectType({
  implements: Node,
  description:
    'A result limit that was reached: entries of its scope are refused until it ends or is released; exits and cancels pass.',
})
export class RiskLock implements Partial<RiskLockView> {
  @Visible(OWNER_OR_INSTALLATION, () => RiskScope, 'Whose limit it was.')
  scope!: RiskScopeName;

  @Visible(OWNER_OR_INSTALLATION, () => RiskLockKind, 'Which limit.')
  kind!: RiskLockView['kind'];

  @Visible(OWNER_OR_INSTALLATION, () => Decimal, 'The limit, in rupees or trades.')
  limit!: RiskLockView['limit'];

  @Visible(OWNER_OR_INSTALLATION, () => Decimal, 'What it was reached with, in the same unit.')
  actual!: RiskLockView['actual'];

  @Visible(OWNER_OR_INSTALLATION, () => Boolean, 'Whether it still refuses entries.')
  holds!: boolean;

  @Visible(OWNER_OR_INSTALLATION, () => DateTime, 'Market time at which it was reached.')
  lockedAt!: Date;

  @Visible(
    OWNER_OR_INSTALLATION,
    () => DateTime,
    'Market time at which it ends; null: when it is released.',
    {
      nullable: true,
    },
  )
  endsAt!: Date | null;

  @Visible(OWNER_OR_INSTALLATION, () => DateTime, 'Market time of its release; null: it was not.', {
    nullable: true,
  })
  releasedAt!: Date | null;
}

@Resolver(() => RiskLock)
export class RiskLockFields {
  @Derived(OWNER_OR_INSTALLATION, () => ID, subjectDescription, { nullable: true })
  subjectId(@Root() { scope, scopeId }: RiskLockView): string | null {
    return subjectIdOf(scope, scopeId);
  }
}

export const RiskLockConnection = connectionOf('RiskLock', () => RiskLock);

import { Ctx, ObjectType, Resolver, Root } from 'type-graphql';
import type { SessionView } from '@nandax/app/views/account.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER_IN_PERSON } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';

export const SessionKind = enumOf('SessionKind', 'What is logged in.', {
  WEB: 'A browser, by its cookie.',
  PROGRAM: 'A program, by access and refresh tokens.',
} satisfies Record<SessionView['kind'], string>);

@ObjectType({
  implements: Node,
  description: 'A login that has not ended: a device that acts for you.',
})
export class Session implements Partial<SessionView> {
  @Visible(OWNER_IN_PERSON, () => SessionKind, 'What is logged in.')
  kind!: SessionView['kind'];

  @Visible(OWNER_IN_PERSON, () => Boolean, 'Whether a second factor was shown.')
  secondFactor!: boolean;

  @Visible(OWNER_IN_PERSON, () => String, 'How the device named itself; null: it did not.', {
    nullable: true,
  })
  userAgent!: string | null;

  @Visible(OWNER_IN_PERSON, () => String, 'Address it logged in from; null: not known.', {
    nullable: true,
  })
  ipAddress!: string | null;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it logged in.')
  createdAt!: Date;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it was last seen, to the minute.')
  lastSeenAt!: Date;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it ends, if it is not used.')
  expiresAt!: Date;
}

@Resolver(() => Session)
export class SessionFields {
  @Derived(OWNER_IN_PERSON, () => Boolean, 'Whether it is the one that asks.')
  isCurrent(@Root() session: SessionView, @Ctx() { actor }: Context): boolean {
    return actor.kind === 'USER' && actor.sessionId === session.id;
  }
}

export const SessionConnection = connectionOf('Session', () => Session);

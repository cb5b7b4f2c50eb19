import { ObjectType } from 'type-graphql';
import type { NotificationView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';

export const NotificationLevel = enumOf('NotificationLevel', 'How much a notification matters.', {
  INFORMATION: 'Good to know.',
  WARNING: 'Should be looked at.',
  ERROR: 'Something did not happen that should have.',
} satisfies Record<NotificationView['level'], string>);

@ObjectType({ implements: Node, description: 'Something a user is told.' })
export class Notification implements Partial<NotificationView> {
  @Visible(OWNER, () => NotificationLevel, 'How much it matters.')
  level!: NotificationView['level'];

  @Visible(OWNER, () => String, 'In a few words.')
  title!: string;

  @Visible(OWNER, () => String, 'In full.')
  body!: string;

  @Visible(OWNER, () => DateTime, 'When it was marked as read; null: not yet.', { nullable: true })
  readAt!: Date | null;

  @Visible(OWNER, () => DateTime, 'When it was written.')
  createdAt!: Date;
}

export const NotificationConnection = connectionOf('Notification', () => Notification);

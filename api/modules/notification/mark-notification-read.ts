import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { markNotificationRead } from '@nandax/app/accounts/mark-notification-read.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Notification } from './notification.ts';

@InputType({ description: 'A notification that was read.' })
class MarkNotificationReadInput {
  @InputField(() => ID, 'The notification.')
  id!: string;
}

const MarkNotificationReadResult = resultUnion(
  'MarkNotificationReadResult',
  'The notification, or why it was not marked.',
  () => Notification,
  [NotFound],
);

@Resolver()
export class MarkNotificationReadMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => MarkNotificationReadResult, {
    description: 'Marks a notification as read; one that was read keeps its time.',
  })
  async markNotificationRead(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => MarkNotificationReadInput, { description: 'Which one.' })
    input: MarkNotificationReadInput,
  ) {
    const result = await markNotificationRead(context.ports, {
      userId: viewer.id,
      notificationId: localIdOf('Notification', input.id),
    });
    return answer(context, 'Notification', result);
  }
}

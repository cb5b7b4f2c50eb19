import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { snapshot } from '../events/snapshot.ts';
import { notFound, type NotFound } from '../failures.ts';
import type { AccountStore } from '../ports/accounts.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/world.ts';

export interface MarkNotificationReadPorts {
  readonly accounts: AccountStore;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** Marks a notification as read and tells the user's other screens; the first time stays. */
export async function markNotificationRead(
  { accounts, bus, clock }: MarkNotificationReadPorts,
  { userId, notificationId }: { readonly userId: string; readonly notificationId: string },
): Promise<Result<{ readonly id: string }, NotFound>> {
  const now = clock.now();
  const read = await accounts.transaction(async (rows) => {
    const notification = await rows.accounts.readNotification(notificationId, userId, now);
    if (notification === null) return null;
    await rows.events.append(
      userId,
      [
        {
          topic: 'NOTIFICATION',
          type: 'NOTIFICATION_READ',
          subjectId: notification.id,
          payload: snapshot(notification),
        },
      ],
      now,
    );
    return notification;
  });
  if (read === null) return fail(notFound('Notification', notificationId));
  await bus.publish('outbox', {});
  return succeed({ id: read.id });
}

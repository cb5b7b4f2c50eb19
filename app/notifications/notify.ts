import { snapshot } from '../events/snapshot.ts';
import type { EventDraft } from '../ports/events.ts';
import type { NotificationRecord, NotificationRows } from '../ports/notifications.ts';
import type { IdSource } from '../ports/world.ts';

/** Writes a notification and returns the event that carries it to its user. */
export async function notify(
  rows: { readonly notifications: Pick<NotificationRows, 'insert'> },
  ids: IdSource,
  told: Omit<NotificationRecord, 'id' | 'createdAt'> & { readonly at: Date },
): Promise<EventDraft> {
  const { at, ...rest } = told;
  const notification: NotificationRecord = { ...rest, id: ids.uuid(), createdAt: at };
  await rows.notifications.insert(notification);
  return {
    topic: 'NOTIFICATION',
    type: 'NOTIFICATION_CREATED',
    subjectId: notification.id,
    payload: snapshot(notification),
  };
}

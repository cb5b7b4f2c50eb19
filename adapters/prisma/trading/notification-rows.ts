import type { NotificationRows } from '@nandax/app/ports/notifications.ts';
import type { TransactionClient } from './transaction-client.ts';

export function notificationRows(client: TransactionClient): NotificationRows {
  return {
    async insert(notification) {
      await client.notification.create({ data: notification });
    },

    async wasTold({ userId, title, body, since }) {
      const where = { userId, title, body, createdAt: { gte: since } };
      return (await client.notification.findFirst({ where, select: { id: true } })) !== null;
    },
  };
}

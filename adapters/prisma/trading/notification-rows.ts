import type { NotificationRows } from '@nandax/app/ports/notifications.ts';
import type { Prisma } from '../generated/client.ts';
import type { TransactionClient } from './transaction-client.ts';

export function notificationRows(client: TransactionClient): NotificationRows {
  return {
    async insert(notification) {
      await client.notification.create({ data: notification });
    },
    async insertJobFailure(failure) {
      await client.jobFailure.create({
        data: { ...failure, payload: failure.payload as Prisma.InputJsonValue },
      });
    },
  };
}

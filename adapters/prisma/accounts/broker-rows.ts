import type { BrokerRows } from '@nandax/app/ports/brokers.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Connections to brokers on Prisma. */
export function brokerRows(client: TransactionClient): BrokerRows {
  return {
    async insert(connection) {
      await client.brokerConnection.create({ data: connection });
    },

    async lockOwn(id, userId) {
      await client.$queryRaw`SELECT 1 FROM "BrokerConnection" WHERE "id" = ${id}::uuid FOR UPDATE`;
      const connection = await client.brokerConnection.findFirst({
        where: { id, userId, deletedAt: null },
        select: { portfolios: { where: { deletedAt: null }, select: { id: true } } },
      });
      return connection === null ? null : { portfolioId: connection.portfolios[0]?.id ?? null };
    },

    async disconnect(id, userId, deletedAt) {
      const [ended] = await client.brokerConnection.updateManyAndReturn({
        where: { id, userId, deletedAt: null },
        data: { deletedAt, sealedApiKey: '', sealedApiSecret: '', apiKeyEnding: '' },
        select: { broker: true, label: true },
      });
      return ended ?? null;
    },
  };
}

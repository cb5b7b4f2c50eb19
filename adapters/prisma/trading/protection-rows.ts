import type {
  ProtectionChangeRecord,
  ProtectionRecord,
  ProtectionRows,
} from '@nandax/app/ports/protections.ts';
import type { Prisma } from '../generated/client.ts';
import { exact, exactOrNull } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

function toProtection(row: Prisma.ProtectionGetPayload<object>): ProtectionRecord {
  return { ...row, stopPrice: exact(row.stopPrice), targetPrice: exactOrNull(row.targetPrice) };
}

function toColumns(protection: ProtectionRecord) {
  return {
    ...protection,
    stopPrice: protection.stopPrice.toFixed(),
    targetPrice: protection.targetPrice?.toFixed() ?? null,
  };
}

function toChange({
  stopPrice,
  targetPrice,
  stopPriceBefore,
  targetPriceBefore,
  phaseBefore,
  ...row
}: Prisma.ProtectionChangeGetPayload<object>): ProtectionChangeRecord {
  return {
    ...row,
    asked: { stopPrice: exact(stopPrice), targetPrice: exactOrNull(targetPrice) },
    before: {
      stopPrice: exact(stopPriceBefore),
      targetPrice: exactOrNull(targetPriceBefore),
      phase: phaseBefore,
    },
  };
}

function toChangeColumns({ asked, before, ...change }: ProtectionChangeRecord) {
  return {
    ...change,
    stopPrice: asked.stopPrice.toFixed(),
    targetPrice: asked.targetPrice?.toFixed() ?? null,
    stopPriceBefore: before.stopPrice.toFixed(),
    targetPriceBefore: before.targetPrice?.toFixed() ?? null,
    phaseBefore: before.phase,
  };
}

/** Protections on PostgreSQL. */
export function protectionRows(client: TransactionClient): ProtectionRows {
  const listed = async (
    where: Prisma.ProtectionWhereInput,
  ): Promise<readonly ProtectionRecord[]> => {
    const rows = await client.protection.findMany({ where, orderBy: { id: 'asc' } });
    return rows.map(toProtection);
  };
  return {
    async insert(protection) {
      await client.protection.create({ data: toColumns(protection) });
    },

    async find(id) {
      const row = await client.protection.findUnique({ where: { id } });
      return row === null ? null : toProtection(row);
    },

    async save(protection) {
      const { id, status, phase, stopPrice, targetPrice, watchedFrom, endReason, updatedAt } =
        toColumns(protection);
      await client.protection.update({
        where: { id },
        data: { status, phase, stopPrice, targetPrice, watchedFrom, endReason, updatedAt },
      });
    },

    touchedBy: ({ portfolioId, instrumentId, product }, orderId) =>
      listed({
        OR: [
          { portfolioId, instrumentId, product, status: 'ACTIVE' },
          ...(orderId === null
            ? []
            : [{ entryOrderId: orderId }, { orders: { some: { orderId } } }]),
        ],
      }),
    activeOf: (portfolioId) => listed({ portfolioId, status: 'ACTIVE' }),
    activeOnFeed: (feedId) => listed({ feedId, status: 'ACTIVE' }),
    active: () => listed({ status: 'ACTIVE' }),

    async addOrder(protectionId, orderId) {
      await client.protectionOrder.create({ data: { protectionId, orderId } });
    },

    async ofExit(orderId) {
      const row = await client.protection.findFirst({ where: { orders: { some: { orderId } } } });
      return row === null ? null : toProtection(row);
    },

    async everAt({ portfolioId, instrumentId, product }) {
      const where = { portfolioId, instrumentId, product };
      return (await client.protection.findFirst({ where, select: { id: true } })) !== null;
    },

    async insertChange(change) {
      await client.protectionChange.create({ data: toChangeColumns(change) });
    },

    async saveChange({ id, status, reason, updatedAt }) {
      await client.protectionChange.update({ where: { id }, data: { status, reason, updatedAt } });
    },

    async changeByKey(userId, idempotencyKey) {
      const row = await client.protectionChange.findUnique({
        where: { userId_idempotencyKey: { userId, idempotencyKey } },
      });
      return row === null ? null : toChange(row);
    },

    async pendingChange(protectionId) {
      const where = { protectionId, status: 'PENDING' as const };
      const row = await client.protectionChange.findFirst({ where });
      return row === null ? null : toChange(row);
    },
  };
}

import type { GttRecord, GttRows } from '@nandax/app/ports/gtts.ts';
import { omit } from '@nandax/core/omit.ts';
import type { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

const withLegs = { legs: { orderBy: { number: 'asc' } } } as const;

type GttRow = Prisma.GttGetPayload<{ include: typeof withLegs }>;

function toGtt(row: GttRow): GttRecord {
  return {
    ...row,
    lastPrice: exact(row.lastPrice),
    legs: row.legs.map((leg) => ({
      ...omit(leg, 'gttId'),
      triggerPrice: exact(leg.triggerPrice),
      price: exact(leg.price),
      quantity: exact(leg.quantity),
    })),
  };
}

function legColumns(leg: GttRecord['legs'][number]) {
  return {
    ...leg,
    triggerPrice: leg.triggerPrice.toFixed(),
    price: leg.price.toFixed(),
    quantity: leg.quantity.toFixed(),
  };
}

/** GTTs on PostgreSQL. */
export function gttRows(client: TransactionClient): GttRows {
  const active = async (where: Prisma.GttWhereInput): Promise<readonly GttRecord[]> => {
    const rows = await client.gtt.findMany({
      where: { ...where, status: 'ACTIVE' },
      include: withLegs,
      orderBy: { id: 'asc' },
    });
    return rows.map(toGtt);
  };
  return {
    async insert(gtt: GttRecord): Promise<void> {
      const { legs, lastPrice, ...columns } = gtt;
      await client.gtt.create({
        data: {
          ...columns,
          lastPrice: lastPrice.toFixed(),
          legs: { create: legs.map(legColumns) },
        },
      });
    },

    async find(gttId: string) {
      const row = await client.gtt.findUnique({ where: { id: gttId }, include: withLegs });
      return row === null ? null : toGtt(row);
    },

    async findByKey(userId: string, idempotencyKey: string) {
      const row = await client.gtt.findUnique({
        where: { userId_idempotencyKey: { userId, idempotencyKey } },
        include: withLegs,
      });
      return row === null ? null : toGtt(row);
    },

    async save(gtt: GttRecord): Promise<void> {
      const { id, status, lastPrice, watchedFrom, expiresAt, endedAt, endReason, updatedAt } = gtt;
      await client.gtt.update({
        where: { id },
        data: {
          status,
          lastPrice: lastPrice.toFixed(),
          watchedFrom,
          expiresAt,
          endedAt,
          endReason,
          updatedAt,
        },
      });
      for (const leg of gtt.legs) {
        await client.gttLeg.update({
          where: { gttId_number: { gttId: id, number: leg.number } },
          data: omit(legColumns(leg), 'number'),
        });
      }
    },

    countActive(userId: string) {
      return client.gtt.count({ where: { userId, status: 'ACTIVE' } });
    },

    activeOnFeed: (feedId) => active({ feedId }),
    activeOf: (portfolioId) => active({ portfolioId }),
  };
}

import type { Json } from '@nandax/app/ports/events.ts';
import type { LockedStrategy, StrategyRows, StrategyStore } from '@nandax/app/ports/strategies.ts';
import { tierRows } from '../accounts/tier-rows.ts';
import type { AuditTools } from '../audit/audit-rows.ts';
import { Exchange, type Prisma, type PrismaClient } from '../generated/client.ts';
import { withLastWrites } from '../trading/last-writes.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Strategies and their versions on Prisma. */
export function strategyStore(prisma: PrismaClient, tools: AuditTools): StrategyStore {
  return {
    transaction: (work) =>
      prisma.$transaction((client) =>
        withLastWrites(client, tools, ({ audit }) =>
          work({ strategies: strategyRows(client), tiers: tierRows(client), audit }),
        ),
      ),
  };
}

function strategyRows(client: TransactionClient): StrategyRows {
  return {
    async insert(strategy) {
      await client.strategy.create({ data: { ...strategy, updatedAt: strategy.createdAt } });
    },

    async insertVersion({ instrumentIds, references, configuration, ...version }) {
      await client.strategyVersion.create({
        data: {
          ...version,
          configuration: configuration as Prisma.InputJsonValue,
          instruments: {
            create: instrumentIds.map((instrumentId, ordinal) => ({ instrumentId, ordinal })),
          },
          references: { create: [...references] },
        },
      });
    },

    async lock(strategyId, userId): Promise<LockedStrategy | null> {
      await client.$queryRaw`
        SELECT 1 FROM "Strategy" WHERE "id" = ${strategyId}::uuid FOR UPDATE`;
      const version = await client.strategyVersion.findFirst({
        where: { strategy: { id: strategyId, userId, deletedAt: null } },
        orderBy: { number: 'desc' },
        include: { strategy: true, instruments: { orderBy: { ordinal: 'asc' } } },
      });
      if (version === null) return null;
      const { strategy, instruments, configuration } = version;
      return {
        id: strategy.id,
        name: strategy.name,
        type: strategy.type,
        status: strategy.status,
        version: {
          id: version.id,
          strategyId,
          number: version.number,
          timeFrame: version.timeFrame,
          document: version.document,
          createdAt: version.createdAt,
          configuration: configuration as Json,
          instrumentIds: instruments.map(({ instrumentId }) => instrumentId),
        },
      };
    },

    async save(id, change, updatedAt) {
      await client.strategy.update({ where: { id }, data: { ...change, updatedAt } });
    },

    async markDeleted(id, deletedAt) {
      await client.strategy.update({ where: { id }, data: { deletedAt, updatedAt: deletedAt } });
    },

    async visibleInstruments(ids, userId) {
      const visible = await client.instrument.findMany({
        where: { id: { in: [...ids] }, OR: [{ ownerId: null }, { ownerId: userId }] },
        select: { id: true },
      });
      return visible.map(({ id }) => id);
    },

    async namedInstruments(names, userId) {
      const known = names.filter(({ exchange }) => isExchange(exchange));
      if (known.length === 0) return [];
      const rows = await client.instrument.findMany({
        where: {
          AND: [
            {
              OR: known.map(({ exchange, symbol }) => ({
                exchange: exchange as Exchange,
                tradingSymbol: symbol,
              })),
            },
            { OR: [{ ownerId: null }, { ownerId: userId }] },
          ],
        },
        orderBy: { ownerId: { sort: 'asc', nulls: 'last' } },
        select: { id: true, exchange: true, tradingSymbol: true, tradable: true },
      });
      return rows.map(({ id, tradingSymbol, exchange, tradable }) => ({
        exchange,
        symbol: tradingSymbol,
        instrumentId: id,
        tradable,
      }));
    },

    activeAgents: (strategyId) =>
      client.agent.count({
        where: { strategyId, deletedAt: null, status: { in: ['RUNNING', 'PAUSED'] } },
      }),
  };
}

function isExchange(name: string): boolean {
  return Object.hasOwn(Exchange, name);
}

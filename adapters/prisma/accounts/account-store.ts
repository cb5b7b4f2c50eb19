import { demoEmail, type AccountRows, type AccountStore } from '@nandax/app/ports/accounts.ts';
import { UniqueKeyTaken } from '@nandax/app/ports/store.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { eventRows } from '../trading/event-rows.ts';
import { portfolioRows } from '../trading/portfolio-rows.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Users and portfolios on Prisma. */
export function accountStore(prisma: PrismaClient): AccountStore {
  return {
    async transaction(work) {
      try {
        return await prisma.$transaction((client) =>
          work({
            accounts: accountRows(client),
            portfolios: portfolioRows(client),
            events: eventRows(client),
          }),
        );
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
          throw new UniqueKeyTaken({ cause: error });
        }
        throw error;
      }
    },

    findByEmail: (email) =>
      prisma.user.findFirst({
        where: { email, deletedAt: null },
        select: { id: true, passwordHash: true },
      }),

    async recordLogin(userId, at) {
      await prisma.user.update({ where: { id: userId }, data: { lastLoginAt: at } });
    },

    async demoAccountExists() {
      return (await prisma.user.count({ where: { email: demoEmail, deletedAt: null } })) > 0;
    },
  };
}

function accountRows(client: TransactionClient): AccountRows {
  async function openScope(scope: 'USER' | 'PORTFOLIO', scopeId: string, at: Date): Promise<void> {
    await client.tradingState.create({ data: { scope, scopeId, updatedAt: at } });
    await client.riskLimits.create({ data: { scope, scopeId, updatedAt: at } });
  }

  return {
    async insertUser(user) {
      await client.user.create({ data: { ...user, eventCounter: { create: {} } } });
      await openScope('USER', user.id, user.createdAt);
    },

    async insertPortfolio(portfolio) {
      const initialCapital = portfolio.initialCapital.toFixed();
      await client.portfolio.create({ data: { ...portfolio, initialCapital } });
      await openScope('PORTFOLIO', portfolio.id, portfolio.createdAt);
    },

    async readNotification(id, userId, at) {
      await client.notification.updateMany({
        where: { id, userId, readAt: null },
        data: { readAt: at },
      });
      const row = await client.notification.findFirst({
        where: { id, userId },
        select: { id: true, readAt: true },
      });
      return row === null ? null : { id: row.id, readAt: row.readAt ?? at };
    },
  };
}

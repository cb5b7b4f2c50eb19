import {
  demoEmail,
  type AccountRecord,
  type AccountStore,
  type AccountTransaction,
} from '@nandax/app/ports/accounts.ts';
import { UniqueKeyTaken } from '@nandax/app/ports/store.ts';
import type { AuditTools } from '../audit/audit-rows.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { eventRows } from '../trading/event-rows.ts';
import { withLastWrites } from '../trading/last-writes.ts';
import { notificationRows } from '../trading/notification-rows.ts';
import { portfolioRows } from '../trading/portfolio-rows.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';
import { accountRecordOf, accountRows, usableToken } from './account-rows.ts';
import { apiKeyRows } from './api-key-rows.ts';
import { brokerRows } from './broker-rows.ts';
import { letterRows } from './letter-box.ts';
import { secondFactorRows } from './second-factor-rows.ts';
import { sessionRows } from './session-rows.ts';
import { tierRows } from './tier-rows.ts';

/** Users, their credentials and portfolios on Prisma. */
export function accountStore(prisma: PrismaClient, tools: AuditTools): AccountStore {
  const find = async (where: Prisma.UserWhereInput): Promise<AccountRecord | null> => {
    const row = await prisma.user.findFirst({ where: { ...where, erasedAt: null } });
    return row === null ? null : accountRecordOf(row);
  };
  return {
    async transaction(work) {
      try {
        return await prisma.$transaction((client) => withRows(client, tools, work));
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
          throw new UniqueKeyTaken({ cause: error });
        }
        throw error;
      }
    },

    findByEmail: (email) => find({ email }),
    findById: (id) => find({ id }),

    findEmailToken: (id, purpose, at) =>
      prisma.emailToken.findFirst({ where: usableToken(id, purpose, at) }),

    async demoAccountExists() {
      return (await prisma.user.count({ where: { email: demoEmail, deletedAt: null } })) > 0;
    },
  };
}

function withRows<T>(
  client: TransactionClient,
  tools: AuditTools,
  work: (rows: AccountTransaction) => Promise<T>,
): Promise<T> {
  return withLastWrites(client, tools, ({ audit, append }) =>
    work({
      accounts: accountRows(client),
      sessions: sessionRows(client),
      apiKeys: apiKeyRows(client),
      secondFactors: secondFactorRows(client),
      brokers: brokerRows(client),
      letters: letterRows(client, tools),
      notifications: notificationRows(client),
      tiers: tierRows(client),
      audit,
      portfolios: portfolioRows(client),
      events: eventRows(client, append),
    }),
  );
}

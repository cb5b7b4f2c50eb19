import { UniqueKeyTaken, type Store, type StoreTransaction } from '@nandax/app/ports/store.ts';
import { tierRows } from '../accounts/tier-rows.ts';
import { auditRows, type AuditTools } from '../audit/audit-rows.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { corporateRows } from './corporate-rows.ts';
import { eventRows } from './event-rows.ts';
import { exchangeRows } from './exchange-rows.ts';
import { feedRows } from './feed-rows.ts';
import { gttRows } from './gtt-rows.ts';
import { jobFailureRows } from './job-failure-rows.ts';
import { notificationRows } from './notification-rows.ts';
import { orderRows } from './order-rows.ts';
import { portfolioRows } from './portfolio-rows.ts';
import { protectionRows } from './protection-rows.ts';
import { readingRows } from './reading-rows.ts';
import { riskRows } from './risk-rows.ts';
import { runRows } from './run-rows.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Milliseconds: waiting for a connection, and for the work, before the transaction is given up. */
const patience = { maxWait: 30_000, timeout: 30_000 } as const;

function rowsOf(client: TransactionClient, tools: AuditTools): StoreTransaction {
  return {
    orders: orderRows(client),
    gtts: gttRows(client),
    protections: protectionRows(client),
    portfolios: portfolioRows(client),
    corporate: corporateRows(client),
    risk: riskRows(client),
    runs: runRows(client),
    feeds: feedRows(client),
    exchange: exchangeRows(client),
    readings: readingRows(client),
    notifications: notificationRows(client),
    jobFailures: jobFailureRows(client),
    tiers: tierRows(client),
    audit: auditRows(client, tools),
    events: eventRows(client),
  };
}

/** The trading side's database on Prisma: read committed, guarded by row locks. */
export function prismaStore(prisma: PrismaClient, tools: AuditTools): Store {
  const standalone = rowsOf(prisma, tools);
  return {
    async transaction<T>(work: (rows: StoreTransaction) => Promise<T>): Promise<T> {
      try {
        return await prisma.$transaction((client) => work(rowsOf(client, tools)), patience);
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
          throw new UniqueKeyTaken({ cause: error });
        }
        throw error;
      }
    },
    read: (work) => work(standalone),
    snapshot: (work) =>
      prisma.$transaction(
        async (client) => {
          await client.$executeRaw`SET TRANSACTION READ ONLY`;
          return work(rowsOf(client, tools));
        },
        { ...patience, isolationLevel: 'RepeatableRead' },
      ),
  };
}

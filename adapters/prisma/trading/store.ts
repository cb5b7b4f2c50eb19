import { UniqueKeyTaken, type Store, type StoreTransaction } from '@nandax/app/ports/store.ts';
import { tierRows } from '../accounts/tier-rows.ts';
import type { AuditTools } from '../audit/audit-rows.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { corporateRows } from './corporate-rows.ts';
import { eventRows } from './event-rows.ts';
import { exchangeRows } from './exchange-rows.ts';
import { feedRows } from './feed-rows.ts';
import { gttRows } from './gtt-rows.ts';
import { jobFailureRows } from './job-failure-rows.ts';
import { withLastWrites } from './last-writes.ts';
import { notificationRows } from './notification-rows.ts';
import { optimisationRows } from './optimisation-rows.ts';
import { orderRows } from './order-rows.ts';
import { portfolioRows } from './portfolio-rows.ts';
import { protectionRows } from './protection-rows.ts';
import { readingRows } from './reading-rows.ts';
import { riskRows } from './risk-rows.ts';
import { runRows } from './run-rows.ts';
import type { TransactionClient } from './transaction-client.ts';
import { Turns } from './turns.ts';

/** Does work with the rows of one transaction, or of reads that stand alone. */
function withRows<T>(
  client: TransactionClient,
  tools: AuditTools,
  work: (rows: StoreTransaction) => Promise<T>,
): Promise<T> {
  return withLastWrites(client, tools, ({ audit, append }) =>
    work({
      orders: orderRows(client),
      gtts: gttRows(client),
      protections: protectionRows(client),
      portfolios: portfolioRows(client),
      corporate: corporateRows(client),
      risk: riskRows(client),
      runs: runRows(client),
      optimisations: optimisationRows(client),
      feeds: feedRows(client),
      exchange: exchangeRows(client),
      readings: readingRows(client),
      notifications: notificationRows(client),
      jobFailures: jobFailureRows(client),
      tiers: tierRows(client),
      audit,
      events: eventRows(client, append),
    }),
  );
}

/** The trading side's database on Prisma: read committed, guarded by row locks. */
export function prismaStore(prisma: PrismaClient, tools: AuditTools): Store {
  const turns = new Turns();
  const transact = async <T>(work: (rows: StoreTransaction) => Promise<T>): Promise<T> => {
    try {
      return await prisma.$transaction((client) => withRows(client, tools, work));
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
        throw new UniqueKeyTaken({ cause: error });
      }
      throw error;
    }
  };
  return {
    transaction: (work, portfolioId) =>
      portfolioId === undefined ? transact(work) : turns.take(portfolioId, () => transact(work)),
    read: (work) => withRows(prisma, tools, work),
    snapshot: (work) =>
      prisma.$transaction(
        async (client) => {
          await client.$executeRaw`SET TRANSACTION READ ONLY`;
          return withRows(client, tools, work);
        },
        { isolationLevel: 'RepeatableRead' },
      ),
  };
}

import type { RiskLockRecord, RiskRows, ScopePeople } from '@nandax/app/ports/risk.ts';
import type { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

type LockRows = Pick<
  RiskRows,
  | 'raisePeak'
  | 'setPeak'
  | 'forgetPeaks'
  | 'beginResultsAnew'
  | 'insertLock'
  | 'untoldLocks'
  | 'claimTelling'
  | 'peopleOf'
  | 'findLock'
  | 'releaseLock'
>;

/** What results of scopes are measured from, and the locks that reached limits leave. */
export function lockRows(client: TransactionClient): LockRows {
  return {
    async raisePeak({ scope, scopeId, feedId }, result) {
      await client.$executeRaw`
        INSERT INTO "RiskPeak" ("scope", "scopeId", "feedId", "result")
        VALUES (${scope}::"RiskScope", ${scopeId}, ${feedId}::uuid, ${result.toFixed(2)}::numeric)
        ON CONFLICT ("scope", "scopeId", "feedId") DO UPDATE SET "result" = EXCLUDED."result"
        WHERE "RiskPeak"."result" < EXCLUDED."result"`;
    },

    async setPeak({ scope, scopeId, feedId }, result) {
      await client.riskPeak.upsert({
        where: { scope_scopeId_feedId: { scope, scopeId, feedId } },
        create: { scope, scopeId, feedId, result: result.toFixed(2) },
        update: { result: result.toFixed(2) },
      });
    },

    async forgetPeaks({ scope, scopeId }) {
      await client.riskPeak.deleteMany({ where: { scope, scopeId } });
    },

    async beginResultsAnew(portfolioId) {
      const ofPortfolio = { scope: 'PORTFOLIO', scopeId: portfolioId } as const;
      await client.riskPeak.deleteMany({ where: ofPortfolio });
      await client.riskLock.updateMany({
        where: { ...ofPortfolio, releasedResult: { not: null } },
        data: { releasedResult: 0 },
      });
    },

    async insertLock({ limit, actual, ...lock }) {
      await client.riskLock.createMany({
        data: [{ ...lock, limit: limit.toFixed(), actual: actual.toFixed() }],
        skipDuplicates: true,
      });
    },

    async untoldLocks(feedId) {
      const rows = await client.riskLock.findMany({
        where: { feedId, toldAt: null },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toLock);
    },

    async claimTelling(id, at) {
      const { count } = await client.riskLock.updateMany({
        where: { id, toldAt: null },
        data: { toldAt: at },
      });
      return count === 1;
    },

    async peopleOf({ scope, scopeId }) {
      const select = { name: true, userId: true } as const;
      switch (scope) {
        case 'USER':
          return { name: null, userIds: [scopeId] };
        case 'PLATFORM': {
          const where = { role: 'ADMIN', deletedAt: null } as const;
          const admins = await client.user.findMany({ where, orderBy: { id: 'asc' } });
          return { name: null, userIds: admins.map(({ id }) => id) };
        }
        case 'AGENT':
          return toPeople(await client.agent.findUnique({ where: { id: scopeId }, select }));
        case 'STRATEGY':
          return toPeople(await client.strategy.findUnique({ where: { id: scopeId }, select }));
        case 'PORTFOLIO':
          return toPeople(await client.portfolio.findUnique({ where: { id: scopeId }, select }));
      }
    },

    async findLock(id): Promise<RiskLockRecord | null> {
      await client.$queryRaw`SELECT 1 FROM "RiskLock" WHERE "id" = ${id}::uuid FOR UPDATE`;
      const row = await client.riskLock.findUnique({ where: { id } });
      return row === null ? null : toLock(row);
    },

    async releaseLock(id, at, result) {
      await client.riskLock.update({
        where: { id },
        data: { releasedAt: at, releasedResult: result?.toFixed(2) ?? null },
      });
    },
  };
}

function toLock({
  limit,
  actual,
  ...lock
}: Omit<Prisma.RiskLockGetPayload<object>, 'releasedResult' | 'toldAt'>): RiskLockRecord {
  return { ...lock, limit: exact(limit), actual: exact(actual) };
}

/** What is gone concerns nobody. */
function toPeople(owned: { readonly name: string; readonly userId: string } | null): ScopePeople {
  return owned === null
    ? { name: null, userIds: [] }
    : { name: owned.name, userIds: [owned.userId] };
}

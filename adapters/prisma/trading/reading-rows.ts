import type {
  AccountToRead,
  FindingRecord,
  ReadingRows,
  ReadingTimes,
} from '@nandax/app/ports/readings.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import type { SideOfDifference } from '@nandax/core/reconciliation/compare-account.ts';
import type { Prisma } from '../generated/client.ts';
import { exactOrNull } from './exact.ts';
import { awaitsReadingSql } from './unfinished.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Accounts whose turn has come at once, in one round. */
const mostAtOnce = 100;

function toFinding(row: Prisma.ReconciliationFindingGetPayload<object>): FindingRecord {
  const { id, userId, portfolioId, kind, subject, instrumentId, product } = row;
  const { orderId, brokerOrderId, openedAt, seenAt, endedAt, acknowledgedAt } = row;
  return {
    ...{ id, userId, portfolioId, kind, subject, instrumentId, product, orderId, brokerOrderId },
    ...{ openedAt, seenAt, endedAt, acknowledgedAt },
    ours: sideOf(row.ourStatus, row.ourQuantity, row.ourAmount),
    brokers: sideOf(row.brokerStatus, row.brokerQuantity, row.brokerAmount),
  };
}

function sideOf(
  status: string | null,
  quantity: Prisma.Decimal | null,
  amount: Prisma.Decimal | null,
): SideOfDifference {
  return { status, quantity: exactOrNull(quantity), amount: exactOrNull(amount) };
}

function columnsOf({ ours, brokers, ...columns }: FindingRecord) {
  return {
    ...columns,
    ourStatus: ours.status,
    ourQuantity: ours.quantity?.toFixed() ?? null,
    ourAmount: ours.amount?.toFixed(2) ?? null,
    brokerStatus: brokers.status,
    brokerQuantity: brokers.quantity?.toFixed() ?? null,
    brokerAmount: brokers.amount?.toFixed(2) ?? null,
  };
}

export function readingRows(client: TransactionClient): ReadingRows {
  return {
    async forgetAll(): Promise<void> {
      await client.accountReading.updateMany({
        data: { readAt: null, agreedAt: null, agreeingAt: null, claimedUntil: null },
      });
    },

    async due(now: Date, { everyMs, secondLookMs }: ReadingTimes) {
      const [asARule, doubted] = [everyMs, secondLookMs].map((ms) => new Date(now.getTime() - ms));
      return client.$queryRaw<AccountToRead[]>`
        SELECT portfolio."id", portfolio."userId", portfolio."kind"::text AS "kind",
          portfolio."feedId"
        FROM "Portfolio" portfolio
        LEFT JOIN "AccountReading" reading ON reading."portfolioId" = portfolio."id"
        WHERE portfolio."deletedAt" IS NULL
          AND (reading."claimedUntil" IS NULL OR reading."claimedUntil" <= ${now})
          AND (reading."readAt" IS NULL OR reading."readAt" <= ${asARule}
            OR ((cardinality(reading."suspicions") > 0 OR ${awaitsReadingSql})
              AND reading."readAt" <= ${doubted}))
          AND (portfolio."kind" = 'LIVE' OR cardinality(reading."suspicions") > 0
            OR EXISTS (SELECT FROM "ReconciliationFinding" finding
              WHERE finding."portfolioId" = portfolio."id" AND finding."endedAt" IS NULL)
            OR EXISTS (SELECT FROM "Order" item WHERE item."portfolioId" = portfolio."id"
              AND item."status"::text = ANY(${workingStatuses}))
            OR EXISTS (SELECT FROM "ReplaySession" session
              WHERE session."id" = portfolio."feedId" AND session."state" = 'RUNNING')
            OR (reading."readAt" IS NULL AND EXISTS (SELECT FROM "Position" held
              WHERE held."portfolioId" = portfolio."id"
                AND held."buyQuantity" <> held."sellQuantity")))
        ORDER BY reading."readAt" ASC NULLS FIRST, portfolio."id"
        LIMIT ${mostAtOnce}`;
    },

    async claim(portfolioId: string, now: Date, until: Date): Promise<boolean> {
      const claimed = await client.$executeRaw`
        INSERT INTO "AccountReading" ("portfolioId", "claimedUntil")
        VALUES (${portfolioId}::uuid, ${until})
        ON CONFLICT ("portfolioId") DO UPDATE SET "claimedUntil" = EXCLUDED."claimedUntil"
        WHERE "AccountReading"."claimedUntil" IS NULL OR "AccountReading"."claimedUntil" <= ${now}`;
      return claimed === 1;
    },

    async suspicions(portfolioId: string) {
      const reading = await client.accountReading.findUnique({
        where: { portfolioId },
        select: { suspicions: true },
      });
      return reading?.suspicions ?? [];
    },

    async saveReading(portfolioId, { at, agrees, suspicions }): Promise<void> {
      // The first agreement since the workers started holds.
      await client.$executeRaw`
        UPDATE "AccountReading" SET "readAt" = ${at}, "suspicions" = ${[...suspicions]}::text[],
          "agreedAt" = CASE WHEN ${agrees} THEN coalesce("agreedAt", ${at}) ELSE "agreedAt" END,
          "agreeingAt" = CASE WHEN ${agrees} THEN ${at}::timestamptz END,
          "failedAt" = NULL, "failureReason" = NULL, "claimedUntil" = NULL
        WHERE "portfolioId" = ${portfolioId}::uuid`;
    },

    async saveFailure(portfolioId: string, reason: string, at: Date): Promise<void> {
      await client.accountReading.update({
        where: { portfolioId },
        data: { failedAt: at, failureReason: reason },
      });
    },

    async openFindings(portfolioId: string) {
      const rows = await client.reconciliationFinding.findMany({
        where: { portfolioId, endedAt: null },
        orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toFinding);
    },

    async insertFinding(finding: FindingRecord): Promise<void> {
      await client.reconciliationFinding.create({ data: columnsOf(finding) });
    },

    async saveFinding(finding: FindingRecord): Promise<void> {
      await client.reconciliationFinding.update({
        where: { id: finding.id },
        data: columnsOf(finding),
      });
    },

    async lockFinding(findingId: string, userId: string) {
      await client.$queryRaw`
        SELECT 1 FROM "ReconciliationFinding" WHERE "id" = ${findingId}::uuid FOR UPDATE`;
      const row = await client.reconciliationFinding.findUnique({
        where: { id: findingId, userId },
      });
      return row === null ? null : toFinding(row);
    },
  };
}

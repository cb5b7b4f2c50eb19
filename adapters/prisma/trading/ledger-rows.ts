import type { LedgerTransaction, PortfolioRows } from '@nandax/app/ports/portfolios.ts';
import type { LedgerAccount } from '@nandax/core/portfolio/postings.ts';
import type { Decimal } from 'decimal.js';
import type { Prisma } from '../generated/client.ts';
import { fillAwaitsNote } from '../reads/epoch.ts';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

type LedgerRows = Pick<
  PortfolioRows,
  'post' | 'postedCash' | 'balance' | 'postedAfter' | 'accruedCharges' | 'tradedAfter'
>;

/** The ledger of portfolios, and what fills will post to it. */
export function ledgerRows(client: TransactionClient): LedgerRows {
  return {
    async post(transaction: LedgerTransaction): Promise<void> {
      const { id, lines, ...columns } = transaction;
      await client.ledgerEntry.createMany({
        data: lines.map(({ account, amount }) => ({
          ...columns,
          transactionId: id,
          account,
          amount: amount.toFixed(2),
        })),
      });
    },

    async postedCash(
      portfolioId: string,
      kind: LedgerTransaction['kind'],
      reference: string,
    ): Promise<Decimal | null> {
      const entry = await client.ledgerEntry.findUnique({
        where: {
          portfolioId_kind_reference_account: { portfolioId, kind, reference, account: 'CASH' },
        },
        select: { amount: true },
      });
      return entry === null ? null : exact(entry.amount);
    },

    async balance(portfolioId: string, account: LedgerAccount): Promise<Decimal> {
      const { _sum: sum } = await client.ledgerEntry.aggregate({
        where: { portfolioId, account },
        _sum: { amount: true },
      });
      return exact(sum.amount ?? 0);
    },

    async postedAfter(portfolioId: string, account: LedgerAccount, after: Date): Promise<Decimal> {
      const { _sum: sum } = await client.ledgerEntry.aggregate({
        where: { portfolioId, account, postedAt: { gt: after } },
        _sum: { amount: true },
      });
      return exact(sum.amount ?? 0);
    },

    async accruedCharges(portfolioId: string): Promise<Decimal> {
      const [row] = await client.$queryRaw<{ total: Prisma.Decimal | null }[]>`
        SELECT sum(item."brokerage" + item."securitiesTransactionTax"
          + item."exchangeTransactionCharge" + item."sebiTurnoverFee" + item."stampDuty"
          + item."goodsAndServicesTax") AS "total"
        FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE portfolio."id" = ${portfolioId}::uuid AND ${fillAwaitsNote}`;
      return exact(row?.total ?? 0);
    },

    async tradedAfter(portfolioId: string, feedId: string, after: Date) {
      const rows = await client.$queryRaw<
        { instrumentId: string; units: Prisma.Decimal; paid: Prisma.Decimal }[]
      >`
        SELECT "instrumentId", sum("units") AS "units", sum("paid") AS "paid" FROM (
          SELECT fill."instrumentId", side."sign" * fill."quantity" AS "units",
            side."sign" * fill."quantity" * fill."price" * instrument."multiplier" AS "paid"
          FROM "Fill" fill JOIN "Instrument" instrument ON instrument."id" = fill."instrumentId"
          CROSS JOIN LATERAL (SELECT CASE fill."side" WHEN 'BUY' THEN 1 ELSE -1 END AS "sign") side
          WHERE fill."portfolioId" = ${portfolioId}::uuid AND fill."feedId" = ${feedId}::uuid
            AND fill."executedAt" > ${after}
          -- Units of a split stay: the prices of now are those of its units.
          UNION ALL SELECT "instrumentId", 0, -"cash" FROM "CorporateEntitlement"
          WHERE "portfolioId" = ${portfolioId}::uuid AND "feedId" = ${feedId}::uuid
            AND "appliedAt" > ${after}
        ) later GROUP BY "instrumentId"`;
      return new Map(
        rows.map(({ instrumentId, units, paid }) => [
          instrumentId,
          { units: exact(units), paid: exact(paid) },
        ]),
      );
    },
  };
}

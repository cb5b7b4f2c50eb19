import type { ContractNoteRecord, FillOfDay, PortfolioRows } from '@nandax/app/ports/portfolios.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { fillAwaitsNote } from '../reads/epoch.ts';
import { dateColumn, dayOf, exact } from './exact.ts';
import { chargeColumns, chargesOf } from './order-rows.ts';
import type { TransactionClient } from './transaction-client.ts';

type NoteRows = Pick<
  PortfolioRows,
  | 'salesWithoutNote'
  | 'daysWithoutNote'
  | 'withoutNote'
  | 'fillsOfDay'
  | 'notesOfDay'
  | 'insertContractNote'
>;

/** Contract notes, and the fills that await theirs. */
export function noteRows(client: TransactionClient): NoteRows {
  return {
    async salesWithoutNote(portfolioId: string) {
      const rows = await client.$queryRaw<
        { instrumentId: string; product: Product; tradingDay: Date }[]
      >`
        SELECT DISTINCT item."instrumentId", item."product", item."tradingDay"
        FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE portfolio."id" = ${portfolioId}::uuid AND item."side" = 'SELL' AND ${fillAwaitsNote}
          AND NOT EXISTS (
            SELECT FROM "Fill" noted
            WHERE noted."portfolioId" = item."portfolioId" AND noted."tradingDay" = item."tradingDay"
              AND noted."feedId" IS NOT DISTINCT FROM item."feedId"
              AND noted."instrumentId" = item."instrumentId" AND noted."product" = item."product"
              AND noted."side" = 'SELL' AND noted."contractNoteId" IS NOT NULL)`;
      return rows.map(({ tradingDay, ...sale }) => ({ ...sale, day: dayOf(tradingDay) }));
    },

    async daysWithoutNote(
      portfolioId: string,
      feedId: string,
      throughDay: string,
    ): Promise<readonly string[]> {
      const rows = await client.$queryRaw<{ tradingDay: Date }[]>`
        SELECT DISTINCT item."tradingDay" FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE item."portfolioId" = ${portfolioId}::uuid AND item."feedId" = ${feedId}::uuid
          AND item."tradingDay" <= ${throughDay}::date AND ${fillAwaitsNote}
        ORDER BY item."tradingDay"`;
      return rows.map(({ tradingDay }) => dayOf(tradingDay));
    },

    async withoutNote(feedId: string, throughDay: string) {
      return client.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT portfolio."id" FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE item."feedId" = ${feedId}::uuid AND item."tradingDay" <= ${throughDay}::date
          AND portfolio."deletedAt" IS NULL AND ${fillAwaitsNote}
        ORDER BY portfolio."id"`;
    },

    async fillsOfDay(
      portfolioId: string,
      feedId: string,
      tradingDay: string,
    ): Promise<readonly FillOfDay[]> {
      const portfolio = await client.portfolio.findUnique({
        where: { id: portfolioId },
        select: { epochStartedAt: true },
      });
      const rows = await client.fill.findMany({
        where: {
          portfolioId,
          feedId,
          tradingDay: dateColumn(tradingDay),
          createdAt: { gte: portfolio?.epochStartedAt ?? new Date(0) },
        },
        orderBy: [{ executedAt: 'asc' }, { createdAt: 'asc' }],
      });
      return rows.map((row) => ({
        id: row.id,
        orderId: row.orderId,
        userId: row.userId,
        portfolioId,
        runId: row.runId,
        instrumentId: row.instrumentId,
        feedId,
        tradeId: row.tradeId,
        side: row.side,
        product: row.product,
        quantity: exact(row.quantity),
        price: exact(row.price),
        executedAt: row.executedAt,
        tradingDay,
        charges: chargesOf(row),
        createdAt: row.createdAt,
        contractNoteId: row.contractNoteId,
      }));
    },

    async notesOfDay(portfolioId: string, feedId: string, tradingDay: string) {
      const rows = await client.contractNote.findMany({
        where: { portfolioId, feedId, tradingDay: dateColumn(tradingDay) },
      });
      return rows.map(({ id, segment, number, ...row }) => {
        const depositoryParticipantCharge = exact(row.depositoryParticipantCharge);
        const total = exact(row.total);
        const charges = { ...chargesOf(row), depositoryParticipantCharge, total };
        return { id, segment, number, charges };
      });
    },

    async insertContractNote(note: ContractNoteRecord, fillIds: readonly string[]): Promise<void> {
      const { charges, depositoryParticipantCharge, total, tradingDay, ...columns } = note;
      await client.contractNote.create({
        data: {
          ...columns,
          tradingDay: dateColumn(tradingDay),
          ...chargeColumns(charges),
          depositoryParticipantCharge: depositoryParticipantCharge.toFixed(),
          total: total.toFixed(),
        },
      });
      await client.fill.updateMany({
        where: { id: { in: [...fillIds] } },
        data: { contractNoteId: note.id },
      });
    },
  };
}

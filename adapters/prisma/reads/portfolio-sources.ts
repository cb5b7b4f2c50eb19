import type {
  ContractNoteView,
  LedgerEntryView,
  PortfolioView,
} from '@nandax/app/views/portfolio.ts';
import { Prisma } from '../generated/client.ts';
import { chargesOfRow } from './charges-of-row.ts';
import { instantOf, viewMaker } from './row-to-view.ts';

import { deleted, owned, uuid, type Source } from './source.ts';
export const portfolios = owned(
  'Portfolio',
  'userId',
  viewMaker<PortfolioView>(
    'Portfolio',
    { initialCapital: 'decimal', createdAt: 'instant', epochStartedAt: 'instant' },
    deleted,
  ),
);

export const ledgerEntries: Source<LedgerEntryView> = {
  columns: Prisma.sql`item.*, portfolio."userId" AS "ownerId"`,
  from: Prisma.sql`"LedgerEntry" item JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"`,
  idType: Prisma.sql`bigint`,
  toView: viewMaker<LedgerEntryView>(
    'LedgerEntry',
    { amount: 'decimal', postedAt: 'instant', createdAt: 'instant' },
    (row) => ({ id: String(row['id']) }),
  ),
};

export const contractNotes: Source<ContractNoteView> = {
  columns: Prisma.sql`item.*, portfolio."userId" AS "ownerId"`,
  from: Prisma.sql`"ContractNote" item JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"`,
  idType: uuid,
  toView: viewMaker<ContractNoteView>('ContractNote', { createdAt: 'instant' }, (row) => ({
    charges: chargesOfRow(row),
    tradingDay: instantOf(row['tradingDay'])?.toISOString().slice(0, 10) ?? '',
  })),
};

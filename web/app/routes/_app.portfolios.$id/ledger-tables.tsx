import { Rupees } from '../../components/amount.tsx';
import { Badge } from '../../components/badge.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { plainName } from '../../format/names.ts';
import type { PortfolioQuery } from '../../generated/graphql.ts';

type Portfolio = NonNullable<PortfolioQuery['portfolio']>;
type Note = Portfolio['contractNotes']['nodes'][number];
type Entry = Portfolio['ledger']['nodes'][number];

const noteColumns: readonly Column<Note>[] = [
  {
    heading: 'Day',
    names: true,
    cell: (note) => (
      <span className="flex items-center gap-2">
        {note.tradingDay}
        {note.number > 1 && <Badge>supplement</Badge>}
      </span>
    ),
  },
  { heading: 'Segment', from: 'wide', cell: (note) => plainName(note.segment) },
  {
    heading: 'Brokerage',
    figure: true,
    from: 'medium',
    cell: (note) => <Rupees value={note.charges.brokerage} />,
  },
  {
    heading: 'STT',
    figure: true,
    from: 'medium',
    cell: (note) => <Rupees value={note.charges.securitiesTransactionTax} />,
  },
  {
    heading: 'GST',
    figure: true,
    from: 'medium',
    cell: (note) => <Rupees value={note.charges.goodsAndServicesTax} />,
  },
  { heading: 'Total', figure: true, cell: (note) => <Rupees value={note.charges.total} /> },
  {
    heading: 'Rate card',
    from: 'wide',
    cell: (note) => (
      <span className="flex items-center gap-2">
        <code className="text-xs text-ink-soft">{note.rateCardId}</code>
        {!note.covered && <Badge tone="caution">nearest</Badge>}
      </span>
    ),
  },
];

/** The contract notes, newest first. */
export function ContractNotes({ notes }: { readonly notes: readonly Note[] }) {
  return (
    <DataTable
      caption="Contract notes"
      columns={noteColumns}
      rows={notes}
      rowKey={(note) => note.id}
      empty={<EmptyState>A note is made at the end of each day with trades.</EmptyState>}
    />
  );
}

const accountNames: Readonly<Record<Entry['account'], string>> = {
  CASH: 'Cash',
  MARGIN: 'Margin',
  SECURITIES: 'Securities',
  SETTLEMENT: 'Settlement',
  REALISED_PNL: 'Realised P&L',
  CHARGES: 'Charges',
  CAPITAL: 'Capital',
};

const entryColumns: readonly Column<Entry>[] = [
  {
    heading: 'Market time (IST)',
    names: true,
    cell: (entry) => <ExchangeTime value={entry.postedAt} />,
  },
  { heading: 'What', from: 'medium', cell: (entry) => entry.description },
  { heading: 'Account', cell: (entry) => accountNames[entry.account] },
  { heading: 'Amount', figure: true, cell: (entry) => <Rupees value={entry.amount} /> },
];

/** Every posting, newest first; the balance of an account is the sum of its postings. */
export function Ledger({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <DataTable
      caption="Ledger"
      columns={entryColumns}
      rows={entries}
      rowKey={(entry) => entry.id}
      empty={<EmptyState>Nothing was posted so far.</EmptyState>}
    />
  );
}

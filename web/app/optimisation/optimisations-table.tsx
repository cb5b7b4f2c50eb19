import { StatusBadge } from '../components/badge.tsx';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { TextLink } from '../components/text-link.tsx';
import { formatCount, plainName } from '../format/names.ts';
import type { OptimisationRowFragment } from '../generated/graphql.ts';
import { statisticName } from './trial-words.ts';

const columns: readonly Column<OptimisationRowFragment>[] = [
  {
    heading: 'Search',
    names: true,
    cell: ({ id, search, aim }) => (
      <TextLink to={`/optimisations/${id}`}>
        {plainName(search)} for {statisticName(aim).toLowerCase()}
      </TextLink>
    ),
  },
  { heading: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  {
    heading: 'Created (IST)',
    from: 'medium',
    cell: ({ createdAt }) => <ExchangeTime value={createdAt} />,
  },
  {
    heading: 'Walked forward',
    from: 'wide',
    cell: ({ walkForward }) => (walkForward ? plainName(walkForward) : '–'),
  },
  { heading: 'Trials', figure: true, cell: ({ trialsDone }) => formatCount(String(trialsDone)) },
];

/** Searches of parameters, each with the way to what it found. */
export function OptimisationsTable({
  optimisations,
}: {
  readonly optimisations: readonly OptimisationRowFragment[];
}) {
  return (
    <DataTable
      caption="Optimisations"
      columns={columns}
      rows={optimisations}
      rowKey={({ id }) => id}
    />
  );
}

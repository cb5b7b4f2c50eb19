import type { ReactNode } from 'react';

import { Percent, ProfitAndLoss, Share } from '../components/amount.tsx';
import { StatusBadge } from '../components/badge.tsx';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { TextLink } from '../components/text-link.tsx';
import { formatQuantity } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import type { RunRowFragment } from '../generated/graphql.ts';

const columns: readonly Column<RunRowFragment>[] = [
  {
    heading: 'Run',
    names: true,
    cell: (run) => (
      <TextLink to={`/runs/${run.id}`}>
        {plainName(run.kind)} of version {run.strategyVersion.number}
      </TextLink>
    ),
  },
  { heading: 'Status', cell: (run) => <StatusBadge status={run.status} /> },
  {
    heading: 'Created (IST)',
    from: 'medium',
    cell: (run) => <ExchangeTime value={run.createdAt} />,
  },
  {
    heading: 'Trades',
    figure: true,
    cell: (run) => (run.statistics ? formatQuantity(run.statistics.totalTrades) : '–'),
  },
  {
    heading: 'Win rate',
    figure: true,
    from: 'medium',
    cell: (run) => <Share value={run.statistics?.winRate} />,
  },
  {
    heading: 'Drawdown',
    figure: true,
    from: 'wide',
    cell: (run) => <Percent value={run.statistics?.maxDrawdownPercent} />,
  },
  {
    heading: 'Net P&L',
    figure: true,
    cell: (run) => <ProfitAndLoss value={run.statistics?.netPnl} className="font-medium" />,
  },
];

/** Backtests and paper runs side by side: the same figures of each. */
export function RunsTable({
  caption,
  runs,
  empty,
}: {
  readonly caption: string;
  readonly runs: readonly RunRowFragment[];
  readonly empty: ReactNode;
}) {
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      empty={empty}
    />
  );
}

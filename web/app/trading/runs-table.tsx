import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';

import { Percent, ProfitAndLoss, Share } from '../components/amount.tsx';
import { StatusBadge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { TextLink } from '../components/text-link.tsx';
import { formatQuantity } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import { formatDateTime } from '../format/time.ts';
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
  { heading: 'Status', from: 'medium', cell: (run) => <StatusBadge status={run.status} /> },
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

const choice: Column<RunRowFragment> = {
  heading: 'Compare',
  cell: (run) => (
    <input
      type="checkbox"
      name="id"
      value={run.id}
      aria-label={`Compare ${plainName(run.kind).toLowerCase()} of version ${run.strategyVersion.number} of ${run.strategy.name}, ${formatDateTime(run.createdAt)}`}
      className="block size-4 accent-accent"
    />
  ),
};

const strategy: Column<RunRowFragment> = {
  heading: 'Strategy',
  cell: (run) => <TextLink to={`/strategies/${run.strategy.id}`}>{run.strategy.name}</TextLink>,
};

/** Backtests and paper runs side by side: the same figures of each, and some can be chosen to compare. */
export function RunsTable({
  caption,
  runs,
  empty,
  ofManyStrategies = false,
}: {
  readonly caption: string;
  readonly runs: readonly RunRowFragment[];
  readonly empty: ReactNode;
  /** Whether each row has to say whose it is. */
  readonly ofManyStrategies?: boolean;
}) {
  const [name, ...others] = columns;
  const shown = name && ofManyStrategies ? [name, strategy, ...others] : columns;
  return (
    <Form action="/runs/compare" method="get" aria-label={`Compare ${caption.toLowerCase()}`}>
      <DataTable
        caption={caption}
        columns={runs.length > 1 ? [choice, ...shown] : shown}
        rows={runs}
        rowKey={(run) => run.id}
        empty={empty}
      />
      {runs.length > 1 && (
        <div className="flex justify-end px-4 py-2">
          <Button type="submit">Compare chosen runs</Button>
        </div>
      )}
    </Form>
  );
}

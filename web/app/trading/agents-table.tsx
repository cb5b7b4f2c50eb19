import type { ReactNode } from 'react';

import { ProfitAndLoss, Share } from '../components/amount.tsx';
import { StatusBadge } from '../components/badge.tsx';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { TextLink } from '../components/text-link.tsx';
import { formatQuantity } from '../format/money.ts';
import type { AgentRowFragment } from '../generated/graphql.ts';

const columns: readonly Column<AgentRowFragment>[] = [
  {
    heading: 'Agent',
    names: true,
    cell: (agent) => <TextLink to={`/agents/${agent.id}`}>{agent.name}</TextLink>,
  },
  {
    heading: 'Status',
    cell: (agent) => (
      <span className="flex flex-col items-start gap-0.5">
        <StatusBadge status={agent.status} />
        {agent.statusReason && (
          <span className="max-w-60 text-xs text-ink-soft">{agent.statusReason}</span>
        )}
      </span>
    ),
  },
  {
    heading: 'Strategy',
    from: 'medium',
    cell: (agent) => (
      <TextLink to={`/strategies/${agent.strategy.id}`}>{agent.strategy.name}</TextLink>
    ),
  },
  { heading: 'Portfolio', from: 'wide', cell: (agent) => agent.portfolio.name },
  {
    heading: 'Trades',
    figure: true,
    cell: (agent) => formatQuantity(agent.performance.totalTrades),
  },
  {
    heading: 'Win rate',
    figure: true,
    from: 'medium',
    cell: (agent) => <Share value={agent.performance.winRate} />,
  },
  {
    heading: 'P&L',
    figure: true,
    cell: (agent) => <ProfitAndLoss value={agent.performance.totalPnl} className="font-medium" />,
  },
];

/** Agents with their state and what they have earned on paper. */
export function AgentsTable({
  agents,
  empty,
}: {
  readonly agents: readonly AgentRowFragment[];
  readonly empty: ReactNode;
}) {
  return (
    <DataTable
      caption="Agents"
      columns={columns}
      rows={agents}
      rowKey={(agent) => agent.id}
      empty={empty}
    />
  );
}

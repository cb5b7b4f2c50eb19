import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { query } from '../../api.server.ts';
import { ProfitAndLoss, Share } from '../../components/amount.tsx';
import { StatusBadge } from '../../components/badge.tsx';
import { ButtonLink } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatQuantity } from '../../format/money.ts';
import { plainName, timeFrameNames } from '../../format/names.ts';
import type { StrategiesQuery } from '../../generated/graphql.ts';
import { StrategiesDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Strategies · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  return query(request, StrategiesDocument, { after });
}

type Strategy = StrategiesQuery['strategies']['nodes'][number];

const columns: readonly Column<Strategy>[] = [
  {
    heading: 'Strategy',
    names: true,
    cell: (strategy) => <TextLink to={`/strategies/${strategy.id}`}>{strategy.name}</TextLink>,
  },
  {
    heading: 'Status',
    from: 'medium',
    cell: (strategy) => <StatusBadge status={strategy.status} />,
  },
  { heading: 'Type', from: 'wide', cell: (strategy) => plainName(strategy.type) },
  { heading: 'Time frame', from: 'medium', cell: (strategy) => timeFrameNames[strategy.timeFrame] },
  {
    heading: 'Instruments',
    cell: (strategy) =>
      strategy.instruments.map((instrument) => instrument.tradingSymbol).join(', '),
  },
  {
    heading: 'Version',
    figure: true,
    from: 'wide',
    cell: (strategy) => strategy.currentVersion.number,
  },
  {
    heading: 'Changed (IST)',
    from: 'wide',
    cell: (strategy) => <ExchangeTime value={strategy.updatedAt} />,
  },
  {
    heading: 'Trades',
    figure: true,
    from: 'medium',
    cell: (strategy) => formatQuantity(strategy.performance.totalTrades),
  },
  {
    heading: 'Win rate',
    figure: true,
    from: 'medium',
    cell: (strategy) => <Share value={strategy.performance.winRate} />,
  },
  {
    heading: 'P&L',
    figure: true,
    cell: (strategy) => (
      <ProfitAndLoss value={strategy.performance.totalPnl} className="font-medium" />
    ),
  },
];

export default function Strategies() {
  const { strategies } = useLoaderData<typeof loader>();
  const create = (
    <ButtonLink to="/strategies/new" emphasis="primary">
      New strategy
    </ButtonLink>
  );
  return (
    <Page
      title="Strategies"
      actions={
        strategies.nodes.length > 0 && (
          <>
            <ButtonLink to="/runs">All runs</ButtonLink>
            {create}
          </>
        )
      }
    >
      <Panel title="All strategies" note={`${strategies.totalCount} in all`} flush>
        <DataTable
          caption="Strategies"
          columns={columns}
          rows={strategies.nodes}
          rowKey={(strategy) => strategy.id}
          empty={
            <EmptyState action={create}>
              A strategy is a page of readable rules: when to enter, when to leave, how much to
              risk. Begin with one of the templates and backtest it on the history that comes with
              NandaX.
            </EmptyState>
          }
        />
        <Pager name="strategies" pageInfo={strategies.pageInfo} />
      </Panel>
    </Page>
  );
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';

import { query } from '../../api.server.ts';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatQuantity } from '../../format/money.ts';
import type { RunKind } from '../../generated/graphql.ts';
import { RunsDocument } from '../../generated/graphql.ts';
import { RunsTable } from '../../trading/runs-table.tsx';

export const meta: MetaFunction = () => [{ title: 'Runs · NandaX' }];

const kinds: readonly (readonly [kind: RunKind | null, name: string])[] = [
  [null, 'All'],
  ['BACKTEST', 'Backtests'],
  ['PAPER', 'Paper'],
  ['LIVE', 'Live'],
];

export async function loader({ request }: LoaderFunctionArgs) {
  const parameters = new URL(request.url).searchParams;
  const asked = parameters.get('kind');
  const kind = kinds.find(([known]) => known === asked)?.[0] ?? null;
  const { runs } = await query(request, RunsDocument, { kind, after: parameters.get('after') });
  return { kind, runs };
}

export default function Runs() {
  const { kind, runs } = useLoaderData<typeof loader>();
  return (
    <Page title="Runs" parent={{ name: 'Strategies', to: '/strategies' }}>
      <nav aria-label="Kind of run" className="flex flex-wrap gap-2 text-sm">
        {kinds.map(([known, name]) => (
          <Link
            key={name}
            to={known === null ? '/runs' : `?kind=${known}`}
            aria-current={known === kind ? 'true' : undefined}
            className={classNames(
              'inline-flex min-h-9 items-center rounded-full border px-3',
              known === kind
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-rule-strong bg-sheet hover:bg-sunk',
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
      <Panel
        title="Runs"
        note={`${formatQuantity(runs.totalCount)} in all; choose some to compare`}
        flush
      >
        <RunsTable
          caption="Runs"
          runs={runs.nodes}
          ofManyStrategies
          empty={<EmptyState>Nothing has run yet. Backtest a strategy to begin.</EmptyState>}
        />
        <Pager name="runs" pageInfo={runs.pageInfo} />
      </Panel>
    </Page>
  );
}

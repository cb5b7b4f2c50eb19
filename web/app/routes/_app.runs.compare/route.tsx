import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { query } from '../../api.server.ts';
import { Rupees } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { curveColours, GrowthChart } from '../../components/growth-chart.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatQuantity, formatRatio } from '../../format/money.ts';
import { plainName } from '../../format/names.ts';
import type { CompareRunsQuery } from '../../generated/graphql.ts';
import { CompareRunsDocument } from '../../generated/graphql.ts';
import { figureGroups } from '../../trading/run-figures.tsx';

export const meta: MetaFunction = () => [{ title: 'Runs compared · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const ids = [...new Set(new URL(request.url).searchParams.getAll('id'))];
  return (await query(request, CompareRunsDocument, { ids })).compareRuns;
}

type Comparison = Extract<
  CompareRunsQuery['compareRuns'],
  { readonly __typename: 'RunComparison' }
>;
type Compared = Comparison['runs'][number] & { readonly letter: string };

export default function CompareRuns() {
  const answer = useLoaderData<typeof loader>();
  return (
    <Page title="Runs compared" parent={{ name: 'Runs', to: '/runs' }}>
      {answer.__typename === 'RunComparison' ? (
        <ComparedRuns comparison={answer} />
      ) : (
        <Notice tone="failure">{answer.message}</Notice>
      )}
    </Page>
  );
}

function ComparedRuns({ comparison }: { readonly comparison: Comparison }) {
  const runs = comparison.runs.map((run, index) => ({
    ...run,
    letter: String.fromCodePoint(65 + index),
  }));
  return (
    <>
      <Panel title="Which runs" flush>
        <DataTable
          caption="Which runs"
          columns={whichColumns}
          rows={runs}
          rowKey={({ letter }) => letter}
        />
      </Panel>
      <Panel title="Growth" note="Of what each began with, in percent, IST">
        <GrowthChart
          curves={runs.map(({ letter, growth }) => ({ name: letter, points: growth }))}
        />
      </Panel>
      <Panel title="Figures" flush>
        <FiguresTable runs={runs} />
      </Panel>
      <Panel title="What went together" note="Daily returns, 1 always, -1 never" flush>
        <PairsTable runs={runs} pairs={comparison.correlations} />
      </Panel>
    </>
  );
}

const whichColumns: readonly Column<Compared>[] = [
  { heading: 'Run', names: true, cell: (run) => <Letter run={run} /> },
  {
    heading: 'What',
    cell: ({ run }) => (
      <TextLink to={`/runs/${run.id}`}>
        {plainName(run.kind)} of {run.strategy.name}
      </TextLink>
    ),
  },
  { heading: 'Version', figure: true, cell: ({ run }) => run.strategyVersion.number },
  { heading: 'From (IST)', from: 'medium', cell: ({ run }) => <ExchangeTime value={run.from} /> },
  { heading: 'To (IST)', from: 'medium', cell: ({ run }) => <ExchangeTime value={run.to} /> },
  {
    heading: 'Began with',
    figure: true,
    from: 'medium',
    cell: ({ run }) => <Rupees value={run.initialCapital} />,
  },
];

/** The letter a run goes by on this screen, in the colour of its curve. */
function Letter({ run: { letter } }: { readonly run: Compared }) {
  const colour = curveColours[letter.charCodeAt(0) - 65];
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className="h-0.5 w-4 rounded" style={{ backgroundColor: colour }} />
      {letter}
    </span>
  );
}

interface FigureRow {
  readonly group: string;
  readonly figure: (typeof figureGroups)[number]['figures'][number];
}

const figureRows: readonly FigureRow[] = figureGroups.flatMap(({ title, figures }) =>
  figures.map((figure) => ({ group: title, figure })),
);

function FiguresTable({ runs }: { readonly runs: readonly Compared[] }) {
  const columns: readonly Column<FigureRow>[] = [
    { heading: 'Figure', names: true, cell: ({ figure }) => figure.name },
    ...runs.map(({ letter, run }): Column<FigureRow> => ({
      heading: letter,
      figure: true,
      cell: ({ figure }) => (run.statistics ? figure.show(run.statistics) : '–'),
    })),
  ];
  return (
    <DataTable
      caption="Figures side by side"
      columns={columns}
      rows={figureRows}
      rowKey={({ figure }) => figure.name}
      groupOf={({ group }) => ({ key: group, heading: group })}
    />
  );
}

type Pair = Comparison['correlations'][number];

function PairsTable({
  runs,
  pairs,
}: {
  readonly runs: readonly Compared[];
  readonly pairs: readonly Pair[];
}) {
  const letterOf = (id: string) => runs.find(({ run }) => run.id === id)?.letter ?? '';
  const columns: readonly Column<Pair>[] = [
    {
      heading: 'Runs',
      names: true,
      cell: ({ first, second }) => `${letterOf(first.id)} and ${letterOf(second.id)}`,
    },
    { heading: 'Days in common', figure: true, cell: ({ days }) => formatQuantity(days) },
    { heading: 'Correlation', figure: true, cell: ({ correlation }) => formatRatio(correlation) },
  ];
  return (
    <DataTable
      caption="Pairs of runs"
      columns={columns}
      rows={pairs}
      rowKey={({ first, second }) => `${first.id} ${second.id}`}
    />
  );
}

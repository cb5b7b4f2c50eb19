import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';

import { notFound, query } from '../../api.server.ts';
import { Percent, Rupees } from '../../components/amount.tsx';
import { Button } from '../../components/button.tsx';
import { ChargesList } from '../../components/charges-list.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { EquityChart } from '../../components/equity-chart.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { formatQuantity, formatRatio } from '../../format/money.ts';
import { formatDate } from '../../format/time.ts';
import type { PerformanceQuery } from '../../generated/graphql.ts';
import { PerformanceDocument } from '../../generated/graphql.ts';
import { RunFigures } from '../../trading/run-figures.tsx';
import { AttributionTable, CorrelationTable } from './attribution-tables.tsx';
import { choicesOf, dimensions, makesPairs, type Choices } from './choices.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Performance of ${data?.portfolio.name ?? 'a portfolio'} · NandaX` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const choices = choicesOf(new URL(request.url).searchParams);
  const { from, to, by, benchmark } = choices;
  const { portfolio } = await query(request, PerformanceDocument, {
    id: params['id'] ?? '',
    from: from === '' ? null : `${from}T00:00:00+05:30`,
    to: to === '' ? null : `${to}T23:59:59+05:30`,
    by,
    pairs: makesPairs(by),
    compares: benchmark !== '',
    instrumentId: benchmark,
  });
  if (!portfolio) throw notFound();
  return { portfolio, choices };
}

type Portfolio = NonNullable<PerformanceQuery['portfolio']>;
type Performance = NonNullable<Portfolio['performance']>;

export default function PerformanceScreen() {
  const { portfolio, choices } = useLoaderData<typeof loader>();
  const { performance } = portfolio;
  return (
    <Page title="Performance" parent={{ name: portfolio.name, to: `/portfolios/${portfolio.id}` }}>
      <Panel title="Which days">
        <ChoicesForm portfolio={portfolio} choices={choices} />
      </Panel>
      {performance ? (
        <Figures performance={performance} choices={choices} />
      ) : (
        <Panel title="Equity">
          <EmptyState>
            No day of this range is written down. Equity is written at the end of each day of the
            market that the portfolio follows.
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}

function ChoicesForm({
  portfolio,
  choices,
}: {
  readonly portfolio: Portfolio;
  readonly choices: Choices;
}) {
  return (
    <Form
      method="get"
      aria-label="Which days"
      className="grid grid-cols-2 items-end gap-3 sm:grid-cols-[repeat(4,minmax(0,1fr))_auto]"
    >
      <TextField label="From" name="from" type="date" defaultValue={choices.from} />
      <TextField label="To" name="to" type="date" defaultValue={choices.to} />
      <SelectField label="Told apart by" name="by" defaultValue={choices.by}>
        {dimensions.map(([dimension, name]) => (
          <option key={dimension} value={dimension}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label="Benchmark" name="benchmark" defaultValue={choices.benchmark}>
        <option value="">None</option>
        {portfolio.replaySession?.instruments.map(({ id, tradingSymbol }) => (
          <option key={id} value={id}>
            {tradingSymbol}
          </option>
        ))}
      </SelectField>
      <Button type="submit" emphasis="primary">
        Show
      </Button>
    </Form>
  );
}

function Figures({
  performance,
  choices,
}: {
  readonly performance: Performance;
  readonly choices: Choices;
}) {
  const { from, to, days, statistics, attribution, correlations, benchmark } = performance;
  return (
    <>
      <Panel
        title="Equity"
        note={`${formatDate(from)} to ${formatDate(to)}, ${formatQuantity(days)} days, the drawdown from its peak below`}
      >
        <EquityChart points={performance.equityCurve} />
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Figures">
            <RunFigures statistics={statistics} />
          </Panel>
          <Panel title="Where it came from" note="The parts sum to the whole to the paisa" flush>
            <AttributionTable parts={attribution} by={choices.by} />
          </Panel>
          {makesPairs(choices.by) && (
            <Panel title="What went together" note="Daily net results, 1 always, -1 never" flush>
              <CorrelationTable pairs={correlations ?? []} />
            </Panel>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Money">
            <dl className="grid grid-cols-[1fr_auto] gap-y-1 text-sm">
              <Line name="Equity before" amount={performance.initialEquity} />
              <Line name="Paid in, less paid out" amount={performance.flow} />
              <Line name="Net P&L of closed trades" amount={statistics.netPnl} />
              <Line name="Gain of open positions" amount={statistics.openPnl} />
              <Line name="Equity after" amount={performance.finalEquity} />
            </dl>
          </Panel>
          {choices.benchmark !== '' && (
            <Panel title="Against the benchmark">
              <Statistics columns="three">
                <Statistic name="Alpha a year">
                  <Percent value={benchmark?.alphaPercent} />
                </Statistic>
                <Statistic name="Beta">{formatRatio(benchmark?.beta)}</Statistic>
                <Statistic name="Correlation">{formatRatio(benchmark?.correlation)}</Statistic>
              </Statistics>
            </Panel>
          )}
          <Panel title="Charges">
            <ChargesList charges={statistics.charges} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Line({ name, amount }: { readonly name: string; readonly amount: string }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="pl-4 text-right tabular-nums">
        <Rupees value={amount} />
      </dd>
    </>
  );
}

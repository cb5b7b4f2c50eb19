import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useFetcher, useLoaderData, useSearchParams } from '@remix-run/react';

import { mutate, notFound, query } from '../../api.server.ts';
import { Percent, ProfitAndLoss, Rupees } from '../../components/amount.tsx';
import { StatusBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ChargesList } from '../../components/charges-list.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { EquityChart } from '../../components/equity-chart.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { fillModelWords } from '../../format/fill-model.ts';
import { formatRatio } from '../../format/money.ts';
import { barsName, plainName } from '../../format/names.ts';
import { failureOf } from '../../form-failure.ts';
import type { RunScreenQuery } from '../../generated/graphql.ts';
import { CancelBacktestDocument, RunScreenDocument } from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { runExports } from '../../trading/run-exports.ts';
import { RunFigures } from '../../trading/run-figures.tsx';
import { TradesTable } from '../../trading/trades-table.tsx';
import { BiasPanel } from './bias-panel.tsx';
import { MonthlyReturns } from './monthly-returns.tsx';
import { PricePanel } from './price-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? titleOf(loaded.run) : 'Run'} · NandaX` },
];

type Run = NonNullable<RunScreenQuery['run']>;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  const loaded = read(await query(request, RunScreenDocument, { id: params['id'] ?? '', after }));
  if (loaded === null) throw notFound();
  return loaded;
}

function read({ run, eventSequence }: RunScreenQuery) {
  return run ? { run, eventSequence } : null;
}

type Loaded = NonNullable<ReturnType<typeof read>>;

export async function action({ request, params }: ActionFunctionArgs) {
  const input = { id: params['id'] ?? '' };
  const { data: answer } = await mutate(request, CancelBacktestDocument, { input });
  return data({ failure: failureOf(answer.cancelBacktest) });
}

function titleOf(run: Run): string {
  return `${plainName(run.kind)} of ${run.strategy.name}`;
}

/** A paper run's round trips join the list as they begin. */
function insertTrade(loaded: Loaded, event: AccountEvent): Loaded {
  const { run } = loaded;
  if (event.__typename !== 'TradeUpdate' || event.trade.run?.id !== run.id) return loaded;
  return { ...loaded, run: { ...run, trades: prependNode(run.trades, event.trade, 100) } };
}

export default function RunScreen() {
  const loaded = useLoaderData<typeof loader>();
  const { id } = loaded.run;
  const [parameters] = useSearchParams();
  const { run } = useLiveData(loaded, {
    document: RunScreenDocument,
    variables: { id, after: parameters.get('after') },
    read,
    insert: insertTrade,
    // The stream tells that a run went on or ended; its curve and trades are then asked for anew.
    reloadOn: (event) => {
      if (event.__typename === 'TradeUpdate') return event.trade.run?.id === id;
      if (event.__typename !== 'RunUpdate' || event.run.id !== id) return false;
      return event.run.__typename !== 'BacktestRun' || event.run.status !== 'RUNNING';
    },
  });
  const cancel = useFetcher<typeof action>();
  const atWork = run.status === 'QUEUED' || run.status === 'RUNNING';

  return (
    <Page
      title={titleOf(run)}
      parent={{ name: run.strategy.name, to: `/strategies/${run.strategy.id}` }}
      badge={<StatusBadge status={run.status} />}
      actions={
        atWork &&
        run.__typename === 'BacktestRun' && (
          <cancel.Form method="post">
            <Button type="submit" disabled={cancel.state !== 'idle'}>
              Cancel backtest
            </Button>
          </cancel.Form>
        )
      }
    >
      <RunSummary run={run} />
      {run.statistics && (
        <nav aria-label="Download" className="-mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          <span className="text-ink-soft">Download</span>
          {runExports.map(({ as, name }) => (
            <TextLink
              key={as}
              to={`/runs/${run.id}/export?as=${as}`}
              reloadDocument
              prefetch="none"
            >
              {name}
            </TextLink>
          ))}
        </nav>
      )}
      {cancel.data?.failure && <Notice tone="failure">{cancel.data.failure.message}</Notice>}
      {atWork && run.__typename === 'BacktestRun' && (
        <ProgressBar label="Progress of the backtest" percent={run.progressPercent} />
      )}
      {run.failureReason && <Notice tone="failure">{run.failureReason}</Notice>}
      {run.caveats.length > 0 && (
        <Notice tone="caution">
          <ul className="list-inside list-disc">
            {run.caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        </Notice>
      )}
      {run.statistics && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Panel title="Result">
            <RunFigures statistics={run.statistics} />
          </Panel>
          <div className="flex flex-col gap-4">
            <Panel title="From gross to net">
              <dl className="mb-2 flex justify-between text-sm font-medium">
                <dt>Gross P&L</dt>
                <dd>
                  <ProfitAndLoss value={run.statistics.grossPnl} />
                </dd>
              </dl>
              <ChargesList charges={run.statistics.charges} />
              <dl className="mt-2 flex justify-between border-t border-rule-strong pt-2 text-sm font-semibold">
                <dt>Net P&L</dt>
                <dd>
                  <ProfitAndLoss value={run.statistics.netPnl} />
                </dd>
              </dl>
            </Panel>
            {run.benchmark && <BenchmarkPanel benchmark={run.benchmark} />}
          </div>
        </div>
      )}
      {run.equityCurve.length > 0 && (
        <Panel
          title="Equity"
          note={
            run.benchmark
              ? 'Dotted: its instruments bought and held. Below the drawdown from its peak, IST'
              : 'With the drawdown from its peak below, IST'
          }
        >
          <EquityChart points={run.equityCurve} benchmark={run.benchmark?.curve} />
        </Panel>
      )}
      {run.monthlyReturns.length > 0 && (
        <Panel title="Monthly returns" note="In percent of the equity before" flush>
          <MonthlyReturns months={run.monthlyReturns} />
        </Panel>
      )}
      {isExamined(run) && <BiasPanel report={run.biasReport ?? null} />}
      <PricePanel run={run} />
      <Panel
        title="Trades"
        note={`${run.trades.totalCount} round trips, their charges before the day’s note rounds taxes`}
        flush
      >
        <TradesTable
          caption="Trades"
          trades={run.trades.nodes}
          empty={
            <EmptyState>
              {atWork
                ? 'No round trip so far. Trades appear here as they happen.'
                : 'The rules never entered on this history. Loosen the entry, or give it a longer range.'}
            </EmptyState>
          }
        />
        <Pager name="trades" pageInfo={run.trades.pageInfo} />
      </Panel>
    </Page>
  );
}

/** Completed backtests are, and whatever was traded on a feed once it has ended. */
function isExamined({ __typename: kind, status }: Run): boolean {
  return (
    status === 'COMPLETED' || (kind !== 'BacktestRun' && ['STOPPED', 'FAILED'].includes(status))
  );
}

/** How the run stands beside its instruments, bought and held without charges. */
function BenchmarkPanel({
  benchmark: { returnPercent, alphaPercent, beta, correlation },
}: {
  readonly benchmark: NonNullable<Run['benchmark']>;
}) {
  return (
    <Panel title="Beside its instruments" note="Bought at the start and held">
      <Statistics columns="two">
        <Statistic name="Bought and held">
          <Percent value={returnPercent} />
        </Statistic>
        <Statistic name="Alpha a year">
          <Percent value={alphaPercent} />
        </Statistic>
        <Statistic name="Beta">{formatRatio(beta)}</Statistic>
        <Statistic name="Correlation">{formatRatio(correlation)}</Statistic>
      </Statistics>
    </Panel>
  );
}

/** What ran on what, in one line. */
function RunSummary({ run }: { readonly run: Run }) {
  return (
    <p className="-mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      <span>
        {run.strategyVersion.instruments.map(({ tradingSymbol }) => tradingSymbol).join(', ')} on{' '}
        {barsName(run.strategyVersion.timeFrame)}
      </span>
      <span>
        <TextLink
          to={`/strategies/${run.strategy.id}?version=${run.strategyVersion.number}#changes`}
        >
          version {run.strategyVersion.number}
        </TextLink>{' '}
        of the rules
      </span>
      {run.from && run.to && (
        <span>
          <ExchangeTime value={run.from} /> to <ExchangeTime value={run.to} label />
        </span>
      )}
      <span>
        <Rupees value={run.initialCapital} /> to begin with
      </span>
      {run.__typename === 'BacktestRun' && <span>on {run.dataset.name}</span>}
      {run.__typename !== 'LiveRun' && <span>{fillModelWords(run.fillModel)}</span>}
      {run.__typename === 'PaperRun' && (
        <span>
          by <TextLink to={`/agents/${run.agent.id}`}>{run.agent.name}</TextLink>
        </span>
      )}
    </p>
  );
}

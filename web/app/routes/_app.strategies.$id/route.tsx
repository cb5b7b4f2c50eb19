import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { mutate, notFound, query } from '../../api.server.ts';
import { ProfitAndLoss, Share } from '../../components/amount.tsx';
import { StatusBadge } from '../../components/badge.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { useForm } from '../../components/use-form.ts';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { formatQuantity } from '../../format/money.ts';
import { strategyStatuses } from '../../format/names.ts';
import { amount, oneOf, optionalText, text } from '../../form.server.ts';
import { instantOfField } from '../../format/time.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import type { StrategyScreenQuery } from '../../generated/graphql.ts';
import {
  DeleteStrategyDocument,
  RunBacktestDocument,
  StartOptimisationDocument,
  StrategyScreenDocument,
  UpdateStrategyDocument,
} from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import type { SaveAnswer } from '../../strategies/save-strategy.server.ts';
import { readStrategyForm, saveFailureOf } from '../../strategies/save-strategy.server.ts';
import { LanguageHelp } from '../../strategies/language-help.tsx';
import { LanguageProvider } from '../../strategies/language.ts';
import { StrategyForm } from '../../strategies/strategy-form.tsx';
import { OptimisationsTable } from '../../optimisation/optimisations-table.tsx';
import { readOptimisationForm } from '../../optimisation/optimise-form.server.ts';
import { AgentsTable } from '../../trading/agents-table.tsx';
import { fillModelOfForm } from '../../trading/fill-model.server.ts';
import { RunsTable } from '../../trading/runs-table.tsx';
import { BacktestForm } from './backtest-form.tsx';
import { ChangesPanel, VersionsPanel } from './versions-panel.tsx';
import { OptimiseForm } from './optimise-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.strategy.name ?? 'Strategy'} · NandaX` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const variables = { id: params['id'] ?? '', ...chosenVersion(new URL(request.url).searchParams) };
  const loaded = read(await query(request, StrategyScreenDocument, variables));
  if (loaded === null) throw notFound();
  return loaded;
}

/** Which version the address wants to see the changes of, and since which; none: the screen has none. */
function chosenVersion(parameters: URLSearchParams) {
  const [version = null, since = null] = ['version', 'since'].map((name) => {
    const text = parameters.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  });
  return { version, since, withChanges: version !== null };
}

function read({ strategy, ...rest }: StrategyScreenQuery) {
  return strategy ? { ...rest, strategy } : null;
}

type Loaded = NonNullable<ReturnType<typeof read>>;

/** What came of one of the screen's forms. */
export interface Answer extends SaveAnswer {
  readonly backtest?: FormFailure | null;
  readonly optimise?: FormFailure | null;
  readonly delete?: FormFailure | null;
}

function refuse(answer: Answer) {
  return data(answer, { status: 422 });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const id = params['id'] ?? '';
  switch (text(form, 'intent')) {
    case 'backtest': {
      const input = {
        strategyId: id,
        datasetId: text(form, 'datasetId'),
        initialCapital: amount(form, 'initialCapital'),
        fillModel: fillModelOfForm(form),
        from: instantOfField(text(form, 'from')) ?? null,
        to: instantOfField(text(form, 'to')) ?? null,
        ...(optionalText(form, 'versionId') && { strategyVersionId: text(form, 'versionId') }),
      };
      const { runBacktest } = (await mutate(request, RunBacktestDocument, { input })).data;
      if (runBacktest.__typename === 'BacktestRun') return redirect(`/runs/${runBacktest.id}`);
      return refuse({ backtest: failureOf(runBacktest) });
    }
    case 'optimise': {
      const input = { strategyId: id, ...readOptimisationForm(form) };
      const { startOptimisation } = (await mutate(request, StartOptimisationDocument, { input }))
        .data;
      if (startOptimisation.__typename === 'Optimisation') {
        return redirect(`/optimisations/${startOptimisation.id}`);
      }
      return refuse({ optimise: failureOf(startOptimisation) });
    }
    case 'delete': {
      const { data: answer } = await mutate(request, DeleteStrategyDocument, { input: { id } });
      const failure = failureOf(answer.deleteStrategy);
      return failure === null ? redirect('/strategies') : refuse({ delete: failure });
    }
    default: {
      const status = oneOf(form, 'status', strategyStatuses, 'ACTIVE');
      const input = { id, status, ...readStrategyForm(form) };
      const { updateStrategy } = (await mutate(request, UpdateStrategyDocument, { input })).data;
      if (updateStrategy.__typename === 'Strategy') {
        return data<Answer>({ savedVersion: updateStrategy.currentVersion.number });
      }
      return refuse({ save: saveFailureOf(updateStrategy) });
    }
  }
}

/** Runs of this strategy join its list as they begin. */
function insertRun(loaded: Loaded, event: AccountEvent): Loaded {
  const { strategy } = loaded;
  if (event.__typename !== 'RunUpdate' || event.run.strategy.id !== strategy.id) return loaded;
  return { ...loaded, strategy: { ...strategy, runs: prependNode(strategy.runs, event.run, 20) } };
}

export default function StrategyScreen() {
  const loaded = useLoaderData<typeof loader>();
  const [parameters] = useSearchParams();
  const { strategy, instruments, datasets, ruleLanguage } = useLiveData(loaded, {
    document: StrategyScreenDocument,
    variables: { id: loaded.strategy.id, ...chosenVersion(parameters) },
    read,
    insert: insertRun,
  });
  const deletion = useForm<typeof action>();
  return (
    <Page
      title={strategy.name}
      parent={{ name: 'Strategies', to: '/strategies' }}
      badge={<StatusBadge status={strategy.status} />}
      actions={
        <>
          <ButtonLink to="/runs">All runs</ButtonLink>
          <ButtonLink to={`/agents?strategy=${strategy.id}`}>Trade with an agent</ButtonLink>
          <deletion.Form method="post">
            <Button type="submit" name="intent" value="delete" emphasis="danger">
              Delete
            </Button>
          </deletion.Form>
        </>
      }
    >
      {deletion.answer?.delete && <Notice tone="failure">{deletion.answer.delete.message}</Notice>}
      <Panel title="Performance" note="On paper and live, after charges as they accrue">
        <Statistics>
          <Statistic name="Net P&L">
            <ProfitAndLoss value={strategy.performance.totalPnl} />
          </Statistic>
          <Statistic name="Trades">{formatQuantity(strategy.performance.totalTrades)}</Statistic>
          <Statistic name="Win rate">
            <Share value={strategy.performance.winRate} />
          </Statistic>
        </Statistics>
      </Panel>
      <Panel
        title="Size, stops and hours"
        note="What the rules of the newest version say beside entries and exits"
      >
        <ul className="flex flex-wrap gap-2 font-mono text-sm">
          {strategy.settings.map(({ text }) => (
            <li key={text} className="rounded bg-sunk px-2 py-1">
              {text}
            </li>
          ))}
        </ul>
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel
          title="Rules and market"
          note={`Version ${strategy.currentVersion.number}; a change of the rules makes the next one`}
        >
          <LanguageProvider value={ruleLanguage}>
            <StrategyForm
              key={strategy.id}
              strategy={{
                ...strategy,
                instrumentIds: strategy.instruments.map(({ id }) => id),
                document: strategy.currentVersion.document,
              }}
              instruments={instruments.nodes}
              submitLabel="Save strategy"
            />
          </LanguageProvider>
          <details className="mt-4">
            <summary className="cursor-pointer text-sm text-ink-soft">The language</summary>
            <div className="mt-2">
              <LanguageProvider value={ruleLanguage}>
                <LanguageHelp />
              </LanguageProvider>
            </div>
          </details>
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Backtest">
            <BacktestForm datasets={datasets.nodes} instruments={strategy.instruments} />
          </Panel>
          <Panel title="Optimise" note="Search the parameters of the rules">
            <OptimiseForm
              datasets={datasets.nodes}
              instruments={strategy.instruments}
              parameters={strategy.parameters}
            />
          </Panel>
          <VersionsPanel versions={strategy.versions.nodes} total={strategy.versions.totalCount} />
        </div>
      </div>
      {strategy.version && (
        <ChangesPanel
          version={strategy.version}
          others={strategy.versions.nodes.map(({ number }) => number)}
        />
      )}
      {strategy.optimisations.nodes.length > 0 && (
        <Panel title="Optimisations" note={`${strategy.optimisations.totalCount} in all`} flush>
          <OptimisationsTable optimisations={strategy.optimisations.nodes} />
        </Panel>
      )}
      <Panel title="Runs" note={`${strategy.runs.totalCount} in all`} flush>
        <RunsTable
          caption="Runs"
          runs={strategy.runs.nodes}
          empty={
            <EmptyState>Not run yet. A backtest on the bundled history takes seconds.</EmptyState>
          }
        />
      </Panel>
      {strategy.agents.nodes.length > 0 && (
        <Panel title="Agents" note="Trading with this strategy" flush>
          <AgentsTable agents={strategy.agents.nodes} empty={null} />
        </Panel>
      )}
    </Page>
  );
}

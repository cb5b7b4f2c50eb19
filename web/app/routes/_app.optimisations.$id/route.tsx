import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { mutate, notFound, query } from '../../api.server.ts';
import { Rupees } from '../../components/amount.tsx';
import { StatusBadge } from '../../components/badge.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { useForm } from '../../components/use-form.ts';
import { text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { fillModelWords } from '../../format/fill-model.ts';
import { formatCount, plainName } from '../../format/names.ts';
import { formatDate, formatLastDate } from '../../format/time.ts';
import type {
  OptimisationScreenQuery,
  OptimisationScreenQueryVariables,
  TrialRowFragment,
} from '../../generated/graphql.ts';
import {
  CancelOptimisationDocument,
  OptimisationScreenDocument,
  RulesOfTrialDocument,
  RunBacktestDocument,
  UpdateStrategyDocument,
} from '../../generated/graphql.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { settingsText, statisticName, statisticValue } from '../../optimisation/trial-words.ts';
import { fillModelInputOf } from '../../trading/fill-model.server.ts';
import { HeatMap } from './heat-map.tsx';
import { TrialsTable } from './trials-table.tsx';
import { WalkForward } from './walk-forward.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Optimisation of ${loaded?.optimisation.strategy.name ?? 'a strategy'} · NandaX` },
];

type Optimisation = NonNullable<OptimisationScreenQuery['optimisation']>;

/** What the address asks for beside the optimisation. */
function variablesOf(id: string, search: URLSearchParams): OptimisationScreenQueryVariables {
  const order = search.get('order');
  return {
    id,
    after: search.get('after'),
    order: order === 'WORST_FIRST' || order === 'AS_TRIED' ? order : 'BEST_FIRST',
    x: search.get('x'),
    y: search.get('y'),
    fold: search.get('fold') === 'MEAN' ? 'MEAN' : 'BEST',
  };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const variables = variablesOf(params['id'] ?? '', searchParams);
  const loaded = read(await query(request, OptimisationScreenDocument, variables));
  if (loaded === null) throw notFound();
  return loaded;
}

function read({ optimisation, eventSequence }: OptimisationScreenQuery) {
  return optimisation ? { optimisation, eventSequence } : null;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const id = params['id'] ?? '';
  if (text(form, 'intent') === 'backtest')
    return backtest(request, id, Number(text(form, 'trial')));
  const { data: answer } = await mutate(request, CancelOptimisationDocument, { input: { id } });
  return data({ to: 'cancel', failure: failureOf(answer.cancelOptimisation) });
}

/**
 * Saves the parameters of a trial as the strategy's next version and tests that: a run names the version
 * it used, so what was tested can be seen, compared and traded later.
 */
async function backtest(request: Request, id: string, number: number) {
  const { optimisation } = await query(request, RulesOfTrialDocument, { id, number });
  const document = optimisation?.rulesOfTrial;
  if (!optimisation || typeof document !== 'string') throw notFound();
  const strategyId = optimisation.strategy.id;
  const saved = await mutate(request, UpdateStrategyDocument, {
    input: { id: strategyId, document },
  });
  const refused = failureOf(saved.data.updateStrategy);
  if (refused !== null) return refuse(refused);
  const { runBacktest } = (
    await mutate(request, RunBacktestDocument, {
      input: {
        strategyId,
        datasetId: optimisation.dataset.id,
        initialCapital: optimisation.initialCapital,
        fillModel: fillModelInputOf(optimisation.fillModel),
        from: optimisation.from,
        to: optimisation.to,
      },
    })
  ).data;
  if (runBacktest.__typename === 'BacktestRun') return redirect(`/runs/${runBacktest.id}`);
  return refuse(failureOf(runBacktest));
}

function refuse(failure: FormFailure | null) {
  return data({ to: 'backtest', failure }, { status: 422 });
}

export default function OptimisationScreen() {
  const loaded = useLoaderData<typeof loader>();
  const { id } = loaded.optimisation;
  const [search] = useSearchParams();
  const { optimisation } = useLiveData(loaded, {
    document: OptimisationScreenDocument,
    variables: variablesOf(id, search),
    read,
    // The stream tells how far it is; trials and map are then asked for anew.
    reloadOn: (event) => event.__typename === 'OptimisationUpdate' && event.optimisation.id === id,
  });
  const form = useForm<typeof action>('cancel');
  const { status, trialsDone, trialsPlanned, aim, best, heatMap, walkForwardResult } = optimisation;
  const atWork = status === 'QUEUED' || status === 'RUNNING';
  const failure = form.answer?.failure;
  return (
    <Page
      title={`Optimisation of ${optimisation.strategy.name}`}
      parent={{ name: optimisation.strategy.name, to: `/strategies/${optimisation.strategy.id}` }}
      badge={<StatusBadge status={status} />}
      actions={
        atWork && (
          <form.Form method="post">
            <Button type="submit" name="intent" value="cancel" disabled={form.busy}>
              Cancel optimisation
            </Button>
          </form.Form>
        )
      }
    >
      <Summary optimisation={optimisation} />
      {failure && <Notice tone="failure">{failure.message}</Notice>}
      {atWork && (
        <div>
          <ProgressBar
            label="Progress of the optimisation"
            percent={String((100 * trialsDone) / Math.max(1, trialsPlanned ?? 1))}
          />
          <p className="mt-1 text-xs text-ink-soft">
            {status === 'QUEUED'
              ? 'Waiting for its turn.'
              : `${formatCount(String(trialsDone))} of ${formatCount(String(trialsPlanned ?? 0))} trials`}
          </p>
        </div>
      )}
      {optimisation.failureReason && <Notice tone="failure">{optimisation.failureReason}</Notice>}
      {optimisation.caveats.length > 0 && (
        <Notice tone="caution">
          <ul className="list-inside list-disc">
            {optimisation.caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        </Notice>
      )}
      {best && <Best best={best} optimisation={optimisation} />}
      {heatMap && (
        <Panel
          title={`${statisticName(aim)} over two parameters`}
          note="Each cell is one or more trials"
        >
          <HeatMap optimisation={optimisation} map={heatMap} />
        </Panel>
      )}
      {walkForwardResult && <WalkForward result={walkForwardResult} aim={aim} />}
      <Panel
        title="Trials"
        note={`${formatCount(optimisation.trials.totalCount)} over the whole range`}
        actions={<Orders />}
        flush
      >
        <TrialsTable trials={optimisation.trials.nodes} aim={aim} />
        <Pager name="trials" pageInfo={optimisation.trials.pageInfo} />
      </Panel>
    </Page>
  );
}

/** The best trial, in figures. */
function Best({
  best,
  optimisation,
}: {
  readonly best: TrialRowFragment;
  readonly optimisation: Optimisation;
}) {
  const { aim, status } = optimisation;
  const figures = [
    ...(['NET_PNL', 'CAGR_PERCENT', 'SHARPE_RATIO', 'MAX_DRAWDOWN_PERCENT'] as const),
    ...(['WIN_RATE', 'PROFIT_FACTOR', 'TOTAL_TRADES'] as const),
  ].filter((name) => name !== aim);
  return (
    <Panel
      title={status === 'COMPLETED' ? 'The best' : 'The best so far'}
      note={settingsText(best.parameters)}
    >
      <Statistics>
        <Statistic name={statisticName(aim)} lead>
          {statisticValue(aim, best.aim)}
        </Statistic>
        {figures.map((name) => (
          <Statistic key={name} name={statisticName(name)}>
            {statisticValue(name, best.statistics.find((each) => each.name === name)?.value)}
          </Statistic>
        ))}
      </Statistics>
    </Panel>
  );
}

/** Links to the ways of sorting. */
function Orders() {
  const [search] = useSearchParams();
  const current = search.get('order') ?? 'BEST_FIRST';
  return (
    <nav aria-label="Order of trials" className="flex flex-wrap gap-1">
      {(
        [
          ['BEST_FIRST', 'Best'],
          ['WORST_FIRST', 'Worst'],
          ['AS_TRIED', 'As tried'],
        ] as const
      ).map(([order, words]) => {
        const to = new URLSearchParams(search);
        to.delete('after');
        to.set('order', order);
        return (
          <ButtonLink
            key={order}
            to={`?${to}`}
            emphasis={order === current ? 'secondary' : 'quiet'}
            aria-current={order === current ? 'true' : undefined}
          >
            {words}
          </ButtonLink>
        );
      })}
    </nav>
  );
}

/** What is searched on what, in one line. */
function Summary({ optimisation }: { readonly optimisation: Optimisation }) {
  const { parameters, search, seed, constraints, from, to, dataset, strategyVersion } =
    optimisation;
  return (
    <p className="-mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      <span>
        {parameters
          .map(({ name, minimum, maximum, step }) => `${name} ${minimum} to ${maximum} by ${step}`)
          .join(', ')}
      </span>
      {constraints.length > 0 && <span className="font-mono">{constraints.join(', ')}</span>}
      <span>
        {plainName(search).toLowerCase()} search, seed {seed}
      </span>
      <span>version {strategyVersion.number} of the rules</span>
      <span>
        {formatDate(from)} to {formatLastDate(to)}
      </span>
      <span>on {dataset.name}</span>
      <span>
        <Rupees value={optimisation.initialCapital} /> to begin with
      </span>
      <span>{fillModelWords(optimisation.fillModel)}</span>
    </p>
  );
}

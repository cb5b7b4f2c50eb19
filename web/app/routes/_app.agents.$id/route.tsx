import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { mutate, notFound, query } from '../../api.server.ts';
import { ProfitAndLoss, Rupees, Share } from '../../components/amount.tsx';
import { StatusBadge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatQuantity } from '../../format/money.ts';
import { barsName } from '../../format/names.ts';
import { text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import type { AgentScreenQuery } from '../../generated/graphql.ts';
import {
  AgentScreenDocument,
  PauseAgentDocument,
  ResumeAgentDocument,
  StartAgentDocument,
  StopAgentDocument,
} from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { DecisionList } from '../../trading/decision-list.tsx';
import { OrdersTable } from '../../trading/orders-table.tsx';
import { PositionsTable } from '../../trading/positions-table.tsx';
import { ReplayClock } from '../../trading/replay-clock.tsx';
import { ReplayControls } from '../../trading/replay-controls.tsx';
import { RunsTable } from '../../trading/runs-table.tsx';
import { TradesTable } from '../../trading/trades-table.tsx';
import { AgentControls } from './agent-controls.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.agent.name ?? 'Agent'} · NandaX` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const loaded = read(await query(request, AgentScreenDocument, { id: params['id'] ?? '' }));
  if (loaded === null) throw notFound();
  return loaded;
}

function read({ agent, ...rest }: AgentScreenQuery) {
  return agent ? { ...rest, agent } : null;
}

type Loaded = NonNullable<ReturnType<typeof read>>;

export async function action({ request, params }: ActionFunctionArgs) {
  return data({ failure: await controlAgent(request, params['id'] ?? '') });
}

async function controlAgent(request: Request, id: string): Promise<FormFailure | null> {
  const form = await request.formData();
  switch (text(form, 'intent')) {
    case 'start': {
      const input = { id, replaySessionId: text(form, 'replaySessionId') };
      return failureOf((await mutate(request, StartAgentDocument, { input })).data.startAgent);
    }
    case 'pause':
      return failureOf(
        (await mutate(request, PauseAgentDocument, { input: { id } })).data.pauseAgent,
      );
    case 'resume':
      return failureOf(
        (await mutate(request, ResumeAgentDocument, { input: { id } })).data.resumeAgent,
      );
    case 'stop': {
      const input = { id, exitPositions: form.has('exitPositions') };
      return failureOf((await mutate(request, StopAgentDocument, { input })).data.stopAgent);
    }
    default:
      return { message: 'An agent has no such control.', field: undefined };
  }
}

const decisionsKept = 100;
const tradesKept = 200;
const ordersKept = 50;

/** Decisions, orders and trades of this agent join their lists as they happen. */
function insertWork(loaded: Loaded, event: AccountEvent): Loaded {
  const { agent } = loaded;
  switch (event.__typename) {
    case 'AgentUpdate': {
      if (event.agent.id !== agent.id || !event.decision) return loaded;
      const decisions = prependNode(agent.decisions, event.decision, decisionsKept);
      return { ...loaded, agent: { ...agent, decisions } };
    }
    case 'TradeUpdate': {
      if (event.trade.agent?.id !== agent.id) return loaded;
      const trades = prependNode(agent.trades, event.trade, tradesKept);
      return { ...loaded, agent: { ...agent, trades } };
    }
    case 'OrderUpdate': {
      if (event.order.portfolio.id !== agent.portfolio.id) return loaded;
      const orders = prependNode(agent.portfolio.orders, event.order, ordersKept);
      return { ...loaded, agent: { ...agent, portfolio: { ...agent.portfolio, orders } } };
    }
    default:
      return loaded;
  }
}

export default function AgentScreen() {
  const loaded = useLoaderData<typeof loader>();
  const { id } = loaded.agent;
  const { agent, replaySessions } = useLiveData(loaded, {
    document: AgentScreenDocument,
    variables: { id },
    read,
    insert: insertWork,
    // A start, pause or stop brings another run, and maybe another replay; a trade other figures.
    reloadOn: (event) =>
      (event.__typename === 'AgentUpdate' && event.agent.id === id && !event.decision) ||
      (event.__typename === 'TradeUpdate' && event.trade.agent?.id === id),
  });
  const { portfolio } = agent;
  const statistics = agent.runs.nodes[0]?.statistics;

  return (
    <Page
      title={agent.name}
      parent={{ name: 'Agents', to: '/agents' }}
      badge={<StatusBadge status={agent.status} />}
    >
      <p className="-mt-3 text-sm text-ink-soft">
        Trades <TextLink to={`/strategies/${agent.strategy.id}`}>{agent.strategy.name}</TextLink> on{' '}
        {agent.strategy.instruments.map(({ tradingSymbol }) => tradingSymbol).join(', ')},{' '}
        {barsName(agent.strategy.timeFrame)}, in {portfolio.name}.
        {agent.currentRun && (
          <>
            {' '}
            <TextLink to={`/runs/${agent.currentRun.id}`}>The run with its charts</TextLink>
          </>
        )}
      </p>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title="Result" note="Of the latest run">
          <Statistics>
            <Statistic name="Net P&L" lead>
              <ProfitAndLoss value={statistics?.netPnl} />
            </Statistic>
            <Statistic name="Gross P&L">
              <ProfitAndLoss value={statistics?.grossPnl} />
            </Statistic>
            <Statistic name="Charges">
              <Rupees value={statistics?.charges.total} />
            </Statistic>
            <Statistic name="Trades">{formatQuantity(statistics?.totalTrades ?? '0')}</Statistic>
            <Statistic name="Win rate">
              <Share value={statistics?.winRate} />
            </Statistic>
            <Statistic name="Portfolio equity">
              <Rupees value={portfolio.equity} />
            </Statistic>
            <Statistic name="Unrealised">
              <ProfitAndLoss value={portfolio.unrealisedPnl} />
            </Statistic>
          </Statistics>
        </Panel>
        <Panel title="Control">
          <AgentControls agent={agent} replays={replaySessions.nodes} />
        </Panel>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Trades" note={`${agent.trades.totalCount} in all`} flush>
            <TradesTable
              caption="Trades"
              trades={agent.trades.nodes}
              empty={<EmptyState>Round trips appear here the moment they happen.</EmptyState>}
            />
          </Panel>
          <Panel title="Positions" note={`of ${portfolio.name}`} flush>
            <PositionsTable
              positions={portfolio.positions}
              empty={<EmptyState>Nothing is held.</EmptyState>}
            />
          </Panel>
          <Panel title="Orders" note={`${portfolio.orders.totalCount} in ${portfolio.name}`} flush>
            <OrdersTable
              caption="Orders"
              orders={portfolio.orders.nodes}
              empty={<EmptyState>No order so far.</EmptyState>}
            />
          </Panel>
          <Panel title="Runs" note={`${agent.runs.totalCount} in all`} flush>
            <RunsTable
              caption="Runs"
              runs={agent.runs.nodes}
              empty={
                <EmptyState>Each start makes a run, to be compared with backtests.</EmptyState>
              }
            />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {portfolio.replaySession && (
            <Panel title="Market clock">
              <div className="flex flex-col gap-3">
                <ReplayClock replay={portfolio.replaySession} />
                <ReplayControls replay={portfolio.replaySession} />
              </div>
            </Panel>
          )}
          <Panel title="Decisions" note={`${agent.decisions.totalCount} in all`} flush>
            {agent.decisions.nodes.length === 0 ? (
              <EmptyState>
                On each closed bar the agent decides; what and why is kept here, also when it does
                nothing.
              </EmptyState>
            ) : (
              <DecisionList decisions={agent.decisions.nodes} />
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}

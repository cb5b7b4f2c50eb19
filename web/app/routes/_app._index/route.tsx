import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { mutate, query } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { text } from '../../form.server.ts';
import { failureOf } from '../../form-failure.ts';
import type { DashboardQuery } from '../../generated/graphql.ts';
import { DashboardDocument, MarkNotificationReadDocument } from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { AgentsTable } from '../../trading/agents-table.tsx';
import { ExitAll, ExitPosition } from '../../trading/exit-forms.tsx';
import { PortfolioFigures } from '../../trading/portfolio-figures.tsx';
import { PositionsTable } from '../../trading/positions-table.tsx';
import { ReplayClock } from '../../trading/replay-clock.tsx';
import { ReplayControls } from '../../trading/replay-controls.tsx';
import { TradesTable } from '../../trading/trades-table.tsx';
import { EquityPanel } from './equity-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { NotificationList } from './notification-list.tsx';
import { PortfolioChoice } from './portfolio-choice.tsx';

export const meta: MetaFunction = () => [{ title: 'Dashboard · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  return query(request, DashboardDocument, {});
}

export async function action({ request }: ActionFunctionArgs) {
  const input = { id: text(await request.formData(), 'id') };
  const { data: answer } = await mutate(request, MarkNotificationReadDocument, { input });
  return data({ failure: failureOf(answer.markNotificationRead) });
}

/** New trades and notifications join their lists at the top. */
function insertNews(dashboard: DashboardQuery, event: AccountEvent): DashboardQuery {
  switch (event.__typename) {
    case 'TradeUpdate':
      return { ...dashboard, trades: prependNode(dashboard.trades, event.trade, 12) };
    case 'NotificationUpdate':
      return {
        ...dashboard,
        notifications: prependNode(dashboard.notifications, event.notification, 8),
      };
    case 'AgentUpdate':
      return { ...dashboard, agents: prependNode(dashboard.agents, event.agent, 20) };
    default:
      return dashboard;
  }
}

export default function Dashboard() {
  const dashboard = useLiveData(useLoaderData<typeof loader>(), {
    document: DashboardDocument,
    variables: {},
    read: (data) => data,
    insert: insertNews,
  });
  const [parameters] = useSearchParams();
  const portfolios = dashboard.portfolios.nodes;
  const portfolio =
    portfolios.find(({ id }) => id === parameters.get('portfolio')) ?? portfolios[0];
  const active = dashboard.agents.nodes.filter(
    ({ status }) => status === 'RUNNING' || status === 'PAUSED' || status === 'ERROR',
  );
  const replay = portfolio?.replaySession;

  return (
    <Page
      title="Dashboard"
      actions={<PortfolioChoice portfolios={portfolios} chosen={portfolio} />}
    >
      {(dashboard.strategies.totalCount === '0' || dashboard.agents.nodes.length === 0) && (
        <FirstSteps
          strategies={dashboard.strategies.totalCount !== '0'}
          agents={dashboard.agents.nodes.length > 0}
        />
      )}
      {portfolio && <PortfolioFigures portfolio={portfolio} link />}
      {portfolio && <EquityPanel portfolio={portfolio} />}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel
            title="Positions"
            note="Marked with the latest price of the feed"
            actions={portfolio && <ExitAll key={portfolio.id} portfolio={portfolio} />}
            flush
          >
            <PositionsTable
              positions={portfolio?.positions ?? []}
              actions={(position) =>
                portfolio && <ExitPosition portfolioId={portfolio.id} position={position} />
              }
              empty={
                <EmptyState>
                  Nothing is held. Positions appear here with their live profit or loss as soon as
                  an agent or an order of yours fills.
                </EmptyState>
              }
            />
          </Panel>
          <Panel
            title="Agents at work"
            note={`${active.length} of ${dashboard.agents.nodes.length}`}
            flush
          >
            <AgentsTable
              agents={active}
              empty={
                <EmptyState action={<ButtonLink to="/agents">Go to the agents</ButtonLink>}>
                  No agent is running. An agent trades one strategy for you, bar by bar.
                </EmptyState>
              }
            />
          </Panel>
          <Panel
            title="Latest trades"
            actions={
              <TextLink to="/orders" className="text-xs">
                All orders and trades
              </TextLink>
            }
            flush
          >
            <TradesTable
              caption="Latest trades"
              trades={dashboard.trades.nodes}
              empty={<EmptyState>No round trip so far.</EmptyState>}
            />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Market clock">
            {replay ? (
              <div className="flex flex-col gap-3">
                <ReplayClock replay={replay} />
                <ReplayControls replay={replay} />
              </div>
            ) : (
              <p className="text-sm text-ink-soft">
                This portfolio follows no market yet. It takes the clock of the replay on which an
                agent of it is started. <TextLink to="/replays">Replays</TextLink>
              </p>
            )}
          </Panel>
          <Panel title="Notifications" flush>
            <NotificationList notifications={dashboard.notifications.nodes} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

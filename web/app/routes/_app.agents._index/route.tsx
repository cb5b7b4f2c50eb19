import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { mutate, query } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { amount, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import {
  AgentsDocument,
  CreateAgentDocument,
  CreatePortfolioDocument,
} from '../../generated/graphql.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { AgentsTable } from '../../trading/agents-table.tsx';
import { AgentForm } from './agent-form.tsx';
import { PortfolioForm } from './portfolio-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Agents · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  return query(request, AgentsDocument, { after });
}

/** Which form failed, and how. */
interface Answer {
  readonly agent?: FormFailure | null;
  readonly portfolio?: FormFailure | null;
  readonly createdPortfolio?: true;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  if (text(form, 'intent') === 'create-portfolio') {
    const input = { name: text(form, 'name'), initialCapital: amount(form, 'initialCapital') };
    const { createPortfolio } = (await mutate(request, CreatePortfolioDocument, { input })).data;
    if (createPortfolio.__typename === 'Portfolio') {
      return data<Answer>({ createdPortfolio: true });
    }
    return data<Answer>({ portfolio: failureOf(createPortfolio) }, { status: 422 });
  }
  const input = {
    name: text(form, 'name'),
    type: 'RULE_BASED' as const,
    strategyId: text(form, 'strategyId'),
    portfolioId: text(form, 'portfolioId'),
  };
  const { createAgent } = (await mutate(request, CreateAgentDocument, { input })).data;
  if (createAgent.__typename === 'Agent') return redirect(`/agents/${createAgent.id}`);
  return data<Answer>({ agent: failureOf(createAgent) }, { status: 422 });
}

export default function Agents() {
  const [parameters] = useSearchParams();
  const { agents, strategies, portfolios } = useLiveData(useLoaderData<typeof loader>(), {
    document: AgentsDocument,
    variables: { after: parameters.get('after') },
    read: (data) => data,
  });
  const usable = strategies.nodes.filter(({ status }) => status !== 'ARCHIVED');
  return (
    <Page title="Agents">
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel title="All agents" note={`${agents.totalCount} in all`} flush>
          <AgentsTable
            agents={agents.nodes}
            empty={
              <EmptyState
                action={
                  usable.length === 0 && (
                    <ButtonLink to="/strategies/new" emphasis="primary">
                      New strategy
                    </ButtonLink>
                  )
                }
              >
                {usable.length === 0
                  ? 'An agent trades one strategy. Write one first.'
                  : 'No agent yet. Choose a strategy and a portfolio, then start the agent on a replay of the market.'}
              </EmptyState>
            }
          />
          <Pager name="agents" pageInfo={agents.pageInfo} />
        </Panel>
        <div className="flex flex-col gap-4">
          {usable.length > 0 && (
            <Panel title="New agent">
              <AgentForm strategies={usable} portfolios={portfolios.nodes} />
            </Panel>
          )}
          <Panel title="New paper portfolio" note="Agents in one portfolio share its money">
            <PortfolioForm />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

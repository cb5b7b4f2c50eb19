import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { query } from '../../api.server.ts';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import type { LockFragment } from '../../generated/graphql.ts';
import { RiskDocument } from '../../generated/graphql.ts';
import { changeRisk } from '../../risk/change-risk.server.ts';
import { FindingsTable } from '../../risk/findings-table.tsx';
import { InstrumentList } from '../../risk/instrument-list.tsx';
import { KillSwitchPanel } from '../../risk/kill-switch-panel.tsx';
import { LimitBars } from '../../risk/limit-bars.tsx';
import { nameOfScope } from '../../risk/limit-terms.ts';
import { LocksTable } from '../../risk/locks-table.tsx';
import { ReadingsList } from '../../risk/readings-list.tsx';
import { ScopePanel } from '../../risk/scope-panel.tsx';
import { OtherScopes } from './other-scopes.tsx';

export const meta: MetaFunction = () => [{ title: 'Risk · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const [limitsAfter, locksAfter] = [searchParams.get('limits'), searchParams.get('locks')];
  const findingsAfter = searchParams.get('findings');
  return query(request, RiskDocument, { limitsAfter, locksAfter, findingsAfter });
}

export async function action({ request }: ActionFunctionArgs) {
  return changeRisk(request, await request.formData());
}

export default function Risk() {
  const { riskLimits, riskLocks, reconciliationFindings, portfolios, ...others } =
    useLoaderData<typeof loader>();
  const { agents, strategies, instruments } = others;
  const shut = riskLimits.nodes.filter(({ scope }) => scope === 'USER' || scope === 'PORTFOLIO');
  const nameOf = ({ scope, subjectId }: LockFragment) => {
    const named = [...portfolios.nodes, ...agents.nodes, ...strategies.nodes];
    return nameOfScope(scope, named.find(({ id }) => id === subjectId)?.name);
  };
  return (
    <Page title="Risk">
      <UnscriptedFailure />
      <InstrumentList instruments={instruments.nodes} />
      <section aria-label="Kill switch" className="flex flex-col gap-3">
        {shut.map((risk) => (
          <KillSwitchPanel key={risk.id} risk={risk} />
        ))}
      </section>
      <Panel title="Locks" note={`${riskLocks.totalCount} in all`} flush>
        <LocksTable locks={riskLocks.nodes} nameOf={nameOf} />
        <Pager name="locks" parameter="locks" pageInfo={riskLocks.pageInfo} />
      </Panel>
      <Panel
        title="Differences at the broker"
        note={`${reconciliationFindings.totalCount} in all`}
        flush
      >
        <ReadingsList portfolios={portfolios.nodes} />
        <FindingsTable findings={reconciliationFindings.nodes} />
        <Pager name="findings" parameter="findings" pageInfo={reconciliationFindings.pageInfo} />
      </Panel>
      {portfolios.nodes
        .filter(({ effectiveRiskLimits: { uses } }) => uses.length > 0)
        .map(({ id, name, effectiveRiskLimits: { uses } }) => (
          <Panel
            key={id}
            title={`What rules in ${name}`}
            note="Of all limits together, those that leave the least"
          >
            <LimitBars uses={uses} whose />
          </Panel>
        ))}
      {riskLimits.nodes.map((risk) => (
        <ScopePanel key={risk.id} risk={risk} instruments={instruments.nodes} />
      ))}
      <Pager name="limits" parameter="limits" pageInfo={riskLimits.pageInfo} />
      <OtherScopes
        limited={riskLimits.nodes.flatMap(({ subjectId }) => subjectId ?? [])}
        agents={agents.nodes}
        strategies={strategies.nodes}
        instruments={instruments.nodes}
      />
    </Page>
  );
}

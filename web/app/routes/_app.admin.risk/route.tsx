import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AdministrationPage } from '../../administration/administration-page.tsx';
import { query } from '../../api.server.ts';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { PlatformRiskDocument } from '../../generated/graphql.ts';
import { changeRisk } from '../../risk/change-risk.server.ts';
import { InstrumentList } from '../../risk/instrument-list.tsx';
import { KillSwitchPanel } from '../../risk/kill-switch-panel.tsx';
import { LocksTable } from '../../risk/locks-table.tsx';
import { ScopePanel } from '../../risk/scope-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Risk of the platform · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const locksAfter = new URL(request.url).searchParams.get('locks');
  return query(request, PlatformRiskDocument, { locksAfter });
}

export async function action({ request }: ActionFunctionArgs) {
  return changeRisk(request, await request.formData());
}

export default function PlatformRisk() {
  const { riskLimits, riskLocks, instruments } = useLoaderData<typeof loader>();
  return (
    <AdministrationPage>
      <UnscriptedFailure />
      <InstrumentList instruments={instruments.nodes} />
      {riskLimits.nodes.map((risk) => (
        <KillSwitchPanel key={risk.id} risk={risk} />
      ))}
      <Panel title="Locks" note={`${riskLocks.totalCount} in all`} flush>
        <LocksTable locks={riskLocks.nodes} nameOf={() => 'The whole platform'} />
        <Pager name="locks" parameter="locks" pageInfo={riskLocks.pageInfo} />
      </Panel>
      {riskLimits.nodes.map((risk) => (
        <ScopePanel key={risk.id} risk={risk} instruments={instruments.nodes} />
      ))}
    </AdministrationPage>
  );
}

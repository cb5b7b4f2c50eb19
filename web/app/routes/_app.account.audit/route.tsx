import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { AccountPage } from '../../account/account-page.tsx';
import { query } from '../../api.server.ts';
import { readAuditAction } from '../../audit/audit-actions.ts';
import { AuditFilter } from '../../audit/audit-filter.tsx';
import { OwnAuditTable } from '../../audit/audit-table.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../format/names.ts';
import { AuditTrailDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Audit trail · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const action = readAuditAction(searchParams.get('action'));
  return query(request, AuditTrailDocument, { after: searchParams.get('after'), action });
}

export default function AuditTrail() {
  const { auditTrail } = useLoaderData<typeof loader>();
  const action = useSearchParams()[0].get('action');
  return (
    <AccountPage>
      <p className="max-w-prose text-sm text-ink-soft">
        Everything that was done to your account and in its name. Rows are only ever added, and each
        holds a hash of the one before it, so that a row that is changed or removed shows.
      </p>
      <Panel
        title="Audit trail"
        note={`${formatCount(auditTrail.totalCount)} in all`}
        actions={
          <div className="flex flex-wrap gap-2">
            <AuditFilter />
            <ButtonLink
              to={`/account/audit/export${action ? `?action=${encodeURIComponent(action)}` : ''}`}
              reloadDocument
            >
              Export
            </ButtonLink>
          </div>
        }
        flush
      >
        <OwnAuditTable events={auditTrail.nodes} />
        <Pager name="the audit trail" pageInfo={auditTrail.pageInfo} />
      </Panel>
    </AccountPage>
  );
}

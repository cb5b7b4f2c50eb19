import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AdministrationPage } from '../../administration/administration-page.tsx';
import { query } from '../../api.server.ts';
import { readAuditAction } from '../../audit/audit-actions.ts';
import { AuditFilter } from '../../audit/audit-filter.tsx';
import { administratorColumns, AuditTable } from '../../audit/audit-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatCount } from '../../format/names.ts';
import type { AuditLogQuery } from '../../generated/graphql.ts';
import { AuditLogDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Audit log · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const action = readAuditAction(searchParams.get('action'));
  return query(request, AuditLogDocument, { after: searchParams.get('after'), action });
}

const columns: readonly Column<AuditLogQuery['auditEvents']['nodes'][number]>[] = [
  ...administratorColumns.slice(0, 2),
  {
    heading: 'Account',
    cell: ({ account }) =>
      account ? (
        <TextLink to={`/admin/accounts/${account.id}`}>{account.displayName}</TextLink>
      ) : (
        'Installation'
      ),
  },
  ...administratorColumns.slice(2, 3),
];

export default function AuditLog() {
  const { auditEvents } = useLoaderData<typeof loader>();
  return (
    <AdministrationPage>
      <p className="max-w-prose text-sm text-ink-soft">
        What was done on the whole installation, without the personal data of others. Open an
        account to see what concerns it alone.
      </p>
      <Panel
        title="Audit log"
        note={`${formatCount(auditEvents.totalCount)} in all`}
        actions={<AuditFilter />}
        flush
      >
        <AuditTable events={auditEvents.nodes} columns={columns} />
        <Pager name="the audit log" pageInfo={auditEvents.pageInfo} />
      </Panel>
    </AdministrationPage>
  );
}

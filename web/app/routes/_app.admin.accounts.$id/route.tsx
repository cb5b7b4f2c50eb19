import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AccountBadge } from '../../administration/account-badge.tsx';
import { notFound, answerForm, query } from '../../api.server.ts';
import { readAuditAction } from '../../audit/audit-actions.ts';
import { AuditFilter } from '../../audit/audit-filter.tsx';
import { administratorColumns, AuditTable } from '../../audit/audit-table.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { formatCount, plainName } from '../../format/names.ts';
import { AccountAuditDocument, AccountDocument } from '../../generated/graphql.ts';
import { RoleForm, SuspensionForm, TierForm } from './account-controls.tsx';
import { changeAccount } from './change-account.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.displayName ?? 'Account'} · NandaX` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const { viewer, account } = await query(request, AccountDocument, { id: params['id'] ?? '' });
  if (!account) throw notFound();
  const { auditEvents } = await query(request, AccountAuditDocument, {
    userId: account.userId,
    after: searchParams.get('after'),
    action: readAuditAction(searchParams.get('action')),
  });
  return { account, auditEvents, own: viewer?.id === account.userId };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () => changeAccount(request, params['id'] ?? '', form));
}

export default function Account() {
  const { account, auditEvents, own } = useLoaderData<typeof loader>();
  return (
    <Page
      title={account.displayName}
      parent={{ name: 'Accounts', to: '/admin' }}
      badge={<AccountBadge account={account} />}
    >
      <UnscriptedFailure />
      <Panel title="Account" note={account.email}>
        <div className="flex flex-col gap-3">
          <Statistics>
            <Statistic name="Role">{plainName(account.role)}</Statistic>
            <Statistic name="Tier">{plainName(account.tier)}</Statistic>
            <Statistic name="Second factor">{account.secondFactor ? 'Set up' : 'None'}</Statistic>
            <Statistic name="Registered (IST)">
              <ExchangeTime value={account.createdAt} show="date" />
            </Statistic>
            <Statistic name="Last login (IST)">
              <ExchangeTime value={account.lastLoginAt} />
            </Statistic>
          </Statistics>
          {account.suspendedAt && (
            <p className="text-sm">
              Suspended <ExchangeTime value={account.suspendedAt} label />:{' '}
              {account.suspensionReason}
            </p>
          )}
          {account.deletedAt && (
            <p className="text-sm">
              Deleted by its user <ExchangeTime value={account.deletedAt} label />
              {account.erasedAt && (
                <>
                  , erased <ExchangeTime value={account.erasedAt} label />
                </>
              )}
              .
            </p>
          )}
        </div>
      </Panel>
      {own ? (
        <Notice tone="note">
          This is your own account. Another administrator can change its role, tier or state.
        </Notice>
      ) : (
        account.deletedAt === null && (
          <div className="grid items-start gap-4 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <Panel title="Role and tier">
              <div className="grid gap-4 sm:grid-cols-2">
                <RoleForm account={account} />
                <TierForm account={account} />
              </div>
            </Panel>
            <Panel title="Suspension">
              <SuspensionForm account={account} />
            </Panel>
          </div>
        )
      )}
      <Panel
        title="Audit trail"
        note={`${formatCount(auditEvents.totalCount)} in all, without personal data`}
        actions={<AuditFilter />}
        flush
      >
        <AuditTable events={auditEvents.nodes} columns={administratorColumns} />
        <Pager name="the audit trail" pageInfo={auditEvents.pageInfo} />
      </Panel>
    </Page>
  );
}

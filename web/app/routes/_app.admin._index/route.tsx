import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';

import { AccountBadge } from '../../administration/account-badge.tsx';
import { accountStatuses } from '../../administration/account-terms.ts';
import { AdministrationPage } from '../../administration/administration-page.tsx';
import { query } from '../../api.server.ts';
import { Button } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { controlClass } from '../../components/field.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatCount, plainName } from '../../format/names.ts';
import type { AccountsQuery } from '../../generated/graphql.ts';
import { AccountsDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Accounts · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const search = searchParams.get('search')?.trim() || null;
  const status = accountStatuses.find((each) => each === searchParams.get('status')) ?? null;
  const after = searchParams.get('after');
  const { accounts } = await query(request, AccountsDocument, { after, search, status });
  return { accounts, search, status };
}

type Account = AccountsQuery['accounts']['nodes'][number];

const columns: readonly Column<Account>[] = [
  {
    heading: 'Account',
    names: true,
    cell: (account) => (
      <>
        <TextLink to={`/admin/accounts/${account.id}`}>{account.displayName}</TextLink>
        <span className="block text-xs font-normal break-all text-ink-soft">{account.email}</span>
      </>
    ),
  },
  { heading: 'State', cell: (account) => <AccountBadge account={account} /> },
  { heading: 'Role', from: 'medium', cell: (account) => plainName(account.role) },
  { heading: 'Tier', from: 'medium', cell: (account) => plainName(account.tier) },
  {
    heading: 'Second factor',
    from: 'wide',
    cell: (account) => (account.secondFactor ? 'Yes' : 'No'),
  },
  {
    heading: 'Registered (IST)',
    from: 'wide',
    cell: (account) => <ExchangeTime value={account.createdAt} show="date" />,
  },
  {
    heading: 'Last login (IST)',
    from: 'wide',
    cell: (account) => <ExchangeTime value={account.lastLoginAt} />,
  },
];

export default function Accounts() {
  const { accounts, search, status } = useLoaderData<typeof loader>();
  return (
    <AdministrationPage>
      <Panel
        title="Accounts"
        note={`${formatCount(accounts.totalCount)} in all`}
        actions={
          <Form role="search" className="flex flex-wrap gap-2">
            <input
              type="search"
              name="search"
              aria-label="Search accounts"
              placeholder="Email or name"
              defaultValue={search ?? ''}
              className={`${controlClass} w-44!`}
            />
            <select
              name="status"
              aria-label="State"
              defaultValue={status ?? ''}
              className={`${controlClass} w-auto!`}
            >
              <option value="">All</option>
              {accountStatuses.map((each) => (
                <option key={each} value={each}>
                  {plainName(each)}
                </option>
              ))}
            </select>
            <Button type="submit">Search</Button>
          </Form>
        }
        flush
      >
        <DataTable
          caption="Accounts"
          columns={columns}
          rows={accounts.nodes}
          rowKey={(account) => account.id}
          empty={<EmptyState>No account is like that.</EmptyState>}
        />
        <Pager name="accounts" pageInfo={accounts.pageInfo} />
      </Panel>
    </AdministrationPage>
  );
}

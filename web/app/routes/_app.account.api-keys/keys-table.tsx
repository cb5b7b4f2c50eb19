import { scopeName } from '../../account/api-scopes.ts';
import { Badge } from '../../components/badge.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import type { ApiKeysQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

/** A key, and whether it still opened anything when the page was made. */
export type KeyRow = ApiKeysQuery['apiKeys']['nodes'][number] & {
  readonly state: 'works' | 'expired' | 'revoked';
};

const columns: readonly Column<KeyRow>[] = [
  {
    heading: 'Key',
    names: true,
    cell: (key) => (
      <>
        <span className="break-words">{key.name}</span>
        <span className="block font-mono text-xs font-normal text-ink-soft">{key.prefix}…</span>
      </>
    ),
  },
  {
    heading: 'May',
    from: 'medium',
    cell: (key) => (
      <span className="text-xs text-ink-soft">
        {key.scopes.map(scopeName).join(', ')}
        {key.allowedIps.length > 0 && (
          <span className="block">from {key.allowedIps.join(', ')}</span>
        )}
      </span>
    ),
  },
  {
    heading: 'Last used (IST)',
    from: 'wide',
    cell: (key) =>
      key.lastUsedAt ? (
        <>
          <ExchangeTime value={key.lastUsedAt} />
          <span className="block text-xs text-ink-soft">{key.lastIpAddress}</span>
        </>
      ) : (
        'Never'
      ),
  },
  {
    heading: 'Ends (IST)',
    from: 'medium',
    cell: (key) =>
      key.expiresAt ? <ExchangeTime value={key.expiresAt} show="date" /> : 'When revoked',
  },
  { heading: 'State', figure: true, cell: (key) => <State apiKey={key} /> },
];

function State({ apiKey }: { readonly apiKey: KeyRow }) {
  if (apiKey.state === 'works') return <Revoke apiKey={apiKey} />;
  return <Badge>{apiKey.state === 'revoked' ? 'Revoked' : 'Expired'}</Badge>;
}

function Revoke({ apiKey }: { readonly apiKey: KeyRow }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('revoke');
  const failure = formError(answer?.failure);
  return (
    <Confirm opener="Revoke" of={apiKey.name} title={`Revoke ${apiKey.name}?`}>
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Whatever uses it stops at once: requests are refused and sockets close. It cannot be taken
          back.
        </p>
        {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
        <input type="hidden" name="id" value={apiKey.id} />
        <ConfirmActions value="revoke" busy={busy}>
          Revoke key
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

/** The keys of the account, newest first. */
export function KeysTable({ keys }: { readonly keys: readonly KeyRow[] }) {
  return (
    <DataTable
      caption="API keys"
      columns={columns}
      rows={keys}
      rowKey={(key) => key.id}
      empty={
        <EmptyState>
          No key yet. A key lets a script or a notebook act for you, within what you allow it.
        </EmptyState>
      }
    />
  );
}

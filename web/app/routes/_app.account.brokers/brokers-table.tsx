import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import { plainName } from '../../format/names.ts';
import type { BrokersQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

type Connection = BrokersQuery['brokerConnections']['nodes'][number];

const columns: readonly Column<Connection>[] = [
  { heading: 'Name', names: true, cell: (connection) => connection.label },
  { heading: 'Broker', cell: (connection) => plainName(connection.broker) },
  {
    heading: 'API key',
    from: 'medium',
    cell: (connection) => (
      <span className="font-mono text-xs">
        <span className="sr-only">ends in </span>
        <span aria-hidden>••••</span>
        {connection.apiKeyEnding}
      </span>
    ),
  },
  {
    heading: 'Connected (IST)',
    from: 'medium',
    cell: (connection) => <ExchangeTime value={connection.createdAt} />,
  },
  {
    heading: 'Disconnect',
    figure: true,
    cell: (connection) => <Disconnect connection={connection} />,
  },
];

function Disconnect({ connection }: { readonly connection: Connection }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('disconnect');
  const failure = formError(answer?.failure);
  return (
    <Confirm opener="Disconnect" of={connection.label} title={`Disconnect ${connection.label}?`}>
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Its key and secret are destroyed here. Open positions stay with the broker.
        </p>
        {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
        <input type="hidden" name="id" value={connection.id} />
        <ConfirmActions value="disconnect" busy={busy}>
          Disconnect
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

/** The brokers the account can reach. */
export function BrokersTable({ connections }: { readonly connections: readonly Connection[] }) {
  return (
    <DataTable
      caption="Broker connections"
      columns={columns}
      rows={connections}
      rowKey={(connection) => connection.id}
      empty={
        <EmptyState>
          No broker is connected. Paper portfolios need none: they trade on replayed markets.
        </EmptyState>
      }
    />
  );
}

import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import { plainName } from '../../format/names.ts';
import type { BrokersQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

/** A connection with the portfolio that it has. */
type Connection = BrokersQuery['brokerConnections']['nodes'][number] & {
  readonly portfolio: BrokersQuery['portfolios']['nodes'][number] | undefined;
};

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
  { heading: 'Portfolio', cell: (connection) => <PortfolioOf connection={connection} /> },
  {
    heading: 'Disconnect',
    figure: true,
    cell: (connection) => <Disconnect connection={connection} />,
  },
];

function PortfolioOf({ connection }: { readonly connection: Connection }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('portfolio');
  const failure = formError(answer?.failure);
  const { id, label, portfolio } = connection;
  if (portfolio !== undefined) {
    return <TextLink to={`/portfolios/${portfolio.id}`}>{portfolio.name}</TextLink>;
  }
  return (
    <Confirm opener="Make one" of={label} title={`A portfolio of ${label}`}>
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">Its orders go to the broker, and its money is real.</p>
        {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
        <input type="hidden" name="id" value={id} />
        <TextField label="Name" name="name" defaultValue={label} required maxLength={80} />
        <TextField label="Held to begin with (₹)" name="capital" inputMode="decimal" required />
        <ConfirmActions value="portfolio" busy={busy}>
          Make the portfolio
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

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
export function BrokersTable({
  connections,
  portfolios,
}: {
  readonly connections: BrokersQuery['brokerConnections']['nodes'];
  readonly portfolios: BrokersQuery['portfolios']['nodes'];
}) {
  const rows = connections.map((connection) => ({
    ...connection,
    portfolio: portfolios.find(({ brokerAccount }) => brokerAccount?.id === connection.id),
  }));
  return (
    <DataTable
      caption="Broker connections"
      columns={columns}
      rows={rows}
      rowKey={(connection) => connection.id}
      empty={
        <EmptyState>
          No broker is connected. Paper portfolios need none: they trade on replayed markets.
        </EmptyState>
      }
    />
  );
}

import type { ReactNode } from 'react';

import { Price } from '../components/amount.tsx';
import { StatusBadge } from '../components/badge.tsx';
import type { Column, Group } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { TextLink } from '../components/text-link.tsx';
import { formatQuantity } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import type { OrderRowFragment } from '../generated/graphql.ts';
import { orderDetails } from './order-details.ts';
import { orderTypeNames } from './order-type-names.ts';

const columns: readonly Column<OrderRowFragment>[] = [
  { heading: 'Instrument', names: true, cell: (order) => order.instrument.tradingSymbol },
  {
    heading: 'Market time (IST)',
    from: 'medium',
    cell: (order) => <ExchangeTime value={order.marketTime} />,
  },
  { heading: 'Side', cell: (order) => plainName(order.side) },
  {
    heading: 'Type',
    from: 'wide',
    cell: (order) => (
      <>
        {`${orderTypeNames[order.type]}, ${order.product}`}
        {order.validity !== 'DAY' && `, ${order.validity}`}
        {order.tag && <span className="block text-xs text-ink-soft">{order.tag}</span>}
      </>
    ),
  },
  {
    heading: 'Price',
    from: 'medium',
    figure: true,
    cell: (order) => (
      <>
        <Price value={order.price} />
        {order.triggerPrice && (
          <span className="block text-xs text-ink-soft">
            trigger <Price value={order.triggerPrice} />
          </span>
        )}
      </>
    ),
  },
  {
    heading: 'Filled',
    figure: true,
    cell: (order) => `${formatQuantity(order.filledQuantity)} / ${formatQuantity(order.quantity)}`,
  },
  {
    heading: 'Average',
    figure: true,
    from: 'medium',
    cell: (order) => <Price value={order.averagePrice} />,
  },
  {
    heading: 'Status',
    cell: (order) => (
      <span className="flex flex-col items-start gap-0.5">
        <StatusBadge status={order.status} />
        {order.statusMessage && (
          <span className="max-w-72 text-xs text-ink-soft">{order.statusMessage}</span>
        )}
      </span>
    ),
  },
  {
    heading: 'From',
    from: 'medium',
    cell: (order) =>
      order.agent ? (
        <TextLink to={`/agents/${order.agent.id}`}>{order.agent.name}</TextLink>
      ) : (
        plainName(order.source)
      ),
  },
  {
    heading: 'Client order id',
    from: 'wide',
    cell: (order) => <code className="text-xs text-ink-soft">{order.clientOrderId}</code>,
  },
];

const kindNames = {
  SLICED: 'Sliced order',
  BASKET: 'Basket',
  BRACKET: 'Bracket',
  EXIT: 'Exit',
} as const;

/** The request of an order that came with others. */
function groupOf({ request }: OrderRowFragment): Group | null {
  if (request.kind === 'SINGLE') return null;
  return {
    key: request.id,
    heading: (
      <span className="flex flex-wrap items-center gap-2">
        {kindNames[request.kind]} <StatusBadge status={request.state} />
      </span>
    ),
  };
}

/**
 * Orders of one request stand together, where the newest of them stood, by the order of sending. Each
 * came with its request as that stood then: the one that changed last tells how it stands now.
 */
function together(orders: readonly OrderRowFragment[]): readonly OrderRowFragment[] {
  const requests = new Map<string, OrderRowFragment[]>();
  for (const order of orders) {
    requests.set(order.request.id, [...(requests.get(order.request.id) ?? []), order]);
  }
  return [...requests.values()].flatMap((legs) => {
    const { request } = legs.reduce((last, leg) =>
      Date.parse(leg.updatedAt) > Date.parse(last.updatedAt) ? leg : last,
    );
    return legs
      .map((leg) => ({ ...leg, request }))
      .toSorted((one, other) => one.legNumber - other.legNumber);
  });
}

/** Orders with their true state, and the broker's or our word on it. */
export function OrdersTable({
  caption,
  orders,
  empty,
  actions,
}: {
  readonly caption: string;
  readonly orders: readonly OrderRowFragment[];
  readonly empty: ReactNode;
  /** What can be done to an order. */
  readonly actions?: (order: OrderRowFragment) => ReactNode;
}) {
  return (
    <DataTable
      caption={caption}
      columns={actions === undefined ? columns : [...columns, { heading: '', cell: actions }]}
      rows={together(orders)}
      rowKey={(order) => order.id}
      groupOf={groupOf}
      detailOf={(order) => orderDetails(order).join(' · ') || null}
      empty={empty}
    />
  );
}

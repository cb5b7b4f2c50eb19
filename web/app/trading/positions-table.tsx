import type { ReactNode } from 'react';

import { Price, ProfitAndLoss } from '../components/amount.tsx';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { formatQuantity, signOf } from '../format/money.ts';
import type { PositionRowFragment } from '../generated/graphql.ts';

const columns: readonly Column<PositionRowFragment>[] = [
  { heading: 'Instrument', names: true, cell: (position) => position.instrument.tradingSymbol },
  { heading: 'Product', from: 'medium', cell: (position) => position.product },
  { heading: 'Side', cell: (position) => sides[`${signOf(position.quantity)}`] },
  { heading: 'Qty', figure: true, cell: (position) => formatQuantity(position.quantity) },
  {
    heading: 'Broker avg',
    figure: true,
    from: 'medium',
    cell: (position) => <Price value={position.averagePrice} />,
  },
  { heading: 'Last', figure: true, cell: (position) => <Price value={position.lastPrice} /> },
  {
    heading: 'Realised',
    figure: true,
    from: 'medium',
    cell: (position) => <ProfitAndLoss value={position.realisedPnl} />,
  },
  {
    heading: 'Unrealised',
    figure: true,
    cell: (position) => <ProfitAndLoss value={position.unrealisedPnl} className="font-medium" />,
  },
];

const sides = { '-1': 'Short', '0': 'Closed', '1': 'Long' } as const;

/** Positions as the broker keeps them, marked with the latest price of the feed. */
export function PositionsTable({
  positions,
  empty,
  actions,
}: {
  readonly positions: readonly PositionRowFragment[];
  readonly empty: ReactNode;
  /** What can be done to a position. */
  readonly actions?: (position: PositionRowFragment) => ReactNode;
}) {
  return (
    <DataTable
      caption="Positions"
      columns={actions === undefined ? columns : [...columns, { heading: '', cell: actions }]}
      rows={positions}
      rowKey={(position) => `${position.instrument.id} ${position.product}`}
      empty={empty}
    />
  );
}

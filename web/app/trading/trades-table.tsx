import type { ReactNode } from 'react';

import { Price, ProfitAndLoss, Rupees } from '../components/amount.tsx';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { formatQuantity } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import type { TradeRowFragment } from '../generated/graphql.ts';

const columns: readonly Column<TradeRowFragment>[] = [
  { heading: 'Instrument', names: true, cell: (trade) => trade.instrument.tradingSymbol },
  { heading: 'Side', cell: (trade) => plainName(trade.direction) },
  { heading: 'Qty', figure: true, cell: (trade) => formatQuantity(trade.quantity) },
  {
    heading: 'Entry (IST)',
    from: 'medium',
    cell: (trade) => <ExchangeTime value={trade.entryAt} />,
  },
  { heading: 'Entry ₹', figure: true, cell: (trade) => <Price value={trade.entryPrice} /> },
  {
    heading: 'Entry by',
    from: 'wide',
    cell: (trade) => <span className="block min-w-32 text-xs">{trade.entryReason ?? '–'}</span>,
  },
  {
    heading: 'Exit (IST)',
    from: 'medium',
    cell: (trade) =>
      trade.exitAt ? <ExchangeTime value={trade.exitAt} show={exitShow(trade)} /> : 'Open',
  },
  {
    heading: 'Exit ₹',
    figure: true,
    from: 'medium',
    cell: (trade) => <Price value={trade.exitPrice} />,
  },
  {
    heading: 'Exit by',
    from: 'wide',
    cell: (trade) => (trade.exitReason ? plainName(trade.exitReason) : '–'),
  },
  {
    heading: 'Gross',
    figure: true,
    from: 'medium',
    cell: (trade) => <ProfitAndLoss value={trade.grossPnl} />,
  },
  {
    heading: 'Charges',
    figure: true,
    from: 'wide',
    cell: (trade) => <Rupees value={trade.charges.total} />,
  },
  {
    heading: 'Net',
    figure: true,
    cell: (trade) => <ProfitAndLoss value={trade.netPnl} className="font-medium" />,
  },
];

/** An exit on the day of its entry needs no date. */
function exitShow(trade: TradeRowFragment): 'time' | 'date and time' {
  const day = (instant: string) => Math.floor((Date.parse(instant) + 330 * 60_000) / 86_400_000);
  return trade.exitAt && day(trade.exitAt) === day(trade.entryAt) ? 'time' : 'date and time';
}

/** Round trips with what each brought, before and after its charges. */
export function TradesTable({
  caption,
  trades,
  empty,
  actions,
}: {
  readonly caption: string;
  readonly trades: readonly TradeRowFragment[];
  readonly empty: ReactNode;
  /** What can be done to a trade. */
  readonly actions?: (trade: TradeRowFragment) => ReactNode;
}) {
  return (
    <DataTable
      caption={caption}
      columns={actions === undefined ? columns : [...columns, { heading: '', cell: actions }]}
      rows={trades}
      rowKey={(trade) => trade.id}
      empty={empty}
    />
  );
}

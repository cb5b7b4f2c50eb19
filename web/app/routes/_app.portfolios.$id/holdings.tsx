import { Percent, Price, ProfitAndLoss } from '../../components/amount.tsx';
import { Badge } from '../../components/badge.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { PositionActions } from '../../trading/position-actions.tsx';
import { formatQuantity, signOf } from '../../format/money.ts';
import type { PortfolioQuery } from '../../generated/graphql.ts';

type Portfolio = NonNullable<PortfolioQuery['portfolio']>;
type Holding = Portfolio['holdings'][number];

const columns: readonly Column<Holding>[] = [
  { heading: 'Instrument', names: true, cell: (holding) => holding.instrument.tradingSymbol },
  { heading: 'Qty', figure: true, cell: (holding) => <Quantity holding={holding} /> },
  {
    heading: 'Sellable',
    figure: true,
    from: 'wide',
    cell: (holding) => formatQuantity(holding.sellableQuantity),
  },
  {
    heading: 'Avg cost',
    figure: true,
    from: 'medium',
    cell: (holding) => <Price value={holding.averagePrice} />,
  },
  { heading: 'Last', figure: true, cell: (holding) => <Price value={holding.lastPrice} /> },
  {
    heading: 'Day',
    figure: true,
    from: 'medium',
    cell: (holding) => <Percent value={holding.dayChangePercent} />,
  },
  {
    heading: 'P&L',
    figure: true,
    cell: (holding) => <ProfitAndLoss value={holding.pnl} className="font-medium" />,
  },
];

function Quantity({ holding }: { readonly holding: Holding }) {
  const { openingQuantity, t1Quantity, usedQuantity } = holding;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-1.5">
      {signOf(t1Quantity) !== 0 && (
        <Badge tone="caution">{`T1 ${formatQuantity(t1Quantity)}`}</Badge>
      )}
      {signOf(usedQuantity) !== 0 && <Badge>{`sold ${formatQuantity(usedQuantity)}`}</Badge>}
      {formatQuantity(openingQuantity)}
    </span>
  );
}

/** Shares for delivery carried into the day: T1 is in settlement, what was sold today stands beside. */
export function Holdings({
  portfolio,
  protections,
}: {
  readonly portfolio: Portfolio;
  readonly protections: PortfolioQuery['protections']['nodes'];
}) {
  const actions = ({ instrument, product }: Holding) => {
    const position = portfolio.positions.find(
      (held) => held.instrument.id === instrument.id && held.product === product,
    );
    return (
      position && (
        <PositionActions portfolioId={portfolio.id} position={position} protections={protections} />
      )
    );
  };
  return (
    <Panel title="Holdings" note="Cost first in, first out" flush>
      <DataTable
        caption="Holdings"
        columns={[...columns, { heading: '', cell: actions }]}
        rows={portfolio.holdings}
        rowKey={(holding) => `${holding.instrument.id} ${holding.product}`}
        empty={<EmptyState>No shares were carried into the day.</EmptyState>}
      />
    </Panel>
  );
}

import { Link } from '@remix-run/react';

import { Price, ProfitAndLoss } from '../../components/amount.tsx';
import { classNames } from '../../components/class-names.ts';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatQuantity, signOf } from '../../format/money.ts';
import type { PortfolioQuery, PositionRowFragment } from '../../generated/graphql.ts';
import { ExitAll } from '../../trading/exit-forms.tsx';
import { PositionActions } from '../../trading/position-actions.tsx';
import { PositionsTable } from '../../trading/positions-table.tsx';

type Portfolio = NonNullable<PortfolioQuery['portfolio']>;
type Position = Portfolio['positions'][number];

/** A position with the figures of the view that is shown. */
interface Viewed extends Omit<Position, 'day' | 'net'> {
  readonly figures: Position['net'];
}

const views = {
  net: { name: 'Net', note: 'Carried and traded today' },
  day: { name: 'Day', note: 'Traded today' },
  all: { name: 'All', note: 'Since the portfolio began, by the broker’s average price' },
} as const;

/** How positions can be looked at. */
export type PositionsView = keyof typeof views;

/** The view that an address names; an unknown one is the net view. */
export function positionsViewOf(text: string | null): PositionsView {
  return text === 'day' || text === 'all' ? text : 'net';
}

const columns: readonly Column<Viewed>[] = [
  { heading: 'Instrument', names: true, cell: (position) => position.instrument.tradingSymbol },
  { heading: 'Product', from: 'medium', cell: (position) => position.product },
  { heading: 'Qty', figure: true, cell: ({ figures }) => formatQuantity(figures.quantity) },
  {
    heading: 'Bought',
    figure: true,
    from: 'wide',
    cell: ({ figures }) => <Traded quantity={figures.buyQuantity} price={figures.buyPrice} />,
  },
  {
    heading: 'Sold',
    figure: true,
    from: 'wide',
    cell: ({ figures }) => <Traded quantity={figures.sellQuantity} price={figures.sellPrice} />,
  },
  {
    heading: 'Avg',
    figure: true,
    from: 'medium',
    cell: ({ figures }) => <Price value={figures.averagePrice} />,
  },
  { heading: 'Last', figure: true, cell: (position) => <Price value={position.lastPrice} /> },
  {
    heading: 'Today',
    figure: true,
    from: 'medium',
    cell: ({ figures }) => <ProfitAndLoss value={figures.markToMarket} />,
  },
  {
    heading: 'P&L',
    figure: true,
    cell: ({ figures }) => <ProfitAndLoss value={figures.pnl} className="font-medium" />,
  },
];

function Traded({ quantity, price }: { readonly quantity: string; readonly price: string | null }) {
  if (signOf(quantity) === 0) return <>–</>;
  return (
    <span className="whitespace-nowrap">
      {formatQuantity(quantity)} @ <Price value={price} />
    </span>
  );
}

/** Positions as the broker shows them: net, of the day alone, or all since the beginning. */
export function Positions({
  portfolio,
  protections,
  view,
}: {
  readonly portfolio: Portfolio;
  readonly protections: PortfolioQuery['protections']['nodes'];
  readonly view: PositionsView;
}) {
  const { positions } = portfolio;
  const actions = (position: PositionRowFragment) => (
    <PositionActions portfolioId={portfolio.id} position={position} protections={protections} />
  );
  return (
    <Panel
      title="Positions"
      note={views[view].note}
      actions={
        <span className="flex flex-wrap items-center gap-2">
          <ViewSwitch view={view} />
          <ExitAll portfolio={portfolio} />
        </span>
      }
      flush
    >
      {view === 'all' ? (
        <PositionsTable
          positions={positions}
          actions={actions}
          empty={<EmptyState>Nothing was traded.</EmptyState>}
        />
      ) : (
        <DataTable
          caption="Positions"
          columns={[...columns, { heading: '', cell: actions }]}
          rows={viewed(positions, view)}
          rowKey={(position) => `${position.instrument.id} ${position.product}`}
          empty={<EmptyState>{nothing[view]}</EmptyState>}
        />
      )}
    </Panel>
  );
}

const nothing = {
  net: 'Nothing was traded today, and nothing was carried but holdings.',
  day: 'Nothing was traded today.',
} as const;

function viewed(positions: readonly Position[], view: 'net' | 'day'): Viewed[] {
  return positions
    .map(({ day, net, ...position }) => ({ ...position, figures: view === 'day' ? day : net }))
    .filter(
      ({ figures }) => signOf(figures.buyQuantity) !== 0 || signOf(figures.sellQuantity) !== 0,
    );
}

function ViewSwitch({ view }: { readonly view: PositionsView }) {
  return (
    <nav aria-label="View of positions">
      <ul className="flex rounded-md border border-rule text-xs">
        {Object.entries(views).map(([key, { name }]) => (
          <li key={key} className="not-first:border-l not-first:border-rule">
            <Link
              to={`?positions=${key}`}
              preventScrollReset
              aria-current={key === view ? 'page' : undefined}
              className={classNames(
                'flex min-h-8 items-center px-3',
                key === view ? 'bg-accent-soft font-medium text-accent' : 'text-ink-soft',
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

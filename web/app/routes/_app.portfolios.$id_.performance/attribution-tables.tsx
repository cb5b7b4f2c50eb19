import { Percent, ProfitAndLoss, Rupees } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatQuantity, formatRatio } from '../../format/money.ts';
import type {
  AttributionDimension,
  PartFragment,
  PerformanceQuery,
} from '../../generated/graphql.ts';
import { makesPairs } from './choices.ts';

type Performance = NonNullable<NonNullable<PerformanceQuery['portfolio']>['performance']>;
type Part = Performance['attribution'][number];
type Pair = NonNullable<Performance['correlations']>[number];

/** What a part is told apart by, in words. */
function nameOf({ period, agent, strategy, instrument }: PartFragment): string {
  return period ?? agent?.name ?? strategy?.name ?? instrument?.tradingSymbol ?? 'By hand';
}

function keyOf({ period, agent, strategy, instrument }: PartFragment): string {
  return period ?? agent?.id ?? strategy?.id ?? instrument?.id ?? 'by hand';
}

const columns: readonly Column<Part>[] = [
  { heading: 'Part', names: true, cell: ({ key }) => nameOf(key) },
  { heading: 'Trades', figure: true, from: 'medium', cell: (part) => formatQuantity(part.trades) },
  { heading: 'Gross', figure: true, cell: (part) => <ProfitAndLoss value={part.grossPnl} /> },
  { heading: 'Charges', figure: true, cell: (part) => <Rupees value={part.charges} /> },
  {
    heading: 'Net',
    figure: true,
    cell: (part) => <ProfitAndLoss value={part.netPnl} className="font-medium" />,
  },
  {
    heading: 'Of equity before',
    figure: true,
    from: 'medium',
    cell: (part) => <Percent value={part.contributionPercent} />,
  },
];

const periodColumns: readonly Column<Part>[] = [
  ...columns,
  { heading: 'Return', figure: true, cell: (part) => <Percent value={part.returnPercent} /> },
];

/** The result taken apart; the parts sum to the whole to the paisa. */
export function AttributionTable({
  parts,
  by,
}: {
  readonly parts: readonly Part[];
  readonly by: AttributionDimension;
}) {
  return (
    <DataTable
      caption="Where it came from"
      columns={makesPairs(by) ? columns : periodColumns}
      rows={parts}
      rowKey={({ key }) => keyOf(key)}
      empty={<EmptyState>Nothing was earned or lost in these days.</EmptyState>}
    />
  );
}

const pairColumns: readonly Column<Pair>[] = [
  { heading: 'One', names: true, cell: ({ first }) => nameOf(first) },
  { heading: 'Other', cell: ({ second }) => nameOf(second) },
  {
    heading: 'Correlation',
    figure: true,
    cell: ({ correlation }) => formatRatio(correlation),
  },
];

/** Which parts win and lose together: 1 always, -1 never. */
export function CorrelationTable({ pairs }: { readonly pairs: readonly Pair[] }) {
  return (
    <DataTable
      caption="What went together"
      columns={pairColumns}
      rows={pairs}
      rowKey={({ first, second }) => `${keyOf(first)} ${keyOf(second)}`}
      empty={<EmptyState>There are no two parts to compare.</EmptyState>}
    />
  );
}

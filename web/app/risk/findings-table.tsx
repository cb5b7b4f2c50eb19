import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { DataTable } from '../components/data-table.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { formError } from '../form-failure.ts';
import { formatQuantity, formatRupees } from '../format/money.ts';
import type { DifferenceKind, FindingFragment } from '../generated/graphql.ts';
import type { RiskAnswer } from './change-risk.server.ts';

const names: Readonly<Record<DifferenceKind, string>> = {
  ORDER_UNKNOWN_TO_US: 'Order of another hand',
  ORDER_ABSENT_AT_BROKER: 'Order missing there',
  ORDER_DIFFERS: 'Order stands otherwise',
  POSITION_DIFFERS: 'Position',
  AVAILABLE_FUNDS_DIFFER: 'Available funds',
  UTILISED_FUNDS_DIFFER: 'Utilised funds',
};

/** Where a broker's books and ours differ or differed, with the numbers of both sides. */
export function FindingsTable({ findings }: { readonly findings: readonly FindingFragment[] }) {
  return (
    <DataTable
      caption="Differences at the broker"
      rows={findings}
      rowKey={({ id }) => id}
      empty={
        <EmptyState>
          Orders, positions and funds agree. What differs in two readings in a row stands here.
        </EmptyState>
      }
      columns={[
        { heading: 'What', names: true, cell: (finding) => <What finding={finding} /> },
        {
          heading: 'Here',
          figure: true,
          cell: ({ ourStatus, ourQuantity, ourAmount }) =>
            sideOf(ourStatus, ourQuantity, ourAmount),
        },
        {
          heading: 'At the broker',
          figure: true,
          cell: ({ brokerStatus, brokerQuantity, brokerAmount }) =>
            sideOf(brokerStatus, brokerQuantity, brokerAmount),
        },
        { heading: 'Portfolio', from: 'medium', cell: ({ portfolio }) => portfolio.name },
        {
          heading: 'Since (IST)',
          from: 'wide',
          cell: ({ openedAt }) => <ExchangeTime value={openedAt} />,
        },
        { heading: 'State', cell: (finding) => <FindingState finding={finding} /> },
      ]}
    />
  );
}

function What({ finding }: { readonly finding: FindingFragment }) {
  const { kind, instrument, product, brokerOrderId } = finding;
  const of = [instrument?.tradingSymbol, product, brokerOrderId].filter((word) => word != null);
  return (
    <span className="flex flex-col">
      {names[kind]}
      {of.length > 0 && <span className="text-sm text-ink-soft">{of.join(' · ')}</span>}
    </span>
  );
}

function sideOf(
  status: string | null | undefined,
  quantity: string | null | undefined,
  amount: string | null | undefined,
): string {
  if (amount != null) return formatRupees(amount);
  if (status == null && quantity == null) return 'None';
  const word = status == null ? '' : `${status.charAt(0)}${status.slice(1).toLowerCase()} `;
  return `${word.replaceAll('_', ' ')}${quantity == null ? '' : formatQuantity(quantity)}`;
}

function FindingState({ finding }: { readonly finding: FindingFragment }) {
  const { id, kind, endedAt, acknowledgedAt } = finding;
  const { Form, ref, answer, busy } = useForm<RiskAnswer>(`finding ${id}`);
  if (endedAt != null) return <Badge>Ended</Badge>;
  if (acknowledgedAt != null) return <Badge>Noted</Badge>;
  const general = formError(answer?.failure);
  return (
    <Form ref={ref} method="post" className="flex flex-col items-start gap-1">
      <input type="hidden" name="finding" value={id} />
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      <Button
        type="submit"
        name="intent"
        value="finding"
        disabled={busy}
        aria-label={`Take note of ${names[kind]}`}
      >
        Take note
      </Button>
    </Form>
  );
}

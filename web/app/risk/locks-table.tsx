import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { DataTable } from '../components/data-table.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { formError } from '../form-failure.ts';
import type { LockFragment } from '../generated/graphql.ts';
import type { RiskAnswer } from './change-risk.server.ts';
import { formatLimit, limitTerms } from './limit-terms.ts';

/** Limits of loss and profit that were reached; those that hold can be released. */
export function LocksTable({
  locks,
  nameOf,
}: {
  readonly locks: readonly LockFragment[];
  /** Whose lock it is. */
  readonly nameOf: (lock: LockFragment) => string;
}) {
  return (
    <DataTable
      caption="Locks"
      rows={locks}
      rowKey={({ id }) => id}
      empty={
        <EmptyState>
          No limit of loss or profit was reached. When one is, entries wait here.
        </EmptyState>
      }
      columns={[
        { heading: 'Limit', names: true, cell: ({ kind }) => limitTerms[kind].name },
        { heading: 'Whose', cell: nameOf },
        {
          heading: 'Reached with',
          figure: true,
          cell: ({ kind, actual, limit }) =>
            `${formatLimit(kind, actual)} of ${formatLimit(kind, limit)}`,
        },
        {
          heading: 'Market time (IST)',
          from: 'medium',
          cell: ({ lockedAt }) => <ExchangeTime value={lockedAt} />,
        },
        {
          heading: 'Ends (IST)',
          from: 'wide',
          cell: ({ endsAt }) =>
            endsAt == null ? 'When released' : <ExchangeTime value={endsAt} />,
        },
        { heading: 'State', cell: (lock) => <LockState lock={lock} /> },
      ]}
    />
  );
}

function LockState({ lock }: { readonly lock: LockFragment }) {
  const { Form, ref, answer, busy } = useForm<RiskAnswer>(`lock ${lock.id}`);
  if (!lock.holds) return <Badge>{lock.releasedAt == null ? 'Ended' : 'Released'}</Badge>;
  const general = formError(answer?.failure);
  return (
    <Form ref={ref} method="post" className="flex flex-col items-start gap-1">
      <input type="hidden" name="lock" value={lock.id} />
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      <Button
        type="submit"
        name="intent"
        value="lock"
        disabled={busy}
        aria-label={`Release ${limitTerms[lock.kind].name}`}
      >
        Release
      </Button>
    </Form>
  );
}

import type { ReactNode } from 'react';

import { Price } from '../../components/amount.tsx';
import { StatusBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import { formatQuantity } from '../../format/money.ts';
import { plainName } from '../../format/names.ts';
import type { GttRowFragment } from '../../generated/graphql.ts';
import { LegFields } from './leg-fields.tsx';
import type { action } from './route.tsx';

type Leg = GttRowFragment['legs'][number];

const columns: readonly Column<GttRowFragment>[] = [
  { heading: 'Instrument', names: true, cell: (gtt) => gtt.instrument.tradingSymbol },
  { heading: 'Side', cell: (gtt) => plainName(gtt.side) },
  { heading: 'Product', from: 'wide', cell: (gtt) => gtt.product },
  {
    heading: 'Trigger',
    figure: true,
    cell: (gtt) => (
      <Legs legs={gtt.legs}>
        {(leg) => (
          <>
            <span aria-label={leg.direction === 'AT_OR_BELOW' ? 'at or below' : 'at or above'}>
              {leg.direction === 'AT_OR_BELOW' ? '≤' : '≥'}
            </span>{' '}
            <Price value={leg.triggerPrice} />
          </>
        )}
      </Legs>
    ),
  },
  {
    heading: 'Limit',
    figure: true,
    from: 'medium',
    cell: (gtt) => <Legs legs={gtt.legs}>{(leg) => <Price value={leg.price} />}</Legs>,
  },
  {
    heading: 'Qty',
    figure: true,
    cell: (gtt) => <Legs legs={gtt.legs}>{(leg) => formatQuantity(leg.quantity)}</Legs>,
  },
  {
    heading: 'Price then',
    figure: true,
    from: 'wide',
    cell: (gtt) => <Price value={gtt.lastPrice} />,
  },
  {
    heading: 'Status',
    cell: (gtt) => (
      <span className="flex flex-col items-start gap-0.5">
        <StatusBadge status={gtt.status} />
        {gtt.endReason && <span className="max-w-72 text-xs text-ink-soft">{gtt.endReason}</span>}
        {gtt.legs.map(
          ({ number, order }) =>
            order && (
              <span key={number} className="text-xs text-ink-soft">
                {`Order ${plainName(order.status).toLowerCase()}`}
              </span>
            ),
        )}
      </span>
    ),
  },
  {
    heading: 'Until (IST)',
    from: 'medium',
    cell: (gtt) => <ExchangeTime value={gtt.endedAt ?? gtt.expiresAt} />,
  },
  { heading: '', cell: (gtt) => <Changes gtt={gtt} /> },
];

function Legs({
  legs,
  children,
}: {
  readonly legs: readonly Leg[];
  readonly children: (leg: Leg) => ReactNode;
}) {
  return legs.map((leg) => (
    <span key={leg.number} className="block">
      {children(leg)}
    </span>
  ));
}

/** GTTs with their triggers, and what can be done to those that wait. */
export function GttTable({
  gtts,
  empty,
}: {
  readonly gtts: readonly GttRowFragment[];
  readonly empty: ReactNode;
}) {
  return (
    <DataTable caption="GTT" columns={columns} rows={gtts} rowKey={(gtt) => gtt.id} empty={empty} />
  );
}

function Changes({ gtt }: { readonly gtt: GttRowFragment }) {
  if (gtt.status !== 'ACTIVE') return null;
  return (
    <span className="flex flex-wrap justify-end gap-2">
      <Change gtt={gtt} />
      <Cancel gtt={gtt} />
    </span>
  );
}

function nameOf({ side, instrument }: GttRowFragment): string {
  return `the GTT ${side === 'BUY' ? 'buying' : 'selling'} ${instrument.tradingSymbol}`;
}

function Cancel({ gtt }: { readonly gtt: GttRowFragment }) {
  const intent = `cancel ${gtt.id}`;
  const { Form, ref, answer, busy } = useForm<typeof action>(intent);
  const failure = formError(answer?.failure);
  return (
    <Form ref={ref} method="post" className="flex flex-col items-end gap-1">
      <input type="hidden" name="id" value={gtt.id} />
      <Button
        type="submit"
        emphasis="danger"
        name="intent"
        value={intent}
        disabled={busy}
        aria-label={`Cancel ${nameOf(gtt)}`}
      >
        Cancel
      </Button>
      {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
    </Form>
  );
}

function Change({ gtt }: { readonly gtt: GttRowFragment }) {
  const intent = `modify ${gtt.id}`;
  const { Form, ref, answer, busy } = useForm<typeof action>(intent);
  const failure = formError(answer?.failure);
  const single = gtt.legs.length === 1;
  return (
    <Confirm
      opener="Change"
      of={nameOf(gtt)}
      title={`Change ${nameOf(gtt)}`}
      emphasis="secondary"
      closeOn={answer?.failure ? undefined : answer?.idempotencyKey}
    >
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">It is judged as a new one, and its year begins anew.</p>
        {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
        <input type="hidden" name="id" value={gtt.id} />
        {gtt.legs.map((leg) => (
          <div key={leg.number}>
            <input type="hidden" name="leg" value={leg.number} />
            <LegFields
              leg={String(leg.number)}
              legend={
                single
                  ? 'Trigger'
                  : leg.number === 1
                    ? 'The one below the market'
                    : 'The one above the market'
              }
              values={leg}
            />
          </div>
        ))}
        <ConfirmActions value={intent} busy={busy} emphasis="primary">
          Change GTT
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

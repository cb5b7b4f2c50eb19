import type { ReactNode } from 'react';

import { CheckField } from '../components/check-field.tsx';
import { Confirm, ConfirmActions } from '../components/confirm.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { useFormKey } from '../components/use-form-key.ts';
import { fieldError, formError } from '../form-failure.ts';
import { formatQuantity, signOf } from '../format/money.ts';
import type { PositionRowFragment, TradeRowFragment } from '../generated/graphql.ts';
import type { ExitAnswer } from './exit-answer.ts';

/** Leaves one position at the market, in part or whole; nothing for one that is closed. */
export function ExitPosition({
  portfolioId,
  position,
}: {
  readonly portfolioId: string;
  readonly position: PositionRowFragment;
}) {
  if (signOf(position.quantity) === 0) return null;
  const { instrument, product } = position;
  return (
    <ExitForm
      intent={`exit ${portfolioId} ${instrument.id} ${product}`}
      opener="Exit"
      of={`${instrument.tradingSymbol} ${product}`}
      title={`Exit ${instrument.tradingSymbol}, ${product}?`}
      deed="Exit at the market"
      quantity={unsigned(position.quantity)}
    >
      <p className="text-ink-soft">
        {`It ${wayOut(position)} at the market, less what working orders take off already. Agents’ units leave after your own.`}
      </p>
      <input type="hidden" name="id" value={portfolioId} />
      <input type="hidden" name="instrumentId" value={instrument.id} />
      <input type="hidden" name="product" value={product} />
    </ExitForm>
  );
}

/** Leaves everything that a portfolio holds, after saying what that is. */
export function ExitAll({
  portfolio,
}: {
  readonly portfolio: {
    readonly id: string;
    readonly name: string;
    readonly positions: readonly PositionRowFragment[];
  };
}) {
  const open = portfolio.positions.filter(({ quantity }) => signOf(quantity) !== 0);
  if (open.length === 0) return null;
  return (
    <ExitForm
      intent={`exit-all ${portfolio.id}`}
      opener="Exit all"
      of={`positions of ${portfolio.name}`}
      title={`Exit all positions of ${portfolio.name}?`}
      deed="Exit all at the market"
    >
      <p className="text-ink-soft">
        This sends market orders, less what working orders take off already:
      </p>
      <ul aria-label="What leaves" className="flex flex-col gap-0.5 tabular-nums">
        {open.map((position) => (
          <li key={`${position.instrument.id} ${position.product}`}>
            {`${signOf(position.quantity) > 0 ? 'Sell' : 'Buy'} ${formatQuantity(
              unsigned(position.quantity),
            )} ${position.instrument.tradingSymbol}, ${position.product}`}
          </li>
        ))}
      </ul>
      <input type="hidden" name="id" value={portfolio.id} />
      <CheckField
        name="cancelWorkingOrders"
        label="Cancel their working orders first"
        hint="What an order holds until the broker gives it back stays for another exit."
      />
    </ExitForm>
  );
}

/** Closes one open round trip at the market; nothing for one that has ended. */
export function CloseTrade({ trade }: { readonly trade: TradeRowFragment }) {
  if (trade.status !== 'OPEN') return null;
  const { instrument, product } = trade;
  return (
    <ExitForm
      intent={`close ${trade.id}`}
      opener="Close"
      of={`the trade in ${instrument.tradingSymbol}`}
      title={`Close the trade in ${instrument.tradingSymbol}, ${product}?`}
      deed="Close at the market"
      quantity={trade.quantity}
    >
      <p className="text-ink-soft">
        Trades close first in, first out: an older one of the same owner has to go before it.
      </p>
      <input type="hidden" name="id" value={trade.id} />
    </ExitForm>
  );
}

function wayOut({ quantity }: PositionRowFragment): string {
  return signOf(quantity) > 0 ? 'is sold' : 'is bought back';
}

function unsigned(quantity: string): string {
  return quantity.replace(/^-/, '');
}

/** A question with its button; the orders screen answers it, wherever it stands. */
function ExitForm({
  intent,
  opener,
  of,
  title,
  deed,
  quantity,
  children,
}: {
  readonly intent: string;
  readonly opener: string;
  readonly of: string;
  readonly title: string;
  /** What the button of the deed says. */
  readonly deed: string;
  /** Units that may leave; undefined: it is not asked how many. */
  readonly quantity?: string;
  readonly children: ReactNode;
}) {
  const { Form, ref, answer, busy } = useForm<ExitAnswer>(intent);
  const idempotencyKey = useFormKey(answer?.idempotencyKey);
  const failure = answer?.failure;
  const general = formError(failure, ['quantity']);
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      <span role="status" className="text-xs whitespace-nowrap text-ink-soft">
        {answer?.left !== undefined && !failure && leftWords(answer.left)}
      </span>
      <Confirm
        opener={opener}
        of={of}
        title={title}
        closeOn={failure ? undefined : answer?.idempotencyKey}
      >
        <Form ref={ref} method="post" action="/orders" className="flex flex-col gap-3">
          {general !== undefined && <Notice tone="failure">{general}</Notice>}
          <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
          {children}
          {quantity !== undefined && (
            <TextField
              label="Quantity"
              name="quantity"
              inputMode="numeric"
              autoComplete="off"
              // What fills meanwhile must change neither what was typed nor what an empty field means.
              placeholder={`All ${formatQuantity(quantity)}`}
              hint="Left empty, all of it leaves."
              error={fieldError(failure, 'quantity')}
            />
          )}
          <ConfirmActions value={intent} busy={busy}>
            {deed}
          </ConfirmActions>
        </Form>
      </Confirm>
    </span>
  );
}

function leftWords(orders: number): string {
  return orders === 1 ? 'Order sent' : `${orders} orders sent`;
}

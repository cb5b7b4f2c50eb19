import { Button } from '../../components/button.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { OrderRowFragment, OrderStatus } from '../../generated/graphql.ts';
import type { Answer } from './answer.ts';

/** Statuses in which the broker can be asked to change an order or to give the rest back. */
const changeable: readonly OrderStatus[] = ['ACCEPTED', 'PARTIALLY_FILLED'];

/** What can be done to an order that still works; nothing for one that does not. */
export function OrderChanges({ order }: { readonly order: OrderRowFragment }) {
  if (!changeable.includes(order.status)) return null;
  return (
    <span className="flex flex-wrap justify-end gap-2">
      {order.type !== 'MARKET' && <Change order={order} />}
      <Cancel order={order} />
    </span>
  );
}

function nameOf(order: OrderRowFragment): string {
  return `${order.side === 'BUY' ? 'buying' : 'selling'} ${order.instrument.tradingSymbol}`;
}

function Cancel({ order }: { readonly order: OrderRowFragment }) {
  const { Form, ref, answer, busy } = useForm<Answer>(`cancel ${order.id}`);
  const failure = formError(answer?.failure);
  return (
    <Form ref={ref} method="post" className="flex flex-col items-end gap-1">
      <input type="hidden" name="id" value={order.id} />
      <Button
        type="submit"
        emphasis="danger"
        name="intent"
        value={`cancel ${order.id}`}
        disabled={busy}
        aria-label={`Cancel ${nameOf(order)}`}
      >
        Cancel
      </Button>
      {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
    </Form>
  );
}

const fields = ['quantity', 'price', 'triggerPrice'];

function Change({ order }: { readonly order: OrderRowFragment }) {
  const intent = `modify ${order.id}`;
  const { Form, ref, answer, busy } = useForm<Answer>(intent);
  const failure = answer?.failure;
  const general = formError(failure, fields);
  return (
    <Confirm
      opener="Change"
      of={nameOf(order)}
      title={`Change ${nameOf(order)}`}
      emphasis="secondary"
      closeOn={answer?.changed}
    >
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          The broker is asked to change it; until it has answered, it may fill by its old terms.
        </p>
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <input type="hidden" name="id" value={order.id} />
        <TextField
          label="Quantity"
          name="quantity"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={order.quantity}
          error={fieldError(failure, 'quantity')}
        />
        {order.triggerPrice && (
          <TextField
            label="Trigger price (₹)"
            name="triggerPrice"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={order.triggerPrice}
            error={fieldError(failure, 'triggerPrice')}
          />
        )}
        {order.price && (
          <TextField
            label="Limit price (₹)"
            name="price"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={order.price}
            error={fieldError(failure, 'price')}
          />
        )}
        <ConfirmActions value={intent} busy={busy} emphasis="primary">
          Change order
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

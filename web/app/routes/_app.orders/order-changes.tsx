import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import type { OrderRowFragment } from '../../generated/graphql.ts';
import type { Answer } from './answer.ts';
import { ChangeOrder } from './change-order-form.tsx';

/** What can be done to an order that still works; nothing for one that does not. */
export function OrderChanges({ order }: { readonly order: OrderRowFragment }) {
  if (!order.changeable && !order.cancellable) return null;
  return (
    <span className="inline-grid gap-1.5 2xl:grid-flow-col">
      {order.changeable && <ChangeOrder order={order} name={nameOf(order)} />}
      {order.cancellable && <Cancel order={order} />}
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

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { CombinedError } from '@urql/core';

import { mutate, query } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { failureOf } from '../../form-failure.ts';
import { text } from '../../form.server.ts';
import {
  OrdersDocument,
  PlaceBracketDocument,
  PlaceOrderDocument,
} from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { withDeniedField } from '../../trading/denied-field.ts';
import { CloseTrade } from '../../trading/exit-forms.tsx';
import { exit, isExit } from '../../trading/exit.server.ts';
import { isProtect, protect } from '../../trading/protect.server.ts';
import { OrderPlaces } from '../../trading/order-places.tsx';
import { OrdersTable } from '../../trading/orders-table.tsx';
import { TradesTable } from '../../trading/trades-table.tsx';
import type { Answer, To } from './answer.ts';
import { CancelAll } from './cancel-all.tsx';
import { changeOrder } from './change-order.server.ts';
import { OrderChanges } from './order-changes.tsx';
import { OrderForm } from './order-form.tsx';
import { bracketOf, misfitOfBracket, orderOf } from './read-order.server.ts';

export const meta: MetaFunction = () => [{ title: 'Orders · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  const loaded = await query(request, OrdersDocument, { after });
  return { ...loaded, firstPage: after === null, idempotencyKey: crypto.randomUUID() };
}

type Loaded = Awaited<ReturnType<typeof loader>>;

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  if (text(form, 'intent') === '') return place(request, form);
  if (isProtect(form)) return protect(request, form);
  return isExit(form) ? exit(request, form) : changeOrder(request, form);
}

async function place(request: Request, form: FormData) {
  const to = 'place';
  const input = orderOf(form);
  try {
    const bracket = bracketOf(form, input);
    const misfit = bracket === null ? null : misfitOfBracket(input);
    if (misfit !== null) {
      const { idempotencyKey } = input;
      return data<Answer & To>({ to, failure: misfit, idempotencyKey }, { status: 422 });
    }
    const placeOrder =
      bracket === null
        ? (await mutate(request, PlaceOrderDocument, { input })).data.placeOrder
        : (await mutate(request, PlaceBracketDocument, { input: bracket })).data.placeBracket;
    // Any answer is final for its key, a denial too: what is sent next is another order.
    const idempotencyKey = crypto.randomUUID();
    if (placeOrder.__typename === 'Order') {
      const { clientOrderId: placed, request: made } = placeOrder;
      const slices = made.orders.length > 1 ? made.orders.length : undefined;
      return data<Answer & To>({ to, placed, slices, idempotencyKey });
    }
    const failure = failureOf(withDeniedField(placeOrder));
    return data<Answer & To>({ to, failure, idempotencyKey }, { status: 422 });
  } catch (error) {
    if (!(error instanceof CombinedError)) throw error;
    const { idempotencyKey } = input;
    const failure = {
      message: 'No answer came. Send it again as it is: the same order is not placed twice.',
      field: undefined,
    };
    return data<Answer & To>({ to, failure, idempotencyKey }, { status: 503 });
  }
}

/** New orders and trades join the first page. */
function insertNews(loaded: Loaded, event: AccountEvent): Loaded {
  if (event.__typename === 'OrderUpdate' && loaded.firstPage) {
    return { ...loaded, orders: prependNode(loaded.orders, event.order, 200) };
  }
  if (event.__typename === 'TradeUpdate') {
    return { ...loaded, trades: prependNode(loaded.trades, event.trade, 200) };
  }
  return loaded;
}

export default function Orders() {
  const first = useLoaderData<typeof loader>();
  const [parameters] = useSearchParams();
  const loaded = useLiveData(first, {
    document: OrdersDocument,
    variables: { after: parameters.get('after') },
    read: (data) => ({ ...first, ...data }),
    insert: insertNews,
  });
  return (
    <Page title="Orders">
      <OrderPlaces />
      <UnscriptedFailure />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4 max-lg:order-2">
          <Panel
            title="Orders"
            note={`${loaded.orders.totalCount} in all`}
            actions={<CancelAll orders={loaded.orders.nodes} />}
            flush
          >
            <OrdersTable
              caption="Orders"
              orders={loaded.orders.nodes}
              actions={(order) => <OrderChanges order={order} />}
              empty={
                <EmptyState action={<ButtonLink to="/agents">Go to the agents</ButtonLink>}>
                  No order so far. Agents place them by their rules, and you can place one by hand.
                </EmptyState>
              }
            />
            <Pager name="orders" pageInfo={loaded.orders.pageInfo} />
          </Panel>
          <Panel title="Trades" note={`${loaded.trades.totalCount} in all, newest first`} flush>
            <TradesTable
              caption="Trades"
              trades={loaded.trades.nodes}
              actions={(trade) => <CloseTrade trade={trade} />}
              empty={
                <EmptyState>A trade is an entry matched with an exit. None so far.</EmptyState>
              }
            />
          </Panel>
        </div>
        <Panel title="New order">
          <OrderForm
            portfolios={loaded.portfolios.nodes}
            instruments={loaded.instruments.nodes.filter(({ tradable }) => tradable)}
            idempotencyKey={loaded.idempotencyKey}
            news={loaded.orders.nodes[0]?.updatedAt}
          />
        </Panel>
      </div>
    </Page>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { CombinedError } from '@urql/core';

import { mutate, query } from '../../api.server.ts';
import { Page } from '../../components/page.tsx';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { BasketDocument, PlaceBasketDocument } from '../../generated/graphql.ts';
import { OrderPlaces } from '../../trading/order-places.tsx';
import { BasketForm } from './basket-form.tsx';
import { basketOf, rowFieldOf } from './read-basket.server.ts';

export const meta: MetaFunction = () => [{ title: 'New basket · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const loaded = await query(request, BasketDocument, {});
  return { ...loaded, idempotencyKey: crypto.randomUUID() };
}

/** Why the basket was not placed, and the key for the form's next try. */
interface Refused {
  readonly failure: FormFailure | null;
  readonly idempotencyKey: string;
}

export async function action({ request }: ActionFunctionArgs) {
  const { input, rows } = basketOf(await request.formData());
  try {
    const { placeBasket } = (await mutate(request, PlaceBasketDocument, { input })).data;
    if (placeBasket.__typename === 'OrderRequest') return redirect('/orders');
    const failure = failureOf(placeBasket);
    const named = failure && { ...failure, field: rowFieldOf(failure.field, rows) };
    // Any answer is final for its key: what is sent next is another basket.
    return data<Refused>({ failure: named, idempotencyKey: crypto.randomUUID() }, { status: 422 });
  } catch (error) {
    if (!(error instanceof CombinedError)) throw error;
    const message = 'No answer came. Send it again as it is: the same basket is not placed twice.';
    const { idempotencyKey } = input;
    return data<Refused>(
      { failure: { message, field: undefined }, idempotencyKey },
      { status: 503 },
    );
  }
}

export default function NewBasket() {
  const { portfolios, instruments, idempotencyKey } = useLoaderData<typeof loader>();
  return (
    <Page title="New basket">
      <OrderPlaces />
      <BasketForm
        portfolios={portfolios.nodes}
        instruments={instruments.nodes.filter(({ tradable }) => tradable)}
        idempotencyKey={idempotencyKey}
      />
    </Page>
  );
}

import type { LoaderFunctionArgs } from '@remix-run/node';

import { query } from '../../api.server.ts';
import { PreviewOrderDocument } from '../../generated/graphql.ts';
import { fieldsOf, previewed } from '../../preview/previewed.server.ts';
import { orderOf } from '../_app.orders/read-order.server.ts';

/** What the order in the ticket's fields would come to, bought or sold. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { idempotencyKey: _key, ...order } = orderOf(fieldsOf(request));
  const buy = { ...order, side: 'BUY' as const };
  const sell = { ...order, side: 'SELL' as const };
  return previewed(() => query(request, PreviewOrderDocument, { buy, sell }));
}

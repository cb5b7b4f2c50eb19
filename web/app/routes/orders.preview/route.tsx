import type { LoaderFunctionArgs } from '@remix-run/node';

import { query } from '../../api.server.ts';
import { PreviewBracketDocument, PreviewOrderDocument } from '../../generated/graphql.ts';
import { fieldsOf, previewed } from '../../preview/previewed.server.ts';
import { bracketOf, misfitOfBracket, orderOf } from '../_app.orders/read-order.server.ts';

/** What the order in the ticket's fields, or its bracket, would come to, bought or sold. */
export async function loader({ request }: LoaderFunctionArgs) {
  const fields = fieldsOf(request);
  const asked = orderOf(fields);
  const { idempotencyKey: _key, ...order } = asked;
  const sides = <Input extends object>(input: Input) => ({
    buy: { ...input, side: 'BUY' as const },
    sell: { ...input, side: 'SELL' as const },
  });
  return previewed(async () => {
    const bracket = bracketOf(fields, asked);
    if (bracket === null) return query(request, PreviewOrderDocument, sides(order));
    const misfit = misfitOfBracket(asked);
    if (misfit !== null) {
      const refused = { __typename: 'InvalidInput' as const, message: misfit.message };
      return { buy: refused, sell: refused };
    }
    const { idempotencyKey: _of, ...entry } = bracket;
    return query(request, PreviewBracketDocument, sides(entry));
  });
}

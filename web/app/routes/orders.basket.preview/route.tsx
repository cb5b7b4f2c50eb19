import type { LoaderFunctionArgs } from '@remix-run/node';

import { query } from '../../api.server.ts';
import { PreviewBasketDocument } from '../../generated/graphql.ts';
import { fieldsOf, previewed } from '../../preview/previewed.server.ts';
import { basketOf } from '../_app.orders_.basket/read-basket.server.ts';

/** What the basket in the form's fields would come to; nothing while it has no leg. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { portfolioId, legs } = basketOf(fieldsOf(request)).input;
  return previewed(async () => {
    if (legs.length === 0) return null;
    return (await query(request, PreviewBasketDocument, { input: { portfolioId, legs } }))
      .previewBasket;
  });
}

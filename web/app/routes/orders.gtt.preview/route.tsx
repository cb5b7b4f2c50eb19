import type { LoaderFunctionArgs } from '@remix-run/node';

import { query } from '../../api.server.ts';
import { PreviewGttDocument } from '../../generated/graphql.ts';
import { fieldsOf, previewed } from '../../preview/previewed.server.ts';
import { gttOf, isBlank } from '../_app.orders_.gtt/read-gtt.server.ts';

/** Whether the GTT in the form's fields would wait; nothing while a trigger has no price. */
export async function loader({ request }: LoaderFunctionArgs) {
  const form = fieldsOf(request);
  return previewed(async () => {
    if (isBlank(form)) return null;
    return (await query(request, PreviewGttDocument, { input: gttOf(form) })).previewGtt;
  });
}

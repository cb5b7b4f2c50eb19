import type { LoaderFunctionArgs } from '@remix-run/node';

import { notFound, query } from '../../api.server.ts';
import { RunExportDocument } from '../../generated/graphql.ts';
import { formatOf } from '../../trading/run-exports.ts';

/** A run as a file for the browser to keep; whoever may not see the run finds nothing. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const format = formatOf(new URL(request.url).searchParams.get('as'));
  const { run } = await query(request, RunExportDocument, { id: params['id'] ?? '', format });
  const file = run?.export;
  if (!file) throw notFound();
  return new Response(file.content, {
    headers: {
      'content-type': file.mediaType,
      // The name is made of letters, digits and dashes.
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

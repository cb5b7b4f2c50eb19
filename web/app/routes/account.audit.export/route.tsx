import type { LoaderFunctionArgs } from '@remix-run/node';

import { query } from '../../api.server.ts';
import { readAuditAction } from '../../audit/audit-actions.ts';
import type { AuditExportQuery } from '../../generated/graphql.ts';
import { AuditExportDocument } from '../../generated/graphql.ts';

/**
 * The whole trail of the account as JSON lines, newest first, one row a line. `record` is the text that
 * `hash` is made of, so that a file proves itself (docs/audit-trail.md). Pages are asked for as the
 * browser takes them.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  const action = readAuditAction(new URL(request.url).searchParams.get('action'));
  const page = async (after: string | null) =>
    (await query(request, AuditExportDocument, { after, action })).auditTrail;
  // Before anything is sent, so that whoever is not logged in goes to the login.
  let next: AuditExportQuery['auditTrail'] | null = await page(null);

  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next === null) {
        controller.close();
        return;
      }
      const { nodes, pageInfo }: AuditExportQuery['auditTrail'] = next;
      controller.enqueue(new TextEncoder().encode(nodes.map(lineOf).join('')));
      next = pageInfo.hasNextPage ? await page(pageInfo.endCursor ?? null) : null;
    },
  });
  return new Response(lines, {
    headers: {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="nandax-audit-trail.jsonl"',
      'cache-control': 'no-store',
    },
  });
}

function lineOf({
  __typename: _type,
  ...row
}: AuditExportQuery['auditTrail']['nodes'][number]): string {
  return `${JSON.stringify(row)}\n`;
}

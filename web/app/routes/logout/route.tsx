import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';

import { mutate } from '../../api.server.ts';
import { LogoutDocument } from '../../generated/graphql.ts';

export function loader() {
  return redirect('/');
}

export async function action({ request }: ActionFunctionArgs) {
  const { headers } = await mutate(request, LogoutDocument, {});
  return redirect('/login', { headers });
}

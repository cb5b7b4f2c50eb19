import type { ActionFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';

import { isTheme, themeCookie } from '../../theme.ts';

export async function action({ request }: ActionFunctionArgs) {
  const theme = (await request.formData()).get('theme');
  return isTheme(theme)
    ? data(null, { headers: { 'set-cookie': themeCookie(theme) } })
    : data(null, { status: 400 });
}

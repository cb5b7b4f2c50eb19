import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  Form,
  useActionData,
  useLoaderData,
  useNavigation,
  useSearchParams,
} from '@remix-run/react';

import { mutate, query } from '../../api.server.ts';
import { Button } from '../../components/button.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { exactText, text } from '../../form.server.ts';
import { failureOf, fieldError, formError } from '../../form-failure.ts';
import { LoginDocument, LoginScreenDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Log in · NandaX' }];

/** The account of a trial installation. Its password is minted there and told on the terminal only. */
const demoEmail = 'demo@nandax.local';

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, installation } = await query(request, LoginScreenDocument, {});
  if (viewer) throw redirect('/');
  return { demo: installation.demoAccount };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const input = { email: text(form, 'email'), password: exactText(form, 'password') };
  const { data: answer, headers } = await mutate(request, LoginDocument, { input });
  const failure = failureOf(answer.login);
  if (failure !== null) return data({ failure }, { status: 422 });
  return redirect(ownPath(text(form, 'next')), { headers });
}

/** A path of this site: an address of another one is not followed. */
function ownPath(next: string): string {
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

export default function Login() {
  const { demo } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>()?.failure;
  const [parameters] = useSearchParams();
  const busy = useNavigation().state !== 'idle';

  return (
    <Entrance title="Log in">
      <Form method="post" className="flex flex-col gap-4">
        {formError(failure, ['email', 'password']) !== undefined && (
          <Notice tone="failure">{formError(failure, ['email', 'password'])}</Notice>
        )}
        <input type="hidden" name="next" value={parameters.get('next') ?? ''} />
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={demo ? demoEmail : ''}
          required
          error={fieldError(failure, 'email')}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={fieldError(failure, 'password')}
        />
        <Button type="submit" emphasis="primary" disabled={busy}>
          Log in
        </Button>
      </Form>
      {demo && (
        <p className="mt-4 rounded-lg border border-rule bg-sheet p-4 text-sm text-ink-soft">
          This installation has a demo account with paper money and a replay of real NSE prices. Its
          password is in the terminal where NandaX was started.
        </p>
      )}
      <p className="mt-6 text-sm text-ink-soft">
        New here? <TextLink to="/register">Create an account</TextLink>
      </p>
    </Entrance>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  Form,
  useActionData,
  useLoaderData,
  useNavigation,
  useSearchParams,
} from '@remix-run/react';
import { useRef } from 'react';

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

/** The account that exists only on the embedded database of a trial installation. */
const demoAccount = { email: 'demo@nandax.local', password: 'demo-password' };

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, installation } = await query(request, LoginScreenDocument, {});
  if (viewer) throw redirect('/');
  return { demoAccount: installation.demoAccount ? demoAccount : null };
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
  const { demoAccount: demo } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>()?.failure;
  const [parameters] = useSearchParams();
  const busy = useNavigation().state !== 'idle';
  const form = useRef<HTMLFormElement>(null);

  const fillIn = () => {
    for (const [name, value] of Object.entries(demo ?? {})) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.current?.requestSubmit();
  };

  return (
    <Entrance title="Log in">
      <Form ref={form} method="post" className="flex flex-col gap-4">
        {formError(failure, ['email', 'password']) !== undefined && (
          <Notice tone="failure">{formError(failure, ['email', 'password'])}</Notice>
        )}
        <input type="hidden" name="next" value={parameters.get('next') ?? ''} />
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
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
      {demo !== null && (
        <div className="mt-4 rounded-lg border border-rule bg-sheet p-4 text-sm">
          <p className="text-ink-soft">
            This is a trial installation with real NSE history and a demo account on paper money.
          </p>
          <Button className="mt-3 w-full" onClick={fillIn} disabled={busy}>
            Log in as demo
          </Button>
        </div>
      )}
      <p className="mt-6 text-sm text-ink-soft">
        New here? <TextLink to="/register">Create an account</TextLink>
      </p>
    </Entrance>
  );
}

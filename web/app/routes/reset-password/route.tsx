import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';

import { mutate, answerForm } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { TextField } from '../../components/field.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { checked, exactText, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, fieldError } from '../../form-failure.ts';
import { ResetPasswordDocument } from '../../generated/graphql.ts';
import { LinkForm } from '../../letters/link-form.tsx';
import { linkPageHeaders, linkPageMeta } from '../../letters/link-pages.ts';

export const meta: MetaFunction = () => linkPageMeta('Choose a new password');
export const headers = linkPageHeaders;

export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly reset?: { readonly apiKeysKept: boolean } | undefined;
  /** What was refused, to be mended; the password is not sent back. */
  readonly typed?: { readonly keepApiKeys: boolean } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = { keepApiKeys: checked(form, 'keepApiKeys') };
  const input = {
    ...typed,
    token: text(form, 'token'),
    password: exactText(form, 'password'),
  };
  const act = async () => {
    const { resetPassword: result } = (await mutate(request, ResetPasswordDocument, { input }))
      .data;
    return result.__typename === 'PasswordReset'
      ? data<Answer>({ reset: result })
      : data<Answer>({ failure: failureOf(result), typed }, { status: 422 });
  };
  return answerForm(form, act, { typed });
}

export default function ResetPassword() {
  const { token } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  if (answer?.reset !== undefined) {
    return (
      <Entrance title="Your password is changed">
        <p role="status" className="mb-4 text-sm">
          Every device was logged out.{' '}
          {answer.reset.apiKeysKept ? 'API keys still work.' : 'API keys were revoked.'} Log in with
          the new password.
        </p>
        <ButtonLink to="/login" emphasis="primary">
          Log in
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title="Choose a new password">
      <LinkForm
        token={token}
        failure={answer?.failure}
        fields={['password']}
        submit="Change the password"
      >
        <p className="text-sm text-ink-soft">
          Every device that is logged in to your account will be logged out.
        </p>
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint="8 characters or more. The longer the better; a sentence is fine."
          error={fieldError(answer?.failure, 'password')}
        />
        <CheckField
          name="keepApiKeys"
          label="Keep my API keys"
          defaultChecked={answer?.typed?.keepApiKeys ?? false}
          hint="Leave this empty if someone else may have had your password."
        />
      </LinkForm>
      <p className="mt-6 text-sm text-ink-soft">
        The link is too old? <TextLink to="/forgot-password">Ask for another</TextLink>
      </p>
    </Entrance>
  );
}

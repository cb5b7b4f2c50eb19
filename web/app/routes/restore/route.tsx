import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';

import { mutate, answerForm } from '../../api.server.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useFailureFocus } from '../../components/use-failure-focus.ts';
import { exactText, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, formError } from '../../form-failure.ts';
import { RestoreAccountDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Restore your account · NandaX' }];

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly restored?: { readonly email: string } | undefined;
  /** What was refused, to be mended; the password is not sent back. */
  readonly typed?: { readonly email: string } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = { email: text(form, 'email') };
  const input = { ...typed, password: exactText(form, 'password') };
  const act = async () => {
    const { restoreAccount: result } = (await mutate(request, RestoreAccountDocument, { input }))
      .data;
    return result.__typename === 'AccountRestored'
      ? data<Answer>({ restored: result })
      : data<Answer>({ failure: failureOf(result), typed }, { status: 422 });
  };
  return answerForm(form, act, { typed });
}

export default function Restore() {
  const answer: Answer | undefined = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const form = useFailureFocus(answer);

  if (answer?.restored !== undefined) {
    return (
      <Entrance title="Your account is back">
        <p role="status" className="mb-4 text-sm">
          Log in as <strong className="font-semibold break-words">{answer.restored.email}</strong>.
          Agents stay stopped until you start them, and API keys stay revoked.
        </p>
        <ButtonLink to="/login" emphasis="primary">
          Log in
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title="Restore your account">
      <Form ref={form} method="post" className="flex flex-col gap-4">
        <p className="text-sm text-ink-soft">
          A deleted account can be had back until its personal data are erased. Its last letter says
          when that is.
        </p>
        {formError(answer?.failure) !== undefined && (
          <Notice tone="failure">{formError(answer?.failure)}</Notice>
        )}
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={answer?.typed?.email}
          required
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" emphasis="primary" disabled={busy}>
          Restore account
        </Button>
      </Form>
      <p className="mt-6 text-sm text-ink-soft">
        <TextLink to="/login">Back to the login</TextLink>
      </p>
    </Entrance>
  );
}

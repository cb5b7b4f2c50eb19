import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';

import { mutate, answerForm } from '../../api.server.ts';
import { Button } from '../../components/button.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useFailureFocus } from '../../components/use-failure-focus.ts';
import { text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, fieldError, formError } from '../../form-failure.ts';
import { RequestPasswordResetDocument } from '../../generated/graphql.ts';
import { OutboxNote } from '../../letters/outbox-note.tsx';

export const meta: MetaFunction = () => [{ title: 'Forgotten password · NandaX' }];

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly sent?: { readonly email: string; readonly letterInOutbox: boolean } | undefined;
  /** The address that was refused, to be mended. */
  readonly typed?: { readonly email: string } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const input = { email: text(form, 'email') };
  const act = async () => {
    const { requestPasswordReset: result } = (
      await mutate(request, RequestPasswordResetDocument, { input })
    ).data;
    return result.__typename === 'PasswordResetRequested'
      ? data<Answer>({ sent: { ...input, letterInOutbox: result.letterInOutbox } })
      : data<Answer>({ failure: failureOf(result), typed: input }, { status: 422 });
  };
  return answerForm(form, act, { typed: input });
}

export default function ForgotPassword() {
  const answer: Answer | undefined = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const form = useFailureFocus(answer);
  const failure = answer?.failure;

  if (answer?.sent !== undefined) {
    return (
      <Entrance title="Check your mail">
        <div role="status" className="flex flex-col gap-4 text-sm">
          <p>
            If there is an account with the address{' '}
            <strong className="font-semibold break-words">{answer.sent.email}</strong>, a letter
            with a link is on its way. The link works once, and not for long.
          </p>
          <OutboxNote letterInOutbox={answer.sent.letterInOutbox} />
          <p className="text-ink-soft">
            <TextLink to="/login">Back to the login</TextLink>
          </p>
        </div>
      </Entrance>
    );
  }
  return (
    <Entrance title="Forgotten your password?">
      <Form ref={form} method="post" className="flex flex-col gap-4">
        <p className="text-sm text-ink-soft">
          Say the address of your account. A letter with a link to choose a new password goes there.
        </p>
        {formError(failure, ['email']) !== undefined && (
          <Notice tone="failure">{formError(failure, ['email'])}</Notice>
        )}
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={answer?.typed?.email}
          required
          error={fieldError(failure, 'email')}
        />
        <Button type="submit" emphasis="primary" disabled={busy}>
          Send the letter
        </Button>
      </Form>
      <p className="mt-6 text-sm text-ink-soft">
        <TextLink to="/login">Back to the login</TextLink>
      </p>
    </Entrance>
  );
}

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
import { exactText, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, fieldError, formError } from '../../form-failure.ts';
import { RegisterDocument } from '../../generated/graphql.ts';
import { OutboxNote } from '../../letters/outbox-note.tsx';

export const meta: MetaFunction = () => [{ title: 'Create an account · NandaX' }];

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly sent?: { readonly email: string; readonly letterInOutbox: boolean } | undefined;
  /** What was refused, to be mended; the password is not sent back. */
  readonly typed?: { readonly displayName: string; readonly email: string } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = { displayName: text(form, 'displayName'), email: text(form, 'email') };
  const input = { ...typed, password: exactText(form, 'password') };
  const act = async () => {
    const { register } = (await mutate(request, RegisterDocument, { input })).data;
    return register.__typename === 'RegistrationReceived'
      ? data<Answer>({ sent: register })
      : data<Answer>({ failure: failureOf(register), typed }, { status: 422 });
  };
  return answerForm(form, act, { typed });
}

const fields = ['displayName', 'email', 'password'];

export default function Register() {
  const answer: Answer | undefined = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const form = useFailureFocus(answer);
  const failure = answer?.failure;

  if (answer?.sent !== undefined) {
    return (
      <Entrance title="Check your mail">
        <div role="status" className="flex flex-col gap-4 text-sm">
          <p>
            A letter for <strong className="font-semibold break-words">{answer.sent.email}</strong>{' '}
            is on its way. Open its link to make the account; then log in with the password you
            chose.
          </p>
          <OutboxNote letterInOutbox={answer.sent.letterInOutbox} />
          <p className="text-ink-soft">
            Nothing came? Look among the unwanted mail, or{' '}
            <TextLink to="/register" reloadDocument>
              begin again
            </TextLink>
            .
          </p>
        </div>
      </Entrance>
    );
  }
  return (
    <Entrance title="Create an account">
      <Form ref={form} method="post" className="flex flex-col gap-4">
        {formError(failure, fields) !== undefined && (
          <Notice tone="failure">{formError(failure, fields)}</Notice>
        )}
        <TextField
          label="Name"
          name="displayName"
          autoComplete="name"
          defaultValue={answer?.typed?.displayName}
          required
          error={fieldError(failure, 'displayName')}
        />
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={answer?.typed?.email}
          required
          hint="A letter with a link goes there."
          error={fieldError(failure, 'email')}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint="8 characters or more. The longer the better; a sentence is fine."
          error={fieldError(failure, 'password')}
        />
        <Button type="submit" emphasis="primary" disabled={busy}>
          Create account
        </Button>
      </Form>
      <p className="mt-6 text-sm text-ink-soft">
        Already registered? <TextLink to="/login">Log in</TextLink>
      </p>
    </Entrance>
  );
}

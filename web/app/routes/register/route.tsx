import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';

import { mutate } from '../../api.server.ts';
import { Button } from '../../components/button.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { exactText, text } from '../../form.server.ts';
import { failureOf, fieldError, formError } from '../../form-failure.ts';
import { RegisterDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Create an account · NandaX' }];

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const input = {
    displayName: text(form, 'displayName'),
    email: text(form, 'email'),
    password: exactText(form, 'password'),
  };
  const { data: answer, headers } = await mutate(request, RegisterDocument, { input });
  const { register } = answer;
  const failure =
    register.__typename === 'EmailTaken'
      ? { message: register.message, field: 'email' }
      : failureOf(register);
  if (failure !== null) return data({ failure }, { status: 422 });
  return redirect('/', { headers });
}

const fields = ['displayName', 'email', 'password'];

export default function Register() {
  const failure = useActionData<typeof action>()?.failure;
  const busy = useNavigation().state !== 'idle';
  return (
    <Entrance title="Create an account">
      <Form method="post" className="flex flex-col gap-4">
        {formError(failure, fields) !== undefined && (
          <Notice tone="failure">{formError(failure, fields)}</Notice>
        )}
        <TextField
          label="Name"
          name="displayName"
          autoComplete="name"
          required
          error={fieldError(failure, 'displayName')}
        />
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
          autoComplete="new-password"
          required
          hint="The longer the better; a sentence is fine."
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

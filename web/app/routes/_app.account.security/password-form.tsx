import { useEffect, useRef } from 'react';

import { OwnPasswordField } from '../../account/password-field.tsx';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { action } from './route.tsx';

const fields = ['password', 'newPassword'];

/** Another password, and what becomes of the API keys. */
export function PasswordForm() {
  const { Form, ref, answer, busy } = useForm<typeof action>('password');
  const failure = answer?.failure;
  const changed = answer?.passwordChanged;
  const inner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (changed !== undefined) inner.current?.closest('form')?.reset();
  }, [changed]);
  return (
    <Form ref={ref} method="post" aria-label="Password">
      <div ref={inner} className="flex flex-col gap-3">
        {changed !== undefined && (
          <Notice tone="success">
            Your password is changed. {plural(changed.sessionsEnded, 'other device')} logged out,{' '}
            {plural(changed.apiKeysRevoked, 'API key')} revoked.
          </Notice>
        )}
        {formError(failure, fields) !== undefined && (
          <Notice tone="failure">{formError(failure, fields)}</Notice>
        )}
        <OwnPasswordField error={fieldError(failure, 'password')} />
        <TextField
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          required
          hint="8 characters or more. Every other device is logged out."
          error={fieldError(failure, 'newPassword')}
        />
        <CheckField
          name="keepApiKeys"
          label="Keep my API keys"
          hint="Leave this empty if someone else may have had your password."
        />
        <Button type="submit" name="intent" value="password" disabled={busy} className="self-start">
          Change password
        </Button>
      </div>
    </Form>
  );
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? ' was' : 's were'}`;
}

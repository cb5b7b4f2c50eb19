import { Form, useNavigation } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useFailureFocus } from '../../components/use-failure-focus.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { DeletedNotice } from './deleted-notice.tsx';
import type { LoginAnswer } from './log-in.server.ts';

const fields = ['email', 'password'];

/** The first step of a login. */
export function PasswordForm({
  answer,
  email,
  next,
}: {
  readonly answer: LoginAnswer | undefined;
  /** What the address field begins with. */
  readonly email: string;
  readonly next: string;
}) {
  const busy = useNavigation().state !== 'idle';
  const failure = answer?.failure;
  const form = useFailureFocus(answer);
  return (
    <Form ref={form} method="post" className="flex flex-col gap-4">
      {answer?.restoreUntil !== undefined && <DeletedNotice restoreUntil={answer.restoreUntil} />}
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">{formError(failure, fields)}</Notice>
      )}
      <input type="hidden" name="next" value={next} />
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username webauthn"
        defaultValue={email}
        required
        error={fieldError(failure, 'email')}
      />
      <div className="flex flex-col gap-1">
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={fieldError(failure, 'password')}
        />
        <p className="text-right text-xs">
          <TextLink to="/forgot-password">Forgotten your password?</TextLink>
        </p>
      </div>
      <Button type="submit" name="intent" value="password" emphasis="primary" disabled={busy}>
        Log in
      </Button>
    </Form>
  );
}

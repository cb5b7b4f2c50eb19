import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';

import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useFailureFocus } from '../../components/use-failure-focus.ts';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { SecondStep } from './log-in.server.ts';
import { PasskeyButton } from './passkey-button.tsx';

/** The second step of a login: one of the ways that are set up for the account. */
export function SecondStepForm({
  step,
  failure,
  next,
}: {
  readonly step: SecondStep;
  readonly failure: FormFailure | null | undefined;
  readonly next: string;
}) {
  const byApp = step.methods.includes('TOTP');
  const byPasskey = step.methods.includes('PASSKEY');
  return (
    <div className="flex flex-col gap-5">
      <p className="text-sm text-ink-soft">Your password is right. Show your second factor too.</p>
      {formError(failure, step.methods) !== undefined && (
        <Notice tone="failure">{formError(failure, step.methods)}</Notice>
      )}
      {byApp && (
        <CodeForm {...{ step, failure, next }} method="TOTP">
          <TextField
            label="Code of your authenticator app"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            required
            autoFocus
            error={fieldError(failure, 'TOTP')}
          />
          <SubmitCode emphasis="primary">Log in</SubmitCode>
        </CodeForm>
      )}
      {byPasskey && (
        <PasskeyButton secret={step.secret} emphasis={byApp ? 'secondary' : 'primary'} />
      )}
      {step.methods.includes('RECOVERY_CODE') && (
        <details
          className="rounded-lg border border-rule bg-sheet px-4 py-3"
          open={fieldError(failure, 'RECOVERY_CODE') !== undefined || undefined}
        >
          <summary className="cursor-pointer text-sm text-ink-soft hover:text-ink">
            Use a recovery code
          </summary>
          <CodeForm {...{ step, failure, next }} method="RECOVERY_CODE">
            <TextField
              label="Recovery code"
              name="code"
              autoComplete="off"
              spellCheck={false}
              className="mt-3"
              required
              hint="One of the codes you kept when you set up the second factor. Each works once."
              error={fieldError(failure, 'RECOVERY_CODE')}
            />
            <SubmitCode>Log in with this code</SubmitCode>
          </CodeForm>
        </details>
      )}
      <p className="text-sm text-ink-soft">
        <TextLink to={next === '' ? '/login' : `/login?next=${encodeURIComponent(next)}`}>
          Begin again
        </TextLink>
      </p>
    </div>
  );
}

function CodeForm({
  step,
  failure,
  next,
  method,
  children,
}: {
  readonly step: SecondStep;
  readonly failure: FormFailure | null | undefined;
  readonly next: string;
  readonly method: 'TOTP' | 'RECOVERY_CODE';
  readonly children: ReactNode;
}) {
  const form = useFailureFocus(failure?.field === method ? failure : undefined);
  return (
    <Form ref={form} method="post" className="flex flex-col gap-3">
      <input type="hidden" name="secret" value={step.secret} />
      <input type="hidden" name="method" value={method} />
      <input type="hidden" name="next" value={next} />
      {step.methods.map((each) => (
        <input key={each} type="hidden" name="methods" value={each} />
      ))}
      {children}
    </Form>
  );
}

function SubmitCode({
  emphasis = 'secondary',
  children,
}: {
  readonly emphasis?: 'primary' | 'secondary';
  readonly children: string;
}) {
  const busy = useNavigation().state !== 'idle';
  return (
    <Button type="submit" name="intent" value="code" emphasis={emphasis} disabled={busy}>
      {children}
    </Button>
  );
}

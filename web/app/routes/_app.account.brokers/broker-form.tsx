import { useEffect, useRef } from 'react';

import { OwnPasswordField } from '../../account/password-field.tsx';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { action } from './route.tsx';

const fields = ['label', 'apiKey', 'apiSecret', 'password'];

/** One's own access to Zerodha Kite. */
export function BrokerForm() {
  const { Form, ref, answer, busy } = useForm<typeof action>('connect');
  const failure = answer?.failure;
  const connected = answer?.connected;
  const inner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (connected !== undefined) inner.current?.closest('form')?.reset();
  }, [connected]);
  return (
    <Form ref={ref} method="post" aria-label="Connect Zerodha">
      <div ref={inner} className="flex flex-col gap-3">
        {connected !== undefined && <Notice tone="success">{connected} is connected.</Notice>}
        {formError(failure, fields) !== undefined && (
          <Notice tone="failure">
            {formError(failure, fields)}{' '}
            {answer?.secondFactor === 'to set up' && (
              <TextLink to="/account/security">Set up a second factor</TextLink>
            )}
          </Notice>
        )}
        <TextField
          label="Name"
          name="label"
          required
          maxLength={80}
          hint="To tell it by, for example Family account."
          error={fieldError(failure, 'label')}
        />
        <TextField
          label="API key"
          name="apiKey"
          autoComplete="off"
          spellCheck={false}
          required
          error={fieldError(failure, 'apiKey')}
        />
        <TextField
          label="API secret"
          name="apiSecret"
          type="password"
          autoComplete="off"
          required
          hint="Both are kept sealed and never shown again, to you or to anyone."
          error={fieldError(failure, 'apiSecret')}
        />
        <OwnPasswordField error={fieldError(failure, 'password')} />
        <Button type="submit" name="intent" value="connect" emphasis="primary" disabled={busy}>
          Connect
        </Button>
      </div>
    </Form>
  );
}

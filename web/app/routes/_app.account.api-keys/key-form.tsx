import { useEffect, useId, useRef } from 'react';

import { apiScopes } from '../../account/api-scopes.ts';
import { OwnPasswordField } from '../../account/password-field.tsx';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { lifetimes } from './lifetimes.ts';
import type { action } from './route.tsx';

const fields = ['name', 'scopes', 'expiresAt', 'allowedIps', 'password'];

/** A new key: its name, what it may do, how long, and from where. */
export function KeyForm() {
  const { Form, ref, answer, busy } = useForm<typeof action>('create');
  const failure = answer?.failure;
  const created = answer?.created;
  const inner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (created !== undefined) inner.current?.closest('form')?.reset();
  }, [created]);
  return (
    <div className="flex flex-col gap-4">
      {created !== undefined && (
        <ShownOnce key={created.secret} title={`The key ${created.name}`} secret={created.secret}>
          Keep it now: it is shown once and never again. Send it as{' '}
          <code className="font-mono text-xs">Authorization: Bearer</code>.
        </ShownOnce>
      )}
      <Form ref={ref} method="post" aria-label="New API key">
        <div ref={inner} className="flex flex-col gap-3">
          {formError(failure, fields) !== undefined && (
            <Notice tone="failure">{formError(failure, fields)}</Notice>
          )}
          <TextField
            label="Name"
            name="name"
            required
            maxLength={80}
            hint="What it is for, for example Research notebook."
            error={fieldError(failure, 'name')}
          />
          <ScopeChoice error={fieldError(failure, 'scopes')} />
          <SelectField
            label="Ends"
            name="lifetime"
            defaultValue="90"
            error={fieldError(failure, 'expiresAt')}
          >
            {lifetimes.map(({ days, words }) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Allowed addresses"
            name="allowedIps"
            autoComplete="off"
            spellCheck={false}
            placeholder="Any"
            hint="Addresses or networks, with commas between them, for example 203.0.113.7, 10.0.0.0/8. Empty: any."
            error={fieldError(failure, 'allowedIps')}
          />
          <OwnPasswordField error={fieldError(failure, 'password')} />
          <Button type="submit" name="intent" value="create" emphasis="primary" disabled={busy}>
            Create key
          </Button>
        </div>
      </Form>
    </div>
  );
}

function ScopeChoice({ error }: { readonly error: string | undefined }) {
  const id = useId();
  return (
    <fieldset aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend className="mb-1 text-xs font-medium text-ink-soft">What it may do</legend>
      <div className="flex flex-col rounded-md border border-rule-strong">
        {apiScopes.map(({ scope, name, words }) => (
          <label
            key={scope}
            className="flex cursor-pointer items-start gap-2.5 border-b border-rule px-2.5 py-1.5 text-sm last:border-0 has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              defaultChecked={scope === 'READ'}
              aria-invalid={error === undefined ? undefined : true}
              className="mt-1 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="font-mono text-xs">{name}</span>
              <span className="block text-xs text-ink-soft">{words}</span>
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="mt-1 text-xs text-loss">
          {error}
        </p>
      )}
    </fieldset>
  );
}

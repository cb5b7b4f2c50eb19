import { useRevalidator } from '@remix-run/react';
import type { FormEvent } from 'react';
import { useState } from 'react';

import { OwnPasswordField } from '../../account/password-field.tsx';
import { Button } from '../../components/button.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { TextField } from '../../components/field.tsx';
import { PasskeyIcon } from '../../components/icons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useFailureFocus } from '../../components/use-failure-focus.ts';
import { useForm } from '../../components/use-form.ts';
import { useInBrowser } from '../../components/use-in-browser.ts';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { SecurityQuery } from '../../generated/graphql.ts';
import { addPasskey } from './add-passkey.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import type { action } from './route.tsx';

type Passkey = NonNullable<SecurityQuery['viewer']>['secondFactor']['passkeys'][number];

/** The passkeys of the account, and one more. */
export function PasskeysPanel({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Panel title="Passkeys" note="Log in with your device, without a password">
      <div className="flex flex-col gap-4">
        {codes !== null && <RecoveryCodes codes={codes} />}
        {passkeys.length > 0 && (
          <ul aria-label="Passkeys" className="divide-y divide-rule border-y border-rule text-sm">
            {passkeys.map((passkey) => (
              <PasskeyItem key={passkey.id} passkey={passkey} />
            ))}
          </ul>
        )}
        <AddForm onCodes={setCodes} />
      </div>
    </Panel>
  );
}

function PasskeyItem({ passkey }: { readonly passkey: Passkey }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('remove-passkey');
  const failure = answer?.failure;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-2">
      <div className="min-w-0">
        <p className="font-medium break-words">{passkey.name}</p>
        <p className="text-xs text-ink-soft">
          Added <ExchangeTime value={passkey.createdAt} show="date" />
          {passkey.lastUsedAt ? (
            <>
              , last used <ExchangeTime value={passkey.lastUsedAt} label />
            </>
          ) : (
            ', not used yet'
          )}
          {passkey.backedUp && ', kept by its maker too'}
        </p>
      </div>
      <Confirm opener="Remove" of={passkey.name} title={`Remove ${passkey.name}?`}>
        <Form ref={ref} method="post" className="flex flex-col gap-3">
          <p className="text-ink-soft">
            It will no longer log in here. Delete it on your device too, or it goes on offering
            itself.
          </p>
          {formError(failure, ['password']) !== undefined && (
            <Notice tone="failure">{formError(failure, ['password'])}</Notice>
          )}
          <input type="hidden" name="id" value={passkey.id} />
          <OwnPasswordField error={fieldError(failure, 'password')} />
          <ConfirmActions value="remove-passkey" busy={busy}>
            Remove passkey
          </ConfirmActions>
        </Form>
      </Confirm>
    </li>
  );
}

/** A passkey is made by the browser, so this form lives by a script alone. */
function AddForm({ onCodes }: { readonly onCodes: (codes: readonly string[] | null) => void }) {
  const inBrowser = useInBrowser();
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FormFailure | null>();
  const ref = useFailureFocus(failure);

  const add = async (form: HTMLFormElement) => {
    const values = new FormData(form);
    setBusy(true);
    setFailure(undefined);
    const outcome = await addPasskey(typed(values, 'name'), typed(values, 'password'));
    setBusy(false);
    if (!outcome.added) {
      setFailure(outcome.failure);
      return;
    }
    form.reset();
    onCodes(outcome.recoveryCodes);
    revalidate();
  };
  if (!inBrowser) return null;
  return (
    <form
      ref={ref}
      aria-label="New passkey"
      className="flex flex-col gap-3"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        void add(event.currentTarget);
      }}
    >
      {formError(failure, ['name', 'password']) !== undefined && (
        <Notice tone="failure">{formError(failure, ['name', 'password'])}</Notice>
      )}
      <TextField
        label="Name of the passkey"
        name="name"
        required
        maxLength={80}
        hint="To tell it by, for example Work laptop."
        error={fieldError(failure, 'name')}
      />
      <OwnPasswordField error={fieldError(failure, 'password')} />
      <Button type="submit" disabled={busy} className="self-start">
        <PasskeyIcon />
        Add a passkey
      </Button>
    </form>
  );
}

function typed(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}

import { OwnPasswordField } from '../../account/password-field.tsx';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { OutboxNote } from '../../letters/outbox-note.tsx';
import type { action } from './route.tsx';

/** The name that people see. */
export function NameForm({ displayName }: { readonly displayName: string }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('name');
  const failure = answer?.failure;
  return (
    <Form ref={ref} method="post" aria-label="Name" className="flex flex-col gap-3">
      {answer?.saved && <Notice tone="success">Your name is changed.</Notice>}
      {formError(failure, ['displayName']) !== undefined && (
        <Notice tone="failure">{formError(failure, ['displayName'])}</Notice>
      )}
      <TextField
        label="Name"
        name="displayName"
        autoComplete="name"
        defaultValue={displayName}
        required
        error={fieldError(failure, 'displayName')}
      />
      <Button type="submit" name="intent" value="name" disabled={busy} className="self-start">
        Save name
      </Button>
    </Form>
  );
}

const emailFields = ['newEmail', 'password'];

/** Another address to log in with; a link in a letter to it makes the change. */
export function EmailForm({ email }: { readonly email: string }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('email');
  const failure = answer?.failure;
  return (
    <Form ref={ref} method="post" aria-label="Email" className="flex flex-col gap-3">
      <p className="text-sm text-ink-soft">
        You log in as <strong className="font-medium break-words text-ink">{email}</strong>.
      </p>
      {answer?.requested !== undefined && (
        <>
          <Notice tone="success">
            A letter went to {answer.requested.newEmail}. The address changes when its link is
            opened.
          </Notice>
          <OutboxNote letterInOutbox={answer.requested.letterInOutbox} />
        </>
      )}
      {formError(failure, emailFields) !== undefined && (
        <Notice tone="failure">{formError(failure, emailFields)}</Notice>
      )}
      <TextField
        label="New email"
        name="newEmail"
        type="email"
        autoComplete="email"
        required
        error={fieldError(failure, 'newEmail')}
      />
      <OwnPasswordField error={fieldError(failure, 'password')} />
      <Button type="submit" name="intent" value="email" disabled={busy} className="self-start">
        Change email
      </Button>
    </Form>
  );
}

/** What the account does by itself. */
export function SettingsForm({ loginLetters }: { readonly loginLetters: boolean }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('settings');
  return (
    <Form ref={ref} method="post" aria-label="Settings" className="flex flex-col gap-3">
      {answer?.saved && <Notice tone="success">Your settings are saved.</Notice>}
      {formError(answer?.failure) !== undefined && (
        <Notice tone="failure">{formError(answer?.failure)}</Notice>
      )}
      <CheckField
        name="loginLetters"
        label="Write to me when a new device logs in"
        hint="A letter with the time, the address and the device."
        defaultChecked={loginLetters}
      />
      <Button type="submit" name="intent" value="settings" disabled={busy} className="self-start">
        Save settings
      </Button>
    </Form>
  );
}

import { OwnPasswordField } from '../../account/password-field.tsx';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { TotpEnrolment } from './change-security.server.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import type { action } from './route.tsx';

/** Codes of an authenticator app: setting them up, and taking them away. */
export function TotpPanel({ enabled }: { readonly enabled: boolean }) {
  const begin = useForm<typeof action>('begin-totp');
  const confirm = useForm<typeof action>('confirm-totp');
  const codes = confirm.answer?.codes;
  const enrolment = begin.answer?.enrolment;
  return (
    <Panel
      title="Authenticator app"
      actions={
        <Badge tone={enabled ? 'good' : 'neutral'}>{enabled ? 'Set up' : 'Not set up'}</Badge>
      }
    >
      <div className="flex flex-col gap-4">
        {codes !== undefined && <RecoveryCodes codes={codes} />}
        {enabled ? (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-ink-soft">Logging in asks for a code of your app.</p>
            <DisableTotp />
          </div>
        ) : enrolment === undefined && !confirm.answer?.failure ? (
          <BeginForm form={begin} />
        ) : (
          <>
            {enrolment !== undefined && <Enrolment enrolment={enrolment} />}
            <ConfirmForm form={confirm} />
          </>
        )}
      </div>
    </Panel>
  );
}

type FormState = ReturnType<typeof useForm<typeof action>>;

function BeginForm({ form: { Form, ref, answer, busy } }: { readonly form: FormState }) {
  const failure = answer?.failure;
  return (
    <Form ref={ref} method="post" aria-label="Authenticator app" className="flex flex-col gap-3">
      <p className="text-sm text-ink-soft">
        An app on your phone shows a code that changes every 30 seconds. Logging in then asks for it
        besides the password. Live brokers are used with a second factor only.
      </p>
      {formError(failure, ['password']) !== undefined && (
        <Notice tone="failure">{formError(failure, ['password'])}</Notice>
      )}
      <OwnPasswordField error={fieldError(failure, 'password')} />
      <Button type="submit" name="intent" value="begin-totp" disabled={busy} className="self-start">
        Set up the app
      </Button>
    </Form>
  );
}

function Enrolment({
  enrolment: { secret, keyUri, qrCode },
}: {
  readonly enrolment: TotpEnrolment;
}) {
  return (
    <div className="flex flex-wrap items-start gap-4">
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrCode)}`}
        alt="QR code for your authenticator app"
        width={168}
        height={168}
        className="size-42 rounded-md border border-rule bg-white"
      />
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-2 text-sm">
        <p>Scan the code with your app.</p>
        <p className="text-ink-soft">
          On this device?{' '}
          <a href={keyUri} className="text-accent underline underline-offset-3">
            Open it in your app
          </a>
          , or type this key:
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <code
            aria-label="Key for your app"
            className="rounded border border-rule bg-paper px-2 py-1.5 font-mono text-xs break-all select-all"
          >
            {secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
          <CopyButton text={secret}>Copy key</CopyButton>
        </div>
      </div>
    </div>
  );
}

function ConfirmForm({ form: { Form, ref, answer, busy } }: { readonly form: FormState }) {
  const failure = answer?.failure;
  return (
    <Form ref={ref} method="post" aria-label="First code" className="flex flex-col gap-3">
      {formError(failure, ['code']) !== undefined && (
        <Notice tone="failure">{formError(failure, ['code'])}</Notice>
      )}
      <TextField
        label="Code that the app shows"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        required
        error={fieldError(failure, 'code')}
      />
      <Button
        type="submit"
        name="intent"
        value="confirm-totp"
        emphasis="primary"
        disabled={busy}
        className="self-start"
      >
        Turn it on
      </Button>
    </Form>
  );
}

function DisableTotp() {
  const { Form, ref, answer, busy } = useForm<typeof action>('disable-totp');
  const failure = answer?.failure;
  return (
    <Confirm opener="Turn off" of="the authenticator app" title="Turn the authenticator app off?">
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Without a passkey, your password alone logs in from then on, and live brokers can no
          longer be used.
        </p>
        {formError(failure, ['password', 'code']) !== undefined && (
          <Notice tone="failure">{formError(failure, ['password', 'code'])}</Notice>
        )}
        <OwnPasswordField error={fieldError(failure, 'password')} />
        <CodeField error={fieldError(failure, 'code')} />
        <ConfirmActions value="disable-totp" busy={busy}>
          Turn off
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

/** A code of the app, or a recovery code in its place. */
export function CodeField({ error }: { readonly error: string | undefined }) {
  return (
    <TextField
      label="Code of your app, or a recovery code"
      name="code"
      autoComplete="one-time-code"
      spellCheck={false}
      required
      error={error}
    />
  );
}

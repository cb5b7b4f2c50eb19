import { OwnPasswordField } from '../../account/password-field.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import type { action } from './route.tsx';
import { CodeField } from './totp-panel.tsx';

const fields = ['password', 'code'];

/** How many codes are left, and fresh ones. */
export function RecoveryCodesPanel({ left }: { readonly left: number }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('renew-codes');
  const failure = answer?.failure;
  const codes = answer?.codes;
  return (
    <Panel title="Recovery codes" note={`${left} left`}>
      <div className="flex flex-col gap-4">
        {codes !== undefined && <RecoveryCodes key={codes[0]} codes={codes} />}
        {left <= 3 && codes === undefined && (
          <Notice tone="caution">Few are left. Make fresh ones before the last is used.</Notice>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-ink-soft">For the day your phone or passkey is lost.</p>
          <Confirm
            opener="Make fresh codes"
            emphasis="secondary"
            title="Make fresh recovery codes?"
            closeOn={codes}
          >
            <Form ref={ref} method="post" className="flex flex-col gap-3">
              <p className="text-ink-soft">The codes you have now stop working.</p>
              {formError(failure, fields) !== undefined && (
                <Notice tone="failure">{formError(failure, fields)}</Notice>
              )}
              <OwnPasswordField error={fieldError(failure, 'password')} />
              <CodeField error={fieldError(failure, 'code')} />
              <ConfirmActions value="renew-codes" busy={busy}>
                Make fresh codes
              </ConfirmActions>
            </Form>
          </Confirm>
        </div>
      </div>
    </Panel>
  );
}

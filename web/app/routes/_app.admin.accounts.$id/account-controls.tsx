import { roles, tiers } from '../../administration/account-terms.ts';
import { Button } from '../../components/button.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { plainName } from '../../format/names.ts';
import type { AccountQuery } from '../../generated/graphql.ts';
import type { AccountAnswer } from './change-account.server.ts';
import type { action } from './route.tsx';

type Account = NonNullable<AccountQuery['account']>;

function Answer({
  answer,
  fields = [],
}: {
  readonly answer: AccountAnswer | undefined;
  readonly fields?: readonly string[];
}) {
  const failure = formError(answer?.failure, fields);
  if (failure !== undefined) return <Notice tone="failure">{failure}</Notice>;
  return answer?.done === undefined ? null : <Notice tone="success">{answer.done}</Notice>;
}

/** Another role for the account. */
export function RoleForm({ account }: { readonly account: Account }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('role');
  return (
    <Form ref={ref} method="post" aria-label="Role" className="flex flex-col gap-2">
      <Answer answer={answer} />
      <div className="flex items-end gap-2">
        <SelectField
          key={account.role}
          label="Role"
          name="role"
          defaultValue={account.role}
          className="flex-1"
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {plainName(role)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" name="intent" value="role" disabled={busy}>
          Change role
        </Button>
      </div>
    </Form>
  );
}

/** Another plan for the account. */
export function TierForm({ account }: { readonly account: Account }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('tier');
  return (
    <Form ref={ref} method="post" aria-label="Tier" className="flex flex-col gap-2">
      <Answer answer={answer} />
      <div className="flex items-end gap-2">
        <SelectField
          key={account.tier}
          label="Tier"
          name="tier"
          defaultValue={account.tier}
          className="flex-1"
        >
          {tiers.map((tier) => (
            <option key={tier} value={tier}>
              {plainName(tier)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" name="intent" value="tier" disabled={busy}>
          Change tier
        </Button>
      </div>
    </Form>
  );
}

/** Closes the account, or opens it again. */
export function SuspensionForm({ account }: { readonly account: Account }) {
  const { Form, ref, answer, busy } = useForm<typeof action>();
  if (account.suspendedAt) {
    return (
      <Form ref={ref} method="post" aria-label="Suspension" className="flex flex-col gap-2">
        <Answer answer={answer} />
        <p className="text-sm text-ink-soft">Its user can log in again; agents stay stopped.</p>
        <Button
          type="submit"
          name="intent"
          value="reinstate"
          disabled={busy}
          className="self-start"
        >
          Reinstate account
        </Button>
      </Form>
    );
  }
  return (
    <div className="flex flex-col items-start gap-2">
      {answer?.done !== undefined && <Answer answer={answer} />}
      <Confirm opener="Suspend account" title={`Suspend ${account.displayName}?`}>
        <Form ref={ref} method="post" className="flex flex-col gap-3">
          <p className="text-ink-soft">
            Sessions, sockets and API keys end at once, agents stop, and orders may only make
            positions smaller. You can reinstate the account later.
          </p>
          {answer?.done === undefined && <Answer answer={answer} fields={['reason']} />}
          <TextField
            label="Reason"
            name="reason"
            required
            maxLength={200}
            hint="Kept with the account, for administrators."
            error={fieldError(answer?.failure, 'reason')}
          />
          <ConfirmActions value="suspend" busy={busy}>
            Suspend account
          </ConfirmActions>
        </Form>
      </Confirm>
    </div>
  );
}

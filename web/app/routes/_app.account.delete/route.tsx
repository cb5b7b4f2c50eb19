import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';

import { AccountPage } from '../../account/account-page.tsx';
import { OwnPasswordField } from '../../account/password-field.tsx';
import { mutate, answerForm } from '../../api.server.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useFailureFocus } from '../../components/use-failure-focus.ts';
import { exactText } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError, ownPasswordFailureOf } from '../../form-failure.ts';
import { DeleteAccountDocument } from '../../generated/graphql.ts';

export const meta: MetaFunction = () => [{ title: 'Delete account · NandaX' }];

interface Answer {
  readonly failure?: FormFailure | null | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const input = { password: exactText(form, 'password') };
  return answerForm(form, async () => {
    const { data: answer, headers } = await mutate(request, DeleteAccountDocument, { input });
    const { deleteAccount: result } = answer;
    if (result.__typename !== 'AccountDeleted') {
      return data<Answer>({ failure: ownPasswordFailureOf(result) }, { status: 422 });
    }
    const until = encodeURIComponent(result.erasedAfter);
    return redirect(`/deleted?until=${until}`, { headers });
  });
}

const consequences = [
  'You are logged out everywhere, and API keys are revoked for good.',
  'Agents stop. Open positions stay as they are.',
  'For a while, which the letter we send you names, you can have the account back.',
  'Then your name, your addresses and your devices are erased. The record of orders and trades stays, without them, as the law asks.',
];

export default function DeleteAccount() {
  const answer: Answer | undefined = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const form = useFailureFocus(answer);
  const failure = answer?.failure;
  return (
    <AccountPage>
      <Panel title="Delete account" className="max-w-2xl">
        <div className="flex flex-col gap-4">
          <ul className="list-disc space-y-1 pl-5 text-sm text-ink-soft">
            {consequences.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <Form
            ref={form}
            method="post"
            aria-label="Delete account"
            className="flex flex-col gap-3"
          >
            {formError(failure, ['password']) !== undefined && (
              <Notice tone="failure">{formError(failure, ['password'])}</Notice>
            )}
            <OwnPasswordField error={fieldError(failure, 'password')} />
            <Button type="submit" emphasis="danger" disabled={busy} className="self-start">
              Delete my account
            </Button>
          </Form>
        </div>
      </Panel>
    </AccountPage>
  );
}

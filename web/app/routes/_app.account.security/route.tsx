import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AccountPage } from '../../account/account-page.tsx';
import { loginPath, answerForm, query } from '../../api.server.ts';
import { Panel } from '../../components/panel.tsx';
import { SecurityDocument } from '../../generated/graphql.ts';
import { changeSecurity } from './change-security.server.ts';
import { DevicesPanel } from './devices-panel.tsx';
import { PasskeysPanel } from './passkeys-panel.tsx';
import { PasswordForm } from './password-form.tsx';
import { RecoveryCodesPanel } from './recovery-codes-panel.tsx';
import { TotpPanel } from './totp-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Security · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  const { viewer, sessions } = await query(request, SecurityDocument, { after });
  if (!viewer) throw redirect(loginPath(request));
  return { secondFactor: viewer.secondFactor, sessions };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () => changeSecurity(request, form));
}

export default function Security() {
  const { secondFactor, sessions } = useLoaderData<typeof loader>();
  const { totp, passkeys, recoveryCodesLeft } = secondFactor;
  return (
    <AccountPage>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <TotpPanel enabled={totp} />
          {(totp || passkeys.length > 0) && <RecoveryCodesPanel left={recoveryCodesLeft} />}
          <PasskeysPanel passkeys={passkeys} />
        </div>
        <Panel title="Password">
          <PasswordForm />
        </Panel>
      </div>
      <DevicesPanel sessions={sessions} />
    </AccountPage>
  );
}

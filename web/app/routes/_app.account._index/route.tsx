import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AccountPage } from '../../account/account-page.tsx';
import { loginPath, answerForm, query } from '../../api.server.ts';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Panel } from '../../components/panel.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { text } from '../../form.server.ts';
import { plainName } from '../../format/names.ts';
import { ProfileDocument } from '../../generated/graphql.ts';
import { changeEmail, changeName, changeSettings } from './change-profile.server.ts';
import { EmailForm, NameForm, SettingsForm } from './profile-forms.tsx';
import { TierUsage } from './tier-usage.tsx';

export const meta: MetaFunction = () => [{ title: 'Account · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer } = await query(request, ProfileDocument, {});
  if (!viewer) throw redirect(loginPath(request));
  return { viewer };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () => {
    switch (text(form, 'intent')) {
      case 'email':
        return changeEmail(request, form);
      case 'settings':
        return changeSettings(request, form);
      default:
        return changeName(request, form);
    }
  });
}

export default function Profile() {
  const { viewer } = useLoaderData<typeof loader>();
  return (
    <AccountPage>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Profile">
            <NameForm displayName={viewer.displayName} />
          </Panel>
          <Panel title="Email">
            <EmailForm email={viewer.email} />
          </Panel>
          <Panel title="Letters">
            <SettingsForm loginLetters={viewer.loginLetters} />
          </Panel>
        </div>
        <Panel title="Plan" note="What it allows, and how much of it you use">
          <div className="flex flex-col gap-5">
            <Statistics columns="three">
              <Statistic name="Tier">{plainName(viewer.tier)}</Statistic>
              <Statistic name="Role">{plainName(viewer.role)}</Statistic>
              <Statistic name="Registered">
                <ExchangeTime value={viewer.createdAt} show="date" />
              </Statistic>
              <Statistic name="Last login (IST)">
                <ExchangeTime value={viewer.lastLoginAt} />
              </Statistic>
            </Statistics>
            <TierUsage usage={viewer.tierUsage} />
          </div>
        </Panel>
      </div>
    </AccountPage>
  );
}

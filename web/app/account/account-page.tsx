import type { ReactNode } from 'react';

import { Page } from '../components/page.tsx';
import { SubNavigation } from '../components/sub-navigation.tsx';
import { UnscriptedFailure } from '../components/unscripted-failure.tsx';

const places = [
  { to: '/account', name: 'Profile' },
  { to: '/account/security', name: 'Security' },
  { to: '/account/api-keys', name: 'API keys' },
  { to: '/account/brokers', name: 'Brokers' },
  { to: '/account/audit', name: 'Audit trail' },
  { to: '/account/delete', name: 'Delete account' },
];

/** The frame of the screens about one's own account. */
export function AccountPage({ children }: { readonly children: ReactNode }) {
  return (
    <Page title="Account">
      <SubNavigation name="Account" places={places} />
      <UnscriptedFailure />
      {children}
    </Page>
  );
}

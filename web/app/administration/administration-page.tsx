import type { ReactNode } from 'react';

import { Page } from '../components/page.tsx';
import { SubNavigation } from '../components/sub-navigation.tsx';

const places = [
  { to: '/admin', name: 'Accounts' },
  { to: '/admin/tiers', name: 'Tiers' },
  { to: '/admin/risk', name: 'Risk' },
  { to: '/admin/jobs', name: 'Failed jobs' },
  { to: '/admin/audit', name: 'Audit log' },
];

/** The frame of the screens of whoever runs the installation. */
export function AdministrationPage({ children }: { readonly children: ReactNode }) {
  return (
    <Page title="Administration">
      <SubNavigation name="Administration" places={places} />
      {children}
    </Page>
  );
}

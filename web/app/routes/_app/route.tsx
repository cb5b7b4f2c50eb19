import type { LoaderFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import type { ShouldRevalidateFunction } from '@remix-run/react';
import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { useState } from 'react';
import { Provider } from 'urql';

import { demoEmail } from '../../account/demo-account.ts';
import { loginPath, query } from '../../api.server.ts';
import { ErrorScreen } from '../../components/error-screen.tsx';
import { ShellDocument } from '../../generated/graphql.ts';
import { LiveProvider } from '../../live/live-provider.tsx';
import { retryAfterHeaders } from '../../retry-after.ts';
import { Shell } from './shell.tsx';

export const headers = retryAfterHeaders;

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, installation, eventSequence } = await query(request, ShellDocument, {});
  if (!viewer) throw redirect(loginPath(request));
  // Letters without a mail server are for the demo account to read.
  const hasOutbox = installation.localOutbox && viewer.email === demoEmail;
  return { viewer: { ...viewer, hasOutbox }, eventSequence };
}

/**
 * Who is signed in changes only by way of the login page, which leaves this layout; what they are
 * called changes on their profile.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction }) =>
  formAction?.startsWith('/account') ?? false;

export default function AppLayout() {
  const { viewer, eventSequence } = useLoaderData<typeof loader>();
  // For the few questions that only a browser asks, such as checking rules while they are typed.
  const [client] = useState(
    () =>
      new Client({
        url: '/graphql',
        exchanges: [cacheExchange, fetchExchange],
        preferGetMethod: false,
      }),
  );
  return (
    <Provider value={client}>
      <LiveProvider eventSequence={eventSequence}>
        <Shell viewer={viewer}>
          <Outlet />
        </Shell>
      </LiveProvider>
    </Provider>
  );
}

export function ErrorBoundary() {
  const loaded = useRouteLoaderData<typeof loader>('routes/_app');
  if (loaded === undefined) return <ErrorScreen />;
  return (
    <LiveProvider eventSequence={loaded.eventSequence}>
      <Shell viewer={loaded.viewer}>
        <ErrorScreen />
      </Shell>
    </LiveProvider>
  );
}

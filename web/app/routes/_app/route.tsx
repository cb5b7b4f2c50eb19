import type { LoaderFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { useState } from 'react';
import { Provider } from 'urql';

import { loginPath, query } from '../../api.server.ts';
import { ErrorScreen } from '../../components/error-screen.tsx';
import { ShellDocument } from '../../generated/graphql.ts';
import { LiveProvider } from '../../live/live-provider.tsx';
import { Shell } from './shell.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, installation } = await query(request, ShellDocument, {});
  if (!viewer) throw redirect(loginPath(request));
  return { viewer, installation };
}

/** Who is signed in changes only by way of the login page, which leaves this layout. */
export const shouldRevalidate = () => false;

export default function AppLayout() {
  const { viewer } = useLoaderData<typeof loader>();
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
      <LiveProvider>
        <Shell name={viewer.displayName}>
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
    <LiveProvider>
      <Shell name={loaded.viewer.displayName}>
        <ErrorScreen />
      </Shell>
    </LiveProvider>
  );
}

import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';

import { ErrorScreen } from './components/error-screen.tsx';
import { useEarlyChoices } from './components/use-early-choices.ts';
import { useNonce } from './nonce.ts';
import { retryAfterHeaders } from './retry-after.ts';
import styles from './styles.css?url';
import { readTheme, useChosenTheme } from './theme.ts';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
];

export const meta: MetaFunction = () => [{ title: 'NandaX' }];

export const headers = retryAfterHeaders;

export function loader({ request }: LoaderFunctionArgs) {
  return { theme: readTheme(request.headers.get('cookie')) };
}

export function Layout({ children }: { readonly children: ReactNode }) {
  const loaded = useRouteLoaderData<typeof loader>('root');
  const nonce = useNonce();
  const theme = useChosenTheme(loaded?.theme ?? 'system');
  return (
    // The cookie decides the theme on the server, so that no page is ever painted in the wrong one.
    <html lang="en-IN" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body className="bg-paper font-sans text-ink">
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  useEarlyChoices();
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorScreen />;
}

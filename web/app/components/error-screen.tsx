import { isRouteErrorResponse, useRouteError } from '@remix-run/react';

import { ButtonLink } from './button.tsx';

/** What a screen shows in place of itself when it cannot be shown. */
export function ErrorScreen() {
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main id="content" className="mx-auto max-w-xl px-6 py-16">
      <p className="text-sm text-ink-soft">{missing ? '404' : 'Something broke'}</p>
      <h1 className="mt-1 text-xl font-semibold tracking-tight">
        {missing ? 'There is nothing here.' : 'This screen could not be loaded.'}
      </h1>
      <p className="mt-2 text-sm text-ink-soft">
        {missing
          ? 'The address is wrong, or what stood here was deleted, or it belongs to another account.'
          : 'Agents, orders and replays go on without it. Load the page again; if that does not help, the log of the API says why.'}
      </p>
      <div className="mt-5 flex gap-2">
        <ButtonLink to="." reloadDocument>
          Load again
        </ButtonLink>
        <ButtonLink to="/" emphasis="quiet">
          Dashboard
        </ButtonLink>
      </div>
    </main>
  );
}

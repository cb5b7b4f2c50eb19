import { isRouteErrorResponse, useRouteError } from '@remix-run/react';

import { ButtonLink } from './button.tsx';

/** What a screen shows in place of itself when it cannot be shown. */
export function ErrorScreen() {
  const { sign, title, words } = wordsOf(useRouteError());
  return (
    <main id="content" className="mx-auto max-w-xl px-6 py-16">
      <p className="text-sm text-ink-soft">{sign}</p>
      <h1 className="mt-1 text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-2 text-sm text-ink-soft">{words}</p>
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

interface Words {
  readonly sign: string;
  readonly title: string;
  readonly words: string;
}

function wordsOf(error: unknown): Words {
  const status = isRouteErrorResponse(error) ? error.status : undefined;
  if (status === 404) {
    return {
      sign: '404',
      title: 'There is nothing here.',
      words:
        'The address is wrong, or what stood here was deleted, or it belongs to another account.',
    };
  }
  if (isRouteErrorResponse(error) && status === 429) {
    return {
      sign: 'A short pause',
      title: 'That was a lot in a short time.',
      words: `Load the page again in ${String(error.data)} seconds. Agents, orders and replays go on meanwhile.`,
    };
  }
  return {
    sign: 'Something broke',
    title: 'This screen could not be loaded.',
    words:
      'Agents, orders and replays go on without it. Load the page again; if that does not help, the log of the API says why.',
  };
}

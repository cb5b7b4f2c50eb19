import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';

import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';

import { NonceProvider } from './nonce.ts';

/** How long a page may take to be complete, milliseconds. */
const patienceMilliseconds = 5_000;

/**
 * Renders a page. A browser gets its shell as soon as that is there and the rest as it comes, a robot
 * all at once. Every script in it carries the nonce that server.ts made for this request.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = typeof loadContext['nonce'] === 'string' ? loadContext['nonce'] : undefined;
  const marked = nonce === undefined ? {} : { nonce };
  const atOnce = isbot(request.headers.get('user-agent')) || remixContext.isSpaMode;
  return new Promise((resolve, reject) => {
    let answered = false;
    let failed = false;
    const answer = () => {
      answered = true;
      const body = new PassThrough();
      headers.set('content-type', 'text/html');
      resolve(
        new Response(createReadableStreamFromReadable(body), {
          headers,
          status: failed ? 500 : status,
        }),
      );
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer
          context={remixContext}
          url={request.url}
          abortDelay={patienceMilliseconds}
          {...marked}
        />
      </NonceProvider>,
      {
        ...marked,
        [atOnce ? 'onAllReady' : 'onShellReady']: answer,
        onShellError: reject,
        onError(error) {
          failed = true;
          // Before the answer, it is the answer that tells of it.
          if (answered) process.stderr.write(`${inspect(error)}\n`);
        },
      },
    );
    setTimeout(abort, patienceMilliseconds);
  });
}

import { useNavigation } from '@remix-run/react';
import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';

import { followAccount } from './account-stream.ts';
import { EventHub } from './event-hub.ts';
import type { ConnectionState, Live } from './live-context.ts';
import { ConnectionContext, LiveContext } from './live-context.ts';

/**
 * The close code of a session that is over: trying again would not help. (4403 says only that an
 * access token is out of date; graphql-ws connects again then.)
 */
const sessionIsOver = 4401;

/** A page that logs out by itself goes its own way within this time. */
const farewellMilliseconds = 300;

function endsTheSession(event: unknown): boolean {
  return event instanceof CloseEvent && event.code === sessionIsOver;
}

/**
 * Opens the one WebSocket of the page and keeps the stream of the signed-in account. It lives above
 * the screens: going from one to the next neither reconnects nor misses an event.
 */
export function LiveProvider({
  eventSequence,
  children,
}: {
  /** Where the stream begins: no screen below was read at an earlier one. */
  readonly eventSequence: string;
  readonly children: ReactNode;
}) {
  const [client, setClient] = useState<Client | null>(null);
  const [state, setState] = useState<ConnectionState>('connecting');
  const [hub] = useState(() => new EventHub(() => performance.now()));
  const [begin] = useState(eventSequence);
  const navigation = useNavigation();

  useEffect(() => {
    const opened = createClient({
      url: new URL('/graphql', window.location.href).href.replace(/^http/, 'ws'),
      lazy: false,
      keepAlive: 15_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: (retries) =>
        new Promise((resolve) => {
          setTimeout(resolve, Math.min(10_000, 250 * 2 ** retries) * (0.75 + Math.random() / 2));
        }),
      shouldRetry: (event) => !endsTheSession(event),
      onNonLazyError: (event) => {
        // The client has given up. The topics go on trying; each of them opens the socket again.
        if (endsTheSession(event)) setState('signed out');
      },
      on: {
        connected: () => {
          setClient(opened);
          setState('live');
        },
        closed: () => {
          setState((before) => (before === 'signed out' ? before : 'reconnecting'));
        },
      },
    });
    const stop = followAccount(opened, begin, {
      onEvent: (event) => {
        hub.receive(event);
      },
      onGap: () => {
        hub.reportGap();
      },
      onSignedOut: () => {
        setState('signed out');
      },
    });
    return () => {
      stop();
      void opened.dispose();
      hub.stop();
    };
  }, [hub, begin]);

  // A session that was ended elsewhere. The page is left for good: what it holds is no longer theirs
  // to see. Logging out by a form of this page ends the session too; its redirect comes first.
  const idle = navigation.state === 'idle';
  useEffect(() => {
    if (state !== 'signed out' || !idle) return;
    const timer = setTimeout(() => {
      const { pathname, search } = window.location;
      window.location.assign(`/login?ended&next=${encodeURIComponent(pathname + search)}`);
    }, farewellMilliseconds);
    return () => clearTimeout(timer);
  }, [state, idle]);

  const live = useMemo<Live>(
    () => ({
      client,
      listen: (listener) => hub.listen(listener),
      after: (sequence) => hub.after(sequence),
    }),
    [client, hub],
  );
  return (
    <LiveContext.Provider value={live}>
      <ConnectionContext.Provider value={state}>{children}</ConnectionContext.Provider>
    </LiveContext.Provider>
  );
}

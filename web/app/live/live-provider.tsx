import { useNavigation } from '@remix-run/react';
import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';

import { followAccount } from './account-stream.ts';
import { endSilentSockets } from './end-silent-sockets.ts';
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

function stateOf(socket: 'new' | 'lost' | 'over', whole: boolean): ConnectionState {
  if (socket === 'over') return 'signed out';
  if (whole) return 'live';
  return socket === 'new' ? 'connecting' : 'reconnecting';
}

/**
 * Opens the one WebSocket of the page and keeps the stream of the signed-in account. It lives above
 * the screens: going from one to the next neither reconnects nor misses an event.
 */
export function LiveProvider({
  eventSequence,
  children,
}: {
  /** Where the stream begins. */
  readonly eventSequence: string;
  readonly children: ReactNode;
}) {
  const [client, setClient] = useState<Client | null>(null);
  const [socket, setSocket] = useState<'new' | 'lost' | 'over'>('new');
  const [standing, setStanding] = useState(false);
  const [behind, setBehind] = useState(false);
  const [begin] = useState(eventSequence);
  const [hub] = useState(() => new EventHub(begin, () => performance.now(), setBehind));
  const state = stateOf(socket, standing && !behind);
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
        if (endsTheSession(event)) setSocket('over');
      },
      on: {
        connected: () => {
          setClient(opened);
        },
        closed: () => {
          setSocket((before) => (before === 'over' ? before : 'lost'));
        },
      },
    });
    endSilentSockets(opened);
    const stop = followAccount(opened, begin, {
      onEvent: (event) => {
        hub.receive(event);
      },
      onStanding: setStanding,
      onGap: (sequence) => {
        hub.reportGap(sequence);
      },
      onSignedOut: () => {
        setSocket('over');
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
      misses: (sequence) => hub.misses(sequence),
      fallBehind: () => hub.fallBehind(),
    }),
    [client, hub],
  );
  return (
    <LiveContext.Provider value={live}>
      <ConnectionContext.Provider value={state}>{children}</ConnectionContext.Provider>
    </LiveContext.Provider>
  );
}

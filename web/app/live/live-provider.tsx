import { useNavigation, useRevalidator } from '@remix-run/react';
import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';

import type { AccountEvent } from './account-stream.ts';
import { followAccount } from './account-stream.ts';
import type { ConnectionState, Live } from './live-context.ts';
import { ConnectionContext, LiveContext } from './live-context.ts';
import { useReload } from './use-reload.ts';

/** Events are handed on this often at most: faster than an eye, slower than a replay at full speed. */
const batchMilliseconds = 60;

/** How far before the start of a load its events are kept, for what was on its way just then. */
const marginMilliseconds = 2_000;

/** Reloading after a reconnection waits this long, so that the subscriptions stand before it reads. */
const settleMilliseconds = 250;

/**
 * Opens the one WebSocket of the page and keeps the stream of the signed-in account. It lives above
 * the screens: going from one to the next neither reconnects nor misses an event.
 */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [client, setClient] = useState<Client | null>(null);
  const [state, setState] = useState<ConnectionState>('connecting');
  const [hub] = useState(() => new EventHub());
  const { state: revalidation } = useRevalidator();
  const { state: navigation } = useNavigation();

  const reload = useReload();

  const loading = navigation === 'loading' || revalidation === 'loading';
  useEffect(() => {
    if (loading) hub.forgetBefore(performance.now() - marginMilliseconds);
  }, [hub, loading]);

  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const reloadSoon = () => {
      clearTimeout(settling);
      settling = setTimeout(reload, settleMilliseconds);
    };
    const opened = createClient({
      url: new URL('/graphql', window.location.href).href.replace(/^http/, 'ws'),
      lazy: false,
      keepAlive: 15_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: (retries) =>
        new Promise((resolve) => {
          setTimeout(resolve, Math.min(10_000, 250 * 2 ** retries) * (0.75 + Math.random() / 2));
        }),
      // 4401 and 4403: the session is over, trying again would not help.
      shouldRetry: (event) =>
        !(event instanceof CloseEvent && (event.code === 4401 || event.code === 4403)),
      onNonLazyError: () => {
        setState('signed out');
      },
      on: {
        connected: () => {
          setClient(opened);
          setState('live');
          // A topic without an event so far has no position to go on from: read once more instead.
          reloadSoon();
        },
        closed: () => {
          setState((before) => (before === 'signed out' ? before : 'reconnecting'));
        },
      },
    });
    const stop = followAccount(opened, {
      onEvent: (event) => {
        hub.receive(event);
      },
      onGap: reloadSoon,
      onSignedOut: () => {
        setState('signed out');
      },
    });
    return () => {
      clearTimeout(settling);
      stop();
      void opened.dispose();
      hub.stop();
    };
  }, [hub, reload]);

  const live = useMemo<Live>(
    () => ({ client, listen: (listener) => hub.listen(listener), recent: () => hub.recent() }),
    [client, hub],
  );
  return (
    <LiveContext.Provider value={live}>
      <ConnectionContext.Provider value={state}>{children}</ConnectionContext.Provider>
    </LiveContext.Provider>
  );
}

/** Hands events on in batches, and keeps those that the loaded data may not hold yet. */
class EventHub {
  readonly #listeners = new Set<(events: readonly AccountEvent[]) => void>();
  #kept: { readonly receivedAt: number; readonly event: AccountEvent }[] = [];
  #waiting: AccountEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  receive(event: AccountEvent): void {
    this.#kept.push({ receivedAt: performance.now(), event });
    this.#waiting.push(event);
    this.#timer ??= setTimeout(() => {
      const events = this.#waiting;
      this.#waiting = [];
      this.#timer = undefined;
      for (const listener of this.#listeners) listener(events);
    }, batchMilliseconds);
  }

  listen(listener: (events: readonly AccountEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  recent(): readonly AccountEvent[] {
    return this.#kept.map(({ event }) => event);
  }

  forgetBefore(time: number): void {
    this.#kept = this.#kept.filter(({ receivedAt }) => receivedAt >= time);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

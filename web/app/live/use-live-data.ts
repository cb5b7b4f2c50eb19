import type { TypedDocumentNode } from '@urql/core';
import { useContext, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';

import type { AccountEvent } from './account-stream.ts';
import type { Dated } from './fold-events.ts';
import { foldEvents } from './fold-events.ts';
import { LiveContext } from './live-context.ts';

/** How a screen's data is kept up to date. */
export interface LiveScreen<Screen extends Dated, Data, Variables> {
  /** The screen's query, with the variables its loader asked with. */
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  /** What the screen holds of an answer; null: there is nothing to show, keep what there is. */
  readonly read: (data: Data) => Screen | null;
  /** Adds to lists what an event brings. It must not mind seeing an event twice. */
  readonly insert?: (screen: Screen, event: AccountEvent) => Screen;
  /** Whether an event changes something that it does not carry itself, a curve for example. */
  readonly reloadOn?: (event: AccountEvent) => boolean;
}

/** Events ask for a reload this often at most. */
const reloadMilliseconds = 500;

/** Before a reload that had no answer is tried again: this long at first, then twice as long each time. */
const againMilliseconds = { first: 1_000, most: 30_000 } as const;

/**
 * The data of a loader, kept up to date by the account's events: entities on the screen change in
 * place, `insert` adds new ones. Only events from after the data was read count: one that it holds
 * already would set it back. After a gap in the stream, or an event that says so, the query is
 * asked again by the browser itself. (A reload by the router would count as a navigation and swallow
 * the redirect that answers a form; and its failure would take the screen away.)
 */
export function useLiveData<Screen extends Dated, Data, Variables extends object>(
  loaded: Screen,
  screen: LiveScreen<Screen, Data, Variables>,
): Screen {
  const live = useContext(LiveContext);
  const client = useClient();
  const insert = screen.insert ?? keep;
  const upToNow = () => foldEvents(loaded, live.after(loaded.eventSequence), insert);

  const [held, setHeld] = useState(() => ({ loaded, data: upToNow() }));
  let current = held;
  if (held.loaded !== loaded) {
    current = { loaded, data: upToNow() };
    setHeld(current);
  }

  const latest = useRef({ loaded, screen, insert });
  useEffect(() => {
    latest.current = { loaded, screen, insert };
  });

  const catchUp = useRef<() => void>(() => undefined);

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let trial: ReturnType<typeof setTimeout> | undefined;
    let caughtUp = () => {};

    const apply = (events: readonly AccountEvent[]) => {
      setHeld((before) => {
        const data = foldEvents(before.data, events, latest.current.insert);
        return data === before.data ? before : { ...before, data };
      });
    };
    /** Whether the screen shows nothing older than the answer, or is gone. */
    const reload = async (): Promise<boolean> => {
      const asked = latest.current;
      const { document, variables, read } = asked.screen;
      const { data } = await client
        .query(document, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (ended) return true;
      if (latest.current.loaded !== asked.loaded) {
        // A loader has answered meanwhile. It was asked later and knows more, unless it was under way
        // when something was missed.
        return live.misses(latest.current.loaded.eventSequence) ? reload() : true;
      }
      if (data === undefined) return false;
      const fresh = read(data);
      if (fresh === null) return true;
      setHeld((before) =>
        BigInt(fresh.eventSequence) < BigInt(before.data.eventSequence)
          ? before
          : { ...before, data: foldEvents(fresh, live.after(fresh.eventSequence), asked.insert) },
      );
      return live.misses(fresh.eventSequence) ? reload() : true;
    };
    /** Until there is an answer: no event will tell what it holds. */
    const reloadUntilAnswered = async (wait: number = againMilliseconds.first): Promise<void> => {
      clearTimeout(trial);
      if (await reload()) {
        caughtUp();
        return;
      }
      clearTimeout(trial);
      trial = setTimeout(
        () => void reloadUntilAnswered(Math.min(2 * wait, againMilliseconds.most)),
        wait,
      );
    };
    catchUp.current = () => {
      caughtUp();
      caughtUp = live.fallBehind();
      void reloadUntilAnswered();
    };
    const stopListening = live.listen({
      onEvents: (events) => {
        apply(events);
        if (timer !== undefined || !events.some((event) => latest.current.screen.reloadOn?.(event)))
          return;
        timer = setTimeout(() => {
          timer = undefined;
          void reloadUntilAnswered();
        }, reloadMilliseconds);
      },
      onGap: catchUp.current,
    });
    // What came between rendering and listening.
    apply(live.after(latest.current.loaded.eventSequence));
    return () => {
      ended = true;
      clearTimeout(timer);
      clearTimeout(trial);
      caughtUp();
      stopListening();
    };
  }, [live, client]);

  useEffect(() => {
    if (live.misses(loaded.eventSequence)) catchUp.current();
  }, [live, loaded]);

  return current.data;
}

function keep<Screen>(screen: Screen): Screen {
  return screen;
}

import type { TypedDocumentNode } from '@urql/core';
import { useContext, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';

import type { AccountEvent } from './account-stream.ts';
import { LiveContext } from './live-context.ts';
import { mergeEntities } from './merge-entities.ts';

/** How a screen's data is kept up to date. */
export interface LiveScreen<Screen, Data, Variables> {
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

/**
 * The data of a loader, kept up to date by the account's events: entities on the screen change in
 * place, `insert` adds new ones. After a gap in the stream, or an event that says so, the query is
 * asked again by the browser itself. (A reload by the router would count as a navigation and swallow
 * the redirect that answers a form; and its failure would take the screen away.)
 */
export function useLiveData<Screen, Data, Variables extends object>(
  loaded: Screen,
  screen: LiveScreen<Screen, Data, Variables>,
): Screen {
  const live = useContext(LiveContext);
  const client = useClient();
  const insert = screen.insert ?? keep;
  const sinceLoad = () => fold(loaded, live.since(live.loadBegan()), insert);

  const [held, setHeld] = useState(() => ({ loaded, data: sinceLoad() }));
  let current = held;
  if (held.loaded !== loaded) {
    current = { loaded, data: sinceLoad() };
    setHeld(current);
  }

  const latest = useRef({ loaded, screen, insert });
  useEffect(() => {
    latest.current = { loaded, screen, insert };
  });

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const apply = (events: readonly AccountEvent[]) => {
      setHeld((before) => {
        const data = fold(before.data, events, latest.current.insert);
        return data === before.data ? before : { ...before, data };
      });
    };
    const reload = async () => {
      const asked = latest.current;
      const began = performance.now();
      const { document, variables, read } = asked.screen;
      const { data } = await client
        .query(document, variables, { requestPolicy: 'network-only' })
        .toPromise();
      // A loader that has answered meanwhile began later and knows more.
      if (ended || data === undefined || latest.current.loaded !== asked.loaded) return;
      const fresh = read(data);
      if (fresh === null) return;
      setHeld((before) => ({ ...before, data: fold(fresh, live.since(began), asked.insert) }));
    };
    const stopListening = live.listen({
      onEvents: (events) => {
        apply(events);
        if (timer !== undefined || !events.some((event) => latest.current.screen.reloadOn?.(event)))
          return;
        timer = setTimeout(() => {
          timer = undefined;
          void reload();
        }, reloadMilliseconds);
      },
      onGap: () => void reload(),
    });
    // What came between rendering and listening.
    apply(live.since(live.loadBegan()));
    return () => {
      ended = true;
      clearTimeout(timer);
      stopListening();
    };
  }, [live, client]);

  return current.data;
}

/** The entities that an event carries in their newest version. */
function entitiesOf(event: AccountEvent): readonly { readonly id: string }[] {
  switch (event.__typename) {
    case 'OrderUpdate':
      return [event.order];
    case 'TradeUpdate':
      return [event.trade];
    case 'GttUpdate':
      return [event.gtt];
    case 'AgentUpdate':
      return event.decision ? [event.agent, event.decision] : [event.agent];
    case 'PortfolioUpdate':
      return [event.portfolio];
    case 'RunUpdate':
      return [event.run];
    case 'OptimisationUpdate':
      return [event.optimisation];
    case 'ReplayUpdate':
      return [event.replaySession];
    case 'NotificationUpdate':
      return [event.notification];
  }
}

function keep<Screen>(screen: Screen): Screen {
  return screen;
}

function fold<Screen>(
  screen: Screen,
  events: readonly AccountEvent[],
  insert: (screen: Screen, event: AccountEvent) => Screen,
): Screen {
  return events.reduce(insert, mergeEntities(screen, events.flatMap(entitiesOf)));
}

import { useContext, useEffect, useState } from 'react';

import type { AccountEvent } from './account-stream.ts';
import { LiveContext } from './live-context.ts';
import { mergeEntities } from './merge-entities.ts';

/** The entities that an event carries in their newest version. */
export function entitiesOf(event: AccountEvent): readonly { readonly id: string }[] {
  switch (event.__typename) {
    case 'OrderUpdate':
      return [event.order];
    case 'TradeUpdate':
      return [event.trade];
    case 'AgentUpdate':
      return event.decision ? [event.agent, event.decision] : [event.agent];
    case 'PortfolioUpdate':
      return [event.portfolio];
    case 'RunUpdate':
      return [event.run];
    case 'ReplayUpdate':
      return [event.replaySession];
    case 'NotificationUpdate':
      return [event.notification];
  }
}

/**
 * Data of a loader, kept up to date by the account's events. Entities on the screen change in
 * place; `insert` adds what is new to lists. It must not mind seeing an event twice.
 */
export function useLiveData<Data>(
  loaded: Data,
  insert: (data: Data, event: AccountEvent) => Data = keep,
): Data {
  const live = useContext(LiveContext);
  const [held, setHeld] = useState(() => ({ loaded, data: fold(loaded, live.recent(), insert) }));

  let current = held;
  if (held.loaded !== loaded) {
    current = { loaded, data: fold(loaded, live.recent(), insert) };
    setHeld(current);
  }

  useEffect(() => {
    const apply = (events: readonly AccountEvent[]) => {
      setHeld((before) => {
        const data = fold(before.data, events, insert);
        return data === before.data ? before : { ...before, data };
      });
    };
    // What came between rendering and listening.
    apply(live.recent());
    return live.listen(apply);
  }, [live, insert]);

  return current.data;
}

function keep<Data>(data: Data): Data {
  return data;
}

function fold<Data>(
  data: Data,
  events: readonly AccountEvent[],
  insert: (data: Data, event: AccountEvent) => Data,
): Data {
  return events.reduce(insert, mergeEntities(data, events.flatMap(entitiesOf)));
}

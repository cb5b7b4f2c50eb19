import { stringifyDocument } from '@urql/core';
import { useContext, useEffect, useState } from 'react';

import type { TicksSubscription } from '../generated/graphql.ts';
import { TicksDocument } from '../generated/graphql.ts';
import { LiveContext } from './live-context.ts';

export type LiveTick = TicksSubscription['ticks'][number];

const retryMilliseconds = 2_000;

const noTicks: ReadonlyMap<string, LiveTick> = new Map();

/** The latest tick of each instrument of a feed, by instrument id; ticks may be skipped, never late. */
export function useTicks(
  feedId: string | undefined,
  instrumentIds: readonly string[],
): ReadonlyMap<string, LiveTick> {
  const { client } = useContext(LiveContext);
  const [ticks, setTicks] = useState(noTicks);
  const joinedIds = instrumentIds.join(' ');

  useEffect(() => {
    if (client === null || feedId === undefined || joinedIds === '') return;
    let ended = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    const subscribe = () =>
      client.subscribe<TicksSubscription>(
        {
          query: stringifyDocument(TicksDocument),
          variables: { feedId, instrumentIds: joinedIds.split(' ') },
        },
        {
          next: ({ data }) => {
            const arrived = data?.ticks ?? [];
            setTicks((before) => new Map([...before, ...arrived.map(byInstrument)]));
          },
          // Prices without a stream stay as they are until there is one again.
          error: subscribeAgain,
          complete: subscribeAgain,
        },
      );
    let unsubscribe = subscribe();
    function subscribeAgain() {
      if (ended) return;
      again = setTimeout(() => {
        unsubscribe = subscribe();
      }, retryMilliseconds);
    }
    return () => {
      ended = true;
      clearTimeout(again);
      unsubscribe();
      setTicks(noTicks);
    };
  }, [client, feedId, joinedIds]);

  return ticks;
}

function byInstrument(tick: LiveTick): readonly [string, LiveTick] {
  return [tick.instrument.id, tick];
}

import { useRevalidator } from '@remix-run/react';
import { useContext, useEffect, useRef } from 'react';

import type { AccountEvent } from './account-stream.ts';
import { LiveContext } from './live-context.ts';

/**
 * Loads the screen again after an event that concerns it but does not carry what changed, an equity
 * curve for example; at most once in `everyMilliseconds`.
 */
export function useReloadOn(
  concerns: (event: AccountEvent) => boolean,
  everyMilliseconds = 2_000,
): void {
  const live = useContext(LiveContext);
  const { revalidate } = useRevalidator();
  const latest = useRef({ concerns, revalidate });
  useEffect(() => {
    latest.current = { concerns, revalidate };
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopListening = live.listen((events) => {
      if (timer !== undefined || !events.some((event) => latest.current.concerns(event))) return;
      timer = setTimeout(() => {
        timer = undefined;
        latest.current.revalidate();
      }, everyMilliseconds);
    });
    return () => {
      clearTimeout(timer);
      stopListening();
    };
  }, [live, everyMilliseconds]);
}

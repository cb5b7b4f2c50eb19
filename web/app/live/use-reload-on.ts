import { useContext, useEffect, useRef } from 'react';

import type { AccountEvent } from './account-stream.ts';
import { LiveContext } from './live-context.ts';
import { useReload } from './use-reload.ts';

/**
 * Loads the screen again after an event that concerns it but does not carry what changed, an equity
 * curve for example; at most once in `everyMilliseconds`.
 */
export function useReloadOn(
  concerns: (event: AccountEvent) => boolean,
  everyMilliseconds = 2_000,
): void {
  const live = useContext(LiveContext);
  const reload = useReload();
  const latest = useRef(concerns);
  useEffect(() => {
    latest.current = concerns;
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopListening = live.listen((events) => {
      if (timer !== undefined || !events.some((event) => latest.current(event))) return;
      timer = setTimeout(() => {
        timer = undefined;
        reload();
      }, everyMilliseconds);
    });
    return () => {
      clearTimeout(timer);
      stopListening();
    };
  }, [live, reload, everyMilliseconds]);
}

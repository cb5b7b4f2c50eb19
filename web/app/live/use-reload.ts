import { useFetchers, useNavigation, useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';

/**
 * Loads the screen's data again, at once or as soon as no form and no navigation is on its way: to
 * the router a reload is a navigation, and the newer of two wins, so that a reload in between would
 * swallow the redirect which answers a form.
 */
export function useReload(): () => void {
  const { revalidate, state } = useRevalidator();
  const navigation = useNavigation();
  const fetchers = useFetchers();
  const busy =
    state !== 'idle' ||
    navigation.state !== 'idle' ||
    fetchers.some((fetcher) => fetcher.state !== 'idle');

  const wanted = useRef(false);
  const latest = useRef({ busy, revalidate });
  useEffect(() => {
    latest.current = { busy, revalidate };
    if (busy || !wanted.current) return;
    wanted.current = false;
    revalidate();
  }, [busy, revalidate]);

  return useCallback(() => {
    if (latest.current.busy) wanted.current = true;
    else latest.current.revalidate();
  }, []);
}

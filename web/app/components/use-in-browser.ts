import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False on the server and while the page comes to life, so that both render the same. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

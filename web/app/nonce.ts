import { createContext, useContext } from 'react';

const NonceContext = createContext<string | undefined>(undefined);

/** Gives a page that is being rendered on the server its nonce. */
export const NonceProvider = NonceContext.Provider;

/**
 * The mark that lets a script of this page run under its Content-Security-Policy. Undefined in the
 * browser, which hides it, and in development, which has no policy.
 */
export function useNonce(): string | undefined {
  return useContext(NonceContext);
}

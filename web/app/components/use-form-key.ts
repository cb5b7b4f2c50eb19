import { useState } from 'react';

import { useInBrowser } from './use-in-browser.ts';

/**
 * The idempotency key of a form that stands in a page many times. The browser mints it once the page is
 * alive, and each answer brings the next; without a script it is empty, and the action mints one.
 */
export function useFormKey(next: string | undefined): string {
  const inBrowser = useInBrowser();
  const [first] = useState(mint);
  return next ?? (inBrowser ? first : '');
}

/** Not by randomUUID, which browsers keep from pages that did not come over HTTPS. */
function mint(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

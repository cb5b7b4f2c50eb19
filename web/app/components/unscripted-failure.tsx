import { useActionData } from '@remix-run/react';

import { formError } from '../form-failure.ts';
import type { FormFailure } from '../form-failure.ts';
import { Notice } from './notice.tsx';
import { useInBrowser } from './use-in-browser.ts';

/**
 * Why the form that was sent without a script failed. Its dialog is closed again in the page that
 * came back, and would say it where nobody looks.
 */
export function UnscriptedFailure() {
  const inBrowser = useInBrowser();
  const answer = useActionData<{ readonly failure?: FormFailure | null } | undefined>();
  const message = formError(answer?.failure);
  return inBrowser || message === undefined ? null : <Notice tone="failure">{message}</Notice>;
}

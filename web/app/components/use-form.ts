import { useActionData, useFetcher } from '@remix-run/react';
import { useState } from 'react';

import { useFailureFocus } from './use-failure-focus.ts';

/**
 * A form that stays on its screen, and the last answer of the route's action to it. The answer
 * outlives navigations within the screen; a form sent before the page was alive finds it too. With
 * `ref` on the form, the focus goes to what failed.
 *
 * @param intent which of the screen's forms it is, as its button says; undefined: the only one.
 */
export function useForm<Action>(intent?: string) {
  const fetcher = useFetcher<Action>();
  const actionData = useActionData<Action>();
  const [rendered] = useState(isTo(actionData, intent) ? actionData : undefined);
  const answer = fetcher.data ?? rendered;
  return {
    Form: fetcher.Form,
    ref: useFailureFocus(answer),
    answer,
    busy: fetcher.state !== 'idle',
  };
}

/** Answers of actions with one form do not say which. */
function isTo(answer: unknown, intent: string | undefined): boolean {
  if (intent === undefined || typeof answer !== 'object' || answer === null) return true;
  return !('to' in answer) || answer.to === intent;
}

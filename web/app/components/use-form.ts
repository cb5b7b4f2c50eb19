import { useActionData, useFetcher, useNavigation } from '@remix-run/react';
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
  const redirecting = useNavigation().state !== 'idle';
  // A refused form can be sent again at once: the page reading itself anew would swallow the Enter.
  const refused = isRefusal(fetcher.data) && !redirecting;
  return {
    Form: fetcher.Form,
    ref: useFailureFocus(answer),
    answer,
    busy: fetcher.state === 'submitting' || (fetcher.state === 'loading' && !refused),
  };
}

/** Answers of actions with one form do not say which. */
function isTo(answer: unknown, intent: string | undefined): boolean {
  if (intent === undefined || typeof answer !== 'object' || answer === null) return true;
  return !('to' in answer) || answer.to === intent;
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'failure' in answer && !!answer.failure;
}

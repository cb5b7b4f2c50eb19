import { useActionData, useFetcher } from '@remix-run/react';
import { useState } from 'react';

import { useFailureFocus } from './use-failure-focus.ts';

/**
 * A form that stays on its screen, and the last answer of the route's action to it. The answer
 * outlives navigations within the screen; a form sent before the page was alive finds it too. With
 * `ref` on the form, the focus goes to what failed.
 */
export function useForm<Action>() {
  const fetcher = useFetcher<Action>();
  const [rendered] = useState(useActionData<Action>());
  const answer = fetcher.data ?? rendered;
  return {
    Form: fetcher.Form,
    ref: useFailureFocus(answer),
    answer,
    busy: fetcher.state !== 'idle',
  };
}

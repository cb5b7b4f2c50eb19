import { useActionData, useFetcher } from '@remix-run/react';
import { useState } from 'react';

/**
 * A form that stays on its screen, and the last answer of the route's action to it. The answer
 * outlives navigations within the screen; a form sent before the page was alive finds it too.
 */
export function useForm<Action>() {
  const fetcher = useFetcher<Action>();
  const [rendered] = useState(useActionData<Action>());
  return {
    Form: fetcher.Form,
    answer: fetcher.data ?? rendered,
    busy: fetcher.state !== 'idle',
  };
}

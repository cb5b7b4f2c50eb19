import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/**
 * Puts the focus on what failed when an answer comes: the first wrong field of the form, else the
 * message about the whole of it.
 *
 * @returns the form's ref.
 */
export function useFailureFocus(answer: unknown): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (answer === undefined) return;
    const wrong =
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]') ??
      form.current?.querySelector<HTMLElement>('[role=alert]');
    wrong?.focus();
  }, [answer]);
  return form;
}

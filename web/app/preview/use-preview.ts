import { useFetcher } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';

/** How long nothing may change before it is asked, so that typing asks once. */
const quietMilliseconds = 300;

/**
 * What the terms in a form would come to, asked anew a moment after they changed.
 *
 * @param address of the route that reads the form's fields.
 */
export function usePreview<Loader>(address: string) {
  const { load, data, state } = useFetcher<Loader>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const ask = useCallback(
    (form: HTMLFormElement | null) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        if (form === null) return;
        const fields = new URLSearchParams();
        for (const [name, value] of new FormData(form)) {
          if (typeof value === 'string' && name !== 'idempotencyKey') fields.append(name, value);
        }
        load(`${address}?${fields.toString()}`);
      }, quietMilliseconds);
    },
    [address, load],
  );
  return { ask, answer: data, asking: state !== 'idle' };
}

import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useId, useRef } from 'react';

import { Button } from './button.tsx';

const DialogId = createContext('');

/**
 * A button that asks before anything is done: it opens a dialog with the words and the form. It is a
 * popover, so that it opens, and closes by Escape, without a script.
 */
export function Confirm({
  opener,
  of,
  title,
  emphasis = 'danger',
  closeOn,
  children,
}: {
  /** What the button says. */
  readonly opener: string;
  /** What it is about, for those who hear the button without its row. */
  readonly of?: string;
  /** The question. */
  readonly title: string;
  readonly emphasis?: 'danger' | 'secondary';
  /** The dialog closes when this becomes another value that is not undefined: the answer of success. */
  readonly closeOn?: unknown;
  /** A form that ends in `ConfirmActions`. */
  readonly children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (closeOn !== undefined && dialog.current?.matches(':popover-open')) {
      dialog.current.hidePopover();
    }
  }, [closeOn]);
  useEffect(() => {
    const opened = dialog.current;
    const enter = (event: Event) => {
      if ((event as ToggleEvent).newState !== 'open') return;
      opened?.querySelector<HTMLElement>('input:not([type=hidden]), select, button')?.focus();
    };
    opened?.addEventListener('toggle', enter);
    return () => opened?.removeEventListener('toggle', enter);
  }, []);
  return (
    <>
      <Button
        emphasis={emphasis}
        aria-label={of === undefined ? undefined : `${opener} ${of}`}
        aria-haspopup="dialog"
        {...{ popovertarget: id }}
      >
        {opener}
      </Button>
      <div
        ref={dialog}
        id={id}
        role="dialog"
        aria-labelledby={`${id}-title`}
        {...{ popover: 'auto' }}
        className="fixed inset-0 m-auto h-fit max-h-[calc(100dvh-2rem)] w-[min(26rem,calc(100vw-2rem))] overflow-y-auto rounded-lg border border-rule-strong bg-sheet p-5 text-left text-sm font-normal whitespace-normal text-ink shadow-lg backdrop:bg-black/40"
      >
        <h2 id={`${id}-title`} className="mb-2 text-base font-semibold">
          {title}
        </h2>
        <DialogId.Provider value={id}>{children}</DialogId.Provider>
      </div>
    </>
  );
}

/** The last line of the dialog: do it, or leave it. */
export function ConfirmActions({
  busy,
  name = 'intent',
  value,
  emphasis = 'danger',
  children,
}: {
  readonly busy: boolean;
  readonly name?: string;
  /** What the action is told; undefined: the form says it in another way. */
  readonly value?: string;
  readonly emphasis?: 'danger' | 'primary';
  /** What the button of the deed says. */
  readonly children: string;
}) {
  const id = useContext(DialogId);
  return (
    <div className="mt-1 flex flex-wrap justify-end gap-2">
      <Button {...{ popovertarget: id, popovertargetaction: 'hide' }}>Cancel</Button>
      <Button
        type="submit"
        emphasis={emphasis}
        name={value === undefined ? undefined : name}
        value={value}
        disabled={busy}
      >
        {children}
      </Button>
    </div>
  );
}

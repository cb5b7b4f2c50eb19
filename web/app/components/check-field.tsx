import type { ReactNode } from 'react';
import { useId } from 'react';

/** One labelled check box, with a line of help. */
export function CheckField({
  name,
  label,
  hint,
  error,
  defaultChecked = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with it, from the failure that the API answered. */
  readonly error?: string | undefined;
  readonly defaultChecked?: boolean;
}) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        name={name}
        defaultChecked={defaultChecked}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {error !== undefined && (
          <p id={`${id}-error`} className="text-xs text-loss">
            {error}
          </p>
        )}
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-xs text-ink-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

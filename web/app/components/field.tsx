import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';

import { classNames } from './class-names.ts';

interface FieldProps {
  readonly label: string;
  /** A line of help below the control. */
  readonly hint?: ReactNode;
  /** What is wrong with the value, from the failure that the API answered. */
  readonly error?: string | undefined;
}

export const controlClass =
  'w-full rounded-md border border-rule-strong bg-sheet px-2.5 min-h-9 text-sm text-ink placeholder:text-ink-faint aria-invalid:border-loss';

function Field({
  label,
  hint,
  error,
  className,
  control,
}: FieldProps & {
  readonly className?: string | undefined;
  readonly control: (attributes: {
    id: string;
    'aria-invalid': true | undefined;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-ink-soft">
        {label}
      </label>
      {control({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
      })}
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
  );
}

/** A labelled line of text, number, date or file. */
export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldProps & ComponentProps<'input'>) {
  return (
    <Field
      {...{ label, hint, error, className }}
      control={(attributes) => (
        <input
          {...attributes}
          {...rest}
          className={classNames(
            controlClass,
            rest.type === 'file' && 'py-1.5 file:mr-3 file:text-accent',
          )}
        />
      )}
    />
  );
}

/** A labelled choice. */
export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: FieldProps & ComponentProps<'select'>) {
  return (
    <Field
      {...{ label, hint, error, className }}
      control={(attributes) => (
        <select {...attributes} {...rest} className={classNames(controlClass, 'pr-7')}>
          {children}
        </select>
      )}
    />
  );
}

/** Several of a few: a group of check boxes under one legend. */
export function CheckGroup({
  legend,
  name,
  choices,
  chosen,
  error,
}: {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly note?: string;
  }[];
  readonly chosen: readonly string[];
  readonly error?: string | undefined;
}) {
  const errorId = useId();
  return (
    <fieldset aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="mb-1 text-xs font-medium text-ink-soft">{legend}</legend>
      <div className="flex max-h-44 flex-wrap gap-1.5 overflow-y-auto">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-9 cursor-pointer items-center gap-2 rounded-md border border-rule-strong px-2.5 text-sm has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent"
          >
            <input
              type="checkbox"
              name={name}
              value={choice.value}
              defaultChecked={chosen.includes(choice.value)}
              className="accent-accent"
            />
            {choice.label}
            {choice.note !== undefined && (
              <span className="text-xs text-ink-faint">{choice.note}</span>
            )}
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} className="mt-1 text-xs text-loss">
          {error}
        </p>
      )}
    </fieldset>
  );
}

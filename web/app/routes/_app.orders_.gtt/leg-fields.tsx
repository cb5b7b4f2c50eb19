import type { ReactNode } from 'react';

import { TextField } from '../../components/field.tsx';
import { classNames } from '../../components/class-names.ts';

/** The fields of one trigger; in the form each is named with its leg before it. */
export function LegFields({
  leg,
  legend,
  values,
  className,
}: {
  readonly leg: string;
  readonly legend: ReactNode;
  readonly values?: {
    readonly triggerPrice: string;
    readonly price: string;
    readonly quantity: string;
  };
  readonly className?: string;
}) {
  return (
    <fieldset className={classNames('rounded-md border border-rule p-3', className)}>
      <legend className="px-1 text-xs font-medium text-ink-soft">{legend}</legend>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Trigger price (₹)"
          name={`${leg}.triggerPrice`}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values?.triggerPrice}
        />
        <TextField
          label="Limit price (₹)"
          name={`${leg}.price`}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values?.price}
        />
        <TextField
          label="Quantity"
          name={`${leg}.quantity`}
          inputMode="numeric"
          autoComplete="off"
          defaultValue={values?.quantity ?? '1'}
        />
      </div>
    </fieldset>
  );
}

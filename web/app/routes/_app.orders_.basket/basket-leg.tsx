import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError } from '../../form-failure.ts';
import type { BasketQuery } from '../../generated/graphql.ts';
import { InstrumentOptions } from '../../trading/where-to-trade.tsx';

/** The fields of a leg; in the form each is named with its row before it. */
export const legFields = [
  ...['instrumentId', 'side', 'quantity', 'product', 'type', 'price', 'autoSlice'],
  ...['variety', 'icebergLegs', 'marketProtectionPercent'],
] as const;

/** One order of a basket. Without a quantity it is left out. */
export function BasketLeg({
  row,
  number,
  instruments,
  failure,
  onRemove,
}: {
  readonly row: string;
  /** Its place on the screen, from 1. */
  readonly number: number;
  readonly instruments: readonly BasketQuery['instruments']['nodes'][number][];
  readonly failure: FormFailure | null | undefined;
  readonly onRemove: ((form: HTMLFormElement | null) => void) | undefined;
}) {
  const error = (field: string) => fieldError(failure, `${row}.${field}`);
  return (
    <fieldset className="group rounded-md border border-rule p-3">
      <legend className="px-1 text-xs font-medium text-ink-soft">{`Leg ${number}`}</legend>
      <input type="hidden" name="row" value={row} />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[5.5rem_minmax(0,1fr)_6rem_7rem]">
        <SelectField label="Side" name={`${row}.side`} error={error('side')}>
          <option value="BUY">Buy</option>
          <option value="SELL">Sell</option>
        </SelectField>
        <SelectField label="Instrument" name={`${row}.instrumentId`} error={error('instrumentId')}>
          <InstrumentOptions instruments={instruments} />
        </SelectField>
        <TextField
          label="Quantity"
          name={`${row}.quantity`}
          inputMode="numeric"
          autoComplete="off"
          error={error('quantity')}
        />
        <SelectField label="Product" name={`${row}.product`} error={error('product')}>
          <option value="MIS">MIS</option>
          <option value="CNC">CNC</option>
          <option value="NRML">NRML</option>
        </SelectField>
      </div>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <SelectField label="Type" name={`${row}.type`} error={error('type')} className="w-28">
          <option value="MARKET">Market</option>
          <option value="LIMIT">Limit</option>
        </SelectField>
        <TextField
          label="Limit price (₹)"
          name={`${row}.price`}
          inputMode="decimal"
          autoComplete="off"
          error={error('price')}
          className="hidden! w-32 group-has-[option[value=LIMIT]:checked]:flex!"
        />
        <SelectField
          label="Variety"
          name={`${row}.variety`}
          error={error('variety')}
          className="w-36"
        >
          <option value="REGULAR">Regular</option>
          <option value="AMO">After market</option>
          <option value="ICEBERG">Iceberg</option>
        </SelectField>
        <TextField
          label="Legs"
          name={`${row}.icebergLegs`}
          inputMode="numeric"
          autoComplete="off"
          error={error('icebergLegs')}
          className="hidden! w-20 group-has-[option[value=ICEBERG]:checked]:flex!"
        />
        <TextField
          label="Protection (%)"
          name={`${row}.marketProtectionPercent`}
          inputMode="decimal"
          autoComplete="off"
          placeholder="Table"
          error={error('marketProtectionPercent')}
          className="w-28 group-has-[option[value=LIMIT]:checked]:hidden!"
        />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        <CheckField
          name={`${row}.autoSlice`}
          label="Slice above the freeze quantity"
          error={error('autoSlice')}
        />
        <CheckField name={`${row}.reduceOnly`} label="Only reduce" />
        {onRemove !== undefined && (
          <Button
            emphasis="quiet"
            className="ml-auto"
            aria-label={`Remove leg ${number}`}
            onClick={(event) => {
              onRemove(event.currentTarget.form);
            }}
          >
            Remove
          </Button>
        )}
      </div>
    </fieldset>
  );
}

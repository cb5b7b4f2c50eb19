import { SelectField, TextField } from '../components/field.tsx';
import type { FormFailure } from '../form-failure.ts';
import { fieldError } from '../form-failure.ts';

/** Fields of a fill model, as the API names them in its failures. */
export const fillModelFields = [
  'fillModel.slippageTicks',
  'fillModel.spreadTicks',
  'fillModel.limitFill',
  'fillModel.participation',
  'fillModel.latencyMs',
];

/** How orders are to fill, folded away: most people leave it as it is. */
export function FillModelFields({ failure }: { readonly failure: FormFailure | null | undefined }) {
  return (
    <details open={failure?.field?.startsWith('fillModel.') ? true : undefined}>
      <summary className="cursor-pointer text-xs text-ink-soft">How orders fill</summary>
      <div className="mt-2 flex flex-col gap-3">
        <TextField
          label="Slippage (ticks)"
          name="slippageTicks"
          inputMode="numeric"
          defaultValue="0"
          hint="What an order at market pays on top of its price."
          error={fieldError(failure, 'fillModel.slippageTicks')}
        />
        <TextField
          label="Spread (ticks)"
          name="spreadTicks"
          inputMode="numeric"
          defaultValue="0"
          hint="Between bid and ask, half of it each way."
          error={fieldError(failure, 'fillModel.spreadTicks')}
        />
        <SelectField
          label="A resting limit order fills"
          name="limitFill"
          defaultValue="THROUGH"
          hint="Nobody knows the queue at a price: the first is the cautious reading."
          error={fieldError(failure, 'fillModel.limitFill')}
        >
          <option value="THROUGH">once the price is beyond its limit</option>
          <option value="TOUCH">once the price reaches its limit</option>
        </SelectField>
        <TextField
          label="Share of the volume (%)"
          name="participationPercent"
          inputMode="decimal"
          placeholder="No cap"
          hint="What all orders together may take of what is traded."
          error={fieldError(failure, 'fillModel.participation')}
        />
        <TextField
          label="Latency (ms)"
          name="latencyMs"
          inputMode="numeric"
          defaultValue="0"
          hint="From an order to the exchange."
          error={fieldError(failure, 'fillModel.latencyMs')}
        />
      </div>
    </details>
  );
}

import { SelectField, TextField } from '../../components/field.tsx';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError } from '../../form-failure.ts';
import { TypeOptions, ValidityOptions, VarietyOptions } from '../../trading/term-options.tsx';

/** Input fields whose failure each part of the ticket shows beside them. */
export const priceFields = ['type', 'price', 'triggerPrice', 'variety', 'icebergLegs'] as const;
export const bracketFields = ['stopPrice', 'targetPrice'] as const;
export const moreFields = [
  ...['validity', 'validityMinutes', 'disclosedQuantity', 'marketProtectionPercent', 'tag'],
] as const;

interface FieldsProps {
  readonly failure: FormFailure | null | undefined;
}

/** Type and prices. Style sheets show what a type needs, so that it works without a script. */
export function PriceFields({ failure }: FieldsProps) {
  return (
    <>
      <SelectField label="Type" name="type" error={fieldError(failure, 'type')}>
        <TypeOptions />
      </SelectField>
      <TextField
        label="Trigger price (₹)"
        name="triggerPrice"
        inputMode="decimal"
        autoComplete="off"
        hint="The order wakes when this price trades."
        error={fieldError(failure, 'triggerPrice')}
        className="hidden! group-has-[option[value=SL]:checked]:flex! group-has-[option[value=SL_M]:checked]:flex!"
      />
      <TextField
        label="Limit price (₹)"
        name="price"
        inputMode="decimal"
        autoComplete="off"
        hint="It buys no dearer and sells no cheaper."
        error={fieldError(failure, 'price')}
        className="hidden! group-has-[option[value=LIMIT]:checked]:flex! group-has-[option[value=SL]:checked]:flex!"
      />
      <SelectField label="Variety" name="variety" error={fieldError(failure, 'variety')}>
        <VarietyOptions />
      </SelectField>
      <TextField
        label="Legs"
        name="icebergLegs"
        inputMode="numeric"
        autoComplete="off"
        hint="The book shows one at a time, each of the same whole lots."
        error={fieldError(failure, 'icebergLegs')}
        className="hidden! group-has-[option[value=ICEBERG]:checked]:flex!"
      />
      <TextField
        label="Stop trigger (₹)"
        name="coverTrigger"
        inputMode="decimal"
        autoComplete="off"
        hint="What fills leaves at the market when this price trades."
        error={fieldError(failure, 'triggerPrice')}
        className="hidden! group-has-[option[value=CO]:checked]:flex!"
      />
    </>
  );
}

/** Where what fills is left again. */
export function BracketFields({ failure }: FieldsProps) {
  const open = bracketFields.some((name) => fieldError(failure, name) !== undefined);
  return (
    <details open={open || undefined} className="text-sm">
      <summary className="cursor-pointer text-xs font-medium text-ink-soft">
        Bracket: stop and target
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <p className="text-xs text-ink-soft">
          The stop rests at the broker for what fills. The entry is a day order, sent whole.
        </p>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Stop (₹)"
            name="stopPrice"
            inputMode="decimal"
            autoComplete="off"
            placeholder="None"
            error={fieldError(failure, 'stopPrice')}
          />
          <TextField
            label="Target (₹)"
            name="targetPrice"
            inputMode="decimal"
            autoComplete="off"
            placeholder="None"
            error={fieldError(failure, 'targetPrice')}
          />
        </div>
      </div>
    </details>
  );
}

/** What few orders need. */
export function MoreFields({ failure }: FieldsProps) {
  const open = moreFields.some((name) => fieldError(failure, name) !== undefined);
  return (
    <details open={open || undefined} className="text-sm">
      <summary className="cursor-pointer text-xs font-medium text-ink-soft">
        Validity, disclosed quantity, protection, tag
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <SelectField label="Validity" name="validity" error={fieldError(failure, 'validity')}>
          <ValidityOptions />
        </SelectField>
        <TextField
          label="Minutes"
          name="validityMinutes"
          inputMode="numeric"
          autoComplete="off"
          error={fieldError(failure, 'validityMinutes')}
          className="hidden! group-has-[option[value=TTL]:checked]:flex!"
        />
        <TextField
          label="Disclosed quantity"
          name="disclosedQuantity"
          inputMode="numeric"
          autoComplete="off"
          placeholder="All of it"
          error={fieldError(failure, 'disclosedQuantity')}
          className="group-has-[option[value=ICEBERG]:checked]:hidden!"
        />
        <TextField
          label="Market protection (%)"
          name="marketProtectionPercent"
          inputMode="decimal"
          autoComplete="off"
          placeholder="By the broker’s table"
          hint="It fills no further than this from the last price."
          error={fieldError(failure, 'marketProtectionPercent')}
          className="group-has-[option[value=LIMIT]:checked]:hidden! group-has-[option[value=SL]:checked]:hidden!"
        />
        <TextField
          label="Tag"
          name="tag"
          maxLength={20}
          autoComplete="off"
          hint="A mark of your own; it does not leave NandaX."
          error={fieldError(failure, 'tag')}
        />
      </div>
    </details>
  );
}

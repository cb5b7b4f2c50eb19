import { useEffect, useRef } from 'react';

import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { exchanges } from './exchanges.ts';
import type { action } from './route.tsx';

const fields = [
  'datasetName',
  'tradingSymbol',
  'tickSize',
  'lotSize',
  'multiplier',
  'fileName',
  'content',
];

/** Fields that matter only for an instrument that is not known yet. */
const ofUnknown = ['tickSize', 'lotSize', 'multiplier'];

/** Takes a file of minute candles in Kite's format; a wrong file is refused whole, row by row. */
export function ImportForm() {
  const { Form, answer, busy } = useForm<typeof action>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (answer?.imported) form.current?.reset();
  }, [answer]);
  const failure = instrumentFieldOf(answer?.failure);
  return (
    <Form
      ref={form}
      method="post"
      encType="multipart/form-data"
      aria-label="Import candles"
      className="flex flex-col gap-3"
    >
      {answer?.imported && (
        <Notice tone="success">{answer.imported.name} is imported, and yours alone.</Notice>
      )}
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">
          <p>{formError(failure, fields)}</p>
          {answer !== undefined && answer.rows.length > 0 && (
            <ul className="mt-1 flex flex-col gap-1 text-xs">
              {answer.rows.map((row) => (
                <li key={`${row.line} ${row.column} ${row.message}`}>
                  <span className="font-medium">
                    Line {row.line}, column {row.column}
                    {row.columnName && ` (${row.columnName})`}:
                  </span>{' '}
                  {row.message}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <TextField
        label="File"
        name="file"
        type="file"
        accept=".csv,text/csv"
        required
        hint="Kite's format: date,open,high,low,close,volume with one line a minute."
        error={fieldError(failure, 'content') ?? fieldError(failure, 'fileName')}
      />
      <div className="grid grid-cols-[5.5rem_1fr] gap-3">
        <SelectField label="Exchange" name="exchange">
          {exchanges.map((exchange) => (
            <option key={exchange}>{exchange}</option>
          ))}
        </SelectField>
        <TextField
          label="Trading symbol"
          name="tradingSymbol"
          required
          placeholder="RELIANCE"
          error={fieldError(failure, 'tradingSymbol')}
        />
      </div>
      <TextField
        label="Dataset name"
        name="datasetName"
        required
        error={fieldError(failure, 'datasetName')}
      />
      <details open={ofUnknown.includes(failure?.field ?? '') || undefined}>
        <summary className="cursor-pointer text-xs text-ink-soft">
          Tick, lot and multiplier of an instrument that is not known here yet
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-3">
          <TextField
            label="Tick size (₹)"
            name="tickSize"
            inputMode="decimal"
            defaultValue="0.05"
            error={fieldError(failure, 'tickSize')}
          />
          <TextField
            label="Lot size"
            name="lotSize"
            type="number"
            min="1"
            defaultValue="1"
            error={fieldError(failure, 'lotSize')}
          />
          <TextField
            label="Multiplier"
            name="multiplier"
            inputMode="decimal"
            defaultValue="1"
            hint="Where a quantity counts lots (CDS, BCD, MCX): their size."
            error={fieldError(failure, 'multiplier')}
          />
        </div>
      </details>
      <Button type="submit" name="intent" value="import" emphasis="primary" disabled={busy}>
        {busy ? 'Importing…' : 'Import'}
      </Button>
    </Form>
  );
}

/** The form is flat where the input nests: "instrument.tickSize" is its field tickSize. */
function instrumentFieldOf(failure: FormFailure | null | undefined): FormFailure | null {
  return failure ? { ...failure, field: failure.field?.replace(/^instrument\./, '') } : null;
}

import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldOfInstant, formatDate } from '../../format/time.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { DatasetChoiceFragment, InstrumentLabelFragment } from '../../generated/graphql.ts';
import { FillModelFields, fillModelFields } from '../../trading/fill-model-fields.tsx';
import type { action } from './route.tsx';

const fields = ['datasetId', 'initialCapital', 'from', 'to', ...fillModelFields];

/** Chooses history, capital and range, and starts a backtest of the saved rules. */
export function BacktestForm({
  datasets,
  instruments,
}: {
  readonly datasets: readonly DatasetChoiceFragment[];
  readonly instruments: readonly InstrumentLabelFragment[];
}) {
  const { Form, answer, busy } = useForm<typeof action>();
  const failure = answer?.backtest;
  const fitting = datasets.filter((dataset) =>
    instruments.every(({ id }) => dataset.instruments.some((instrument) => instrument.id === id)),
  );
  const [datasetId, setDatasetId] = useState(fitting[0]?.id ?? '');
  const dataset = fitting.find(({ id }) => id === datasetId) ?? fitting[0];

  if (dataset === undefined) {
    return (
      <p className="text-sm text-ink-soft">
        No dataset holds all instruments of this strategy. Import their candles under Market.
      </p>
    );
  }
  return (
    <Form method="post" aria-label="Backtest" className="flex flex-col gap-3">
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">{formError(failure, fields)}</Notice>
      )}
      <SelectField
        label="Dataset"
        name="datasetId"
        value={dataset.id}
        onChange={(event) => {
          setDatasetId(event.target.value);
        }}
        hint={
          dataset.from && dataset.to
            ? `${formatDate(dataset.from)} to ${formatDate(dataset.to)}`
            : undefined
        }
        error={fieldError(failure, 'datasetId')}
      >
        {fitting.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Initial capital (₹)"
        name="initialCapital"
        inputMode="decimal"
        defaultValue="10,00,000"
        required
        error={fieldError(failure, 'initialCapital')}
      />
      <details open={failure?.field === 'from' || failure?.field === 'to' || undefined}>
        <summary className="cursor-pointer text-xs text-ink-soft">Only a part of the range</summary>
        <div className="mt-2 flex flex-col gap-3">
          <TextField
            label="From (IST)"
            name="from"
            type="datetime-local"
            min={fieldOfInstant(dataset.from ?? null)}
            max={fieldOfInstant(dataset.to ?? null)}
            error={fieldError(failure, 'from')}
          />
          <TextField
            label="To (IST)"
            name="to"
            type="datetime-local"
            min={fieldOfInstant(dataset.from ?? null)}
            max={fieldOfInstant(dataset.to ?? null)}
            error={fieldError(failure, 'to')}
          />
        </div>
      </details>
      <FillModelFields failure={failure} />
      <Button type="submit" name="intent" value="backtest" emphasis="primary" disabled={busy}>
        {busy ? 'Starting…' : 'Run backtest'}
      </Button>
    </Form>
  );
}

import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { CheckGroup, SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { TextLink } from '../../components/text-link.tsx';
import { fieldOfInstant, formatDate } from '../../format/time.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { DatasetChoiceFragment } from '../../generated/graphql.ts';
import { FillModelFields, fillModelFields } from '../../trading/fill-model-fields.tsx';
import { SpeedOptions } from '../../trading/replay-controls.tsx';
import type { action } from './route.tsx';

const fields = [
  ...['name', 'datasetId', 'instrumentIds', 'from', 'to', 'speed', 'seed'],
  ...fillModelFields,
];

/** A new replay: which history, which part of it, how fast. */
export function ReplayForm({ datasets }: { readonly datasets: readonly DatasetChoiceFragment[] }) {
  const { Form, answer, busy } = useForm<typeof action>();
  const failure = answer?.create;
  const [datasetId, setDatasetId] = useState(datasets[0]?.id);
  const dataset = datasets.find(({ id }) => id === datasetId);
  if (dataset === undefined) {
    return (
      <p className="text-sm text-ink-soft">
        There is no history to replay. <TextLink to="/market">Import candles</TextLink>
      </p>
    );
  }
  return (
    <Form method="post" aria-label="New replay" className="flex flex-col gap-3">
      {failure === null && <Notice tone="success">The replay is ready to start.</Notice>}
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
        {datasets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        key={`name of ${dataset.id}`}
        label="Name"
        name="name"
        required
        defaultValue={`${dataset.name} replay`}
        error={fieldError(failure, 'name')}
      />
      <CheckGroup
        key={dataset.id}
        legend="Instruments"
        name="instrumentIds"
        choices={dataset.instruments.map(({ id, tradingSymbol }) => ({
          value: id,
          label: tradingSymbol,
        }))}
        chosen={dataset.instruments.map(({ id }) => id)}
        error={fieldError(failure, 'instrumentIds')}
      />
      <SelectField
        label="Speed"
        name="speed"
        defaultValue="60"
        hint="Above real time the market waits for each decision and order, so that a fast replay trades like a slow one."
        error={fieldError(failure, 'speed')}
      >
        <SpeedOptions />
      </SelectField>
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
      <Button type="submit" name="intent" value="create" emphasis="primary" disabled={busy}>
        Create replay
      </Button>
    </Form>
  );
}

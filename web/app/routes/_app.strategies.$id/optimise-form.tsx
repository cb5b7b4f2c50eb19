import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type {
  DatasetChoiceFragment,
  InstrumentLabelFragment,
  StrategyScreenQuery,
} from '../../generated/graphql.ts';
import { statisticName, trialStatistics } from '../../optimisation/trial-words.ts';
import { FillModelFields, fillModelFields } from '../../trading/fill-model-fields.tsx';
import type { action } from './route.tsx';

type Parameters = NonNullable<StrategyScreenQuery['strategy']>['parameters'];

const fields = [
  ...['datasetId', 'initialCapital', 'aim', 'search', 'trialLimit', 'seed', 'constraints'],
  'walkForward',
  ...fillModelFields,
];

/** Fields that stand folded away. */
const folded = ['walkForward', 'initialCapital', 'seed'];

/** Chooses what is looked for and how, and starts a search of the saved rules' parameters. */
export function OptimiseForm({
  datasets,
  instruments,
  parameters,
}: {
  readonly datasets: readonly DatasetChoiceFragment[];
  readonly instruments: readonly InstrumentLabelFragment[];
  readonly parameters: Parameters;
}) {
  const { Form, answer, busy } = useForm<typeof action>();
  const [walks, setWalks] = useState('NONE');
  const failure = answer?.optimise;
  const searched = parameters.flatMap(({ name, range }) => (range ? { name, ...range } : []));
  const fitting = datasets.filter((dataset) =>
    instruments.every(({ id }) => dataset.instruments.some((instrument) => instrument.id === id)),
  );

  if (searched.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        No parameter names a range. Write one into the rules, such as{' '}
        <code className="font-mono text-xs">fast = 10 in 5..50 step 5</code>, and save them.
      </p>
    );
  }
  if (fitting.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        No dataset holds all instruments of this strategy. Import their candles under Market.
      </p>
    );
  }
  return (
    <Form method="post" aria-label="Optimise" className="flex flex-col gap-3">
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">{formError(failure, fields)}</Notice>
      )}
      <ul className="flex flex-wrap gap-1.5 font-mono text-xs">
        {searched.map(({ name, minimum, maximum, step }) => (
          <li key={name} className="rounded bg-sunk px-1.5 py-0.5">
            {name} {minimum}..{maximum} step {step}
          </li>
        ))}
      </ul>
      <SelectField label="Dataset" name="datasetId" error={fieldError(failure, 'datasetId')}>
        {fitting.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label="Aim" name="aim" error={fieldError(failure, 'aim')}>
        {trialStatistics.map((name) => (
          <option key={name} value={name}>
            {statisticName(name)}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-2 gap-3">
        <SelectField label="Search" name="search" error={fieldError(failure, 'search')}>
          <option value="GUIDED">Guided</option>
          <option value="RANDOM">Random</option>
          <option value="GRID">Grid</option>
        </SelectField>
        <TextField
          label="Trials"
          name="trialLimit"
          inputMode="numeric"
          defaultValue="200"
          required
          error={fieldError(failure, 'trialLimit')}
        />
      </div>
      <TextField
        label="Constraint"
        name="constraints"
        placeholder="fast < slow"
        hint="A condition over the parameters, or over what a trial gave (totalTrades >= 30); left out: none"
        error={fieldError(failure, 'constraints')}
      />
      <details open={walks !== 'NONE' || folded.includes(failure?.field ?? '')}>
        <summary className="cursor-pointer text-xs text-ink-soft">
          Walk forward, capital and seed
        </summary>
        <div className="mt-2 flex flex-col gap-3">
          <SelectField
            label="Walk forward"
            name="walkForward"
            value={walks}
            onChange={(event) => {
              setWalks(event.target.value);
            }}
            hint="Tries the best of each window on the bars after it"
            error={fieldError(failure, 'walkForward')}
          >
            <option value="NONE">No</option>
            <option value="ROLLING">Rolling windows</option>
            <option value="ANCHORED">Anchored at the first bar</option>
          </SelectField>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="Bars searched"
              name="inSampleBars"
              inputMode="numeric"
              defaultValue="150"
            />
            <TextField
              label="Bars after them"
              name="outOfSampleBars"
              inputMode="numeric"
              defaultValue="50"
            />
          </div>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="Capital (₹)"
              name="initialCapital"
              inputMode="decimal"
              defaultValue="10,00,000"
              required
              error={fieldError(failure, 'initialCapital')}
            />
            <TextField
              label="Seed"
              name="seed"
              inputMode="numeric"
              defaultValue="1"
              required
              error={fieldError(failure, 'seed')}
            />
          </div>
        </div>
      </details>
      <FillModelFields failure={failure} />
      <p className="text-xs text-ink-soft">
        Trials trade whole bars; a backtest of what was found goes minute by minute.
      </p>
      <Button type="submit" name="intent" value="optimise" disabled={busy}>
        {busy ? 'Starting…' : 'Start optimisation'}
      </Button>
    </Form>
  );
}

import { limitNames } from '../../account/limit-names.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { formatCount, plainName } from '../../format/names.ts';
import type { TiersQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

type Limits = TiersQuery['tierLimits'][number];

/** The fields in the order of the form. */
export const limitFields = [
  { name: 'strategies', label: limitNames.STRATEGIES },
  { name: 'runningAgents', label: limitNames.RUNNING_AGENTS },
  { name: 'liveBrokers', label: limitNames.LIVE_BROKERS },
  { name: 'apiKeys', label: limitNames.API_KEYS },
  { name: 'requestsPerMinute', label: limitNames.REQUESTS_PER_MINUTE },
  { name: 'backtestCandles', label: limitNames.BACKTEST_CANDLES },
] as const;

const names = limitFields.map(({ name }) => name);

/** What one tier allows. */
export function TierForm({ limits }: { readonly limits: Limits }) {
  const { Form, ref, answer, busy } = useForm<typeof action>(limits.tier);
  const failure = answer?.failure;
  const tier = plainName(limits.tier);
  return (
    <Form ref={ref} method="post" aria-label={`Limits of ${tier}`} className="flex flex-col gap-3">
      {answer?.saved && <Notice tone="success">The limits are saved.</Notice>}
      {formError(failure, names) !== undefined && (
        <Notice tone="failure">{formError(failure, names)}</Notice>
      )}
      <div className="grid grid-cols-2 gap-3">
        {limitFields.map(({ name, label }) => {
          const value = limits[name];
          return (
            <TextField
              key={name}
              label={label}
              name={name}
              inputMode="numeric"
              autoComplete="off"
              placeholder={name === 'requestsPerMinute' ? undefined : 'No limit'}
              required={name === 'requestsPerMinute'}
              defaultValue={value ? formatCount(value) : ''}
              error={fieldError(failure, name)}
            />
          );
        })}
      </div>
      <Button
        type="submit"
        name="intent"
        value={limits.tier}
        disabled={busy}
        className="self-start"
      >
        Save limits
      </Button>
    </Form>
  );
}

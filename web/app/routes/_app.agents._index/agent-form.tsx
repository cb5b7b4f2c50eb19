import { useSearchParams } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formatRupees } from '../../format/money.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { AgentsQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

const fields = ['name', 'strategyId', 'portfolioId'];

/** A new agent: its strategy, and the portfolio whose money it trades. */
export function AgentForm({
  strategies,
  portfolios,
}: {
  readonly strategies: AgentsQuery['strategies']['nodes'];
  readonly portfolios: AgentsQuery['portfolios']['nodes'];
}) {
  const [parameters] = useSearchParams();
  const { Form, answer, busy } = useForm<typeof action>();
  const failure = answer?.agent;
  const strategy = strategies.find(({ id }) => id === parameters.get('strategy')) ?? strategies[0];
  return (
    <Form method="post" aria-label="New agent" className="flex flex-col gap-3">
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">{formError(failure, fields)}</Notice>
      )}
      <TextField
        label="Name"
        name="name"
        required
        defaultValue={strategy ? `${strategy.name} agent` : ''}
        error={fieldError(failure, 'name')}
      />
      <SelectField
        label="Strategy"
        name="strategyId"
        defaultValue={strategy?.id}
        error={fieldError(failure, 'strategyId')}
      >
        {strategies.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Portfolio"
        name="portfolioId"
        error={fieldError(failure, 'portfolioId')}
        hint={portfolios.length === 0 ? 'Create a paper portfolio first.' : undefined}
      >
        {portfolios.map(({ id, name, equity }) => (
          <option key={id} value={id}>
            {`${name}, ${formatRupees(equity)}`}
          </option>
        ))}
      </SelectField>
      <Button
        type="submit"
        name="intent"
        value="create-agent"
        emphasis="primary"
        disabled={busy || portfolios.length === 0}
      >
        Create agent
      </Button>
    </Form>
  );
}

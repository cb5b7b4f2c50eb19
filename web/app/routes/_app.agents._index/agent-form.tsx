import { Form, useNavigation, useSearchParams } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatRupees } from '../../format/money.ts';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { AgentsQuery } from '../../generated/graphql.ts';

const fields = ['name', 'strategyId', 'portfolioId'];

/** A new agent: its strategy, and the portfolio whose money it trades. */
export function AgentForm({
  strategies,
  portfolios,
  failure,
}: {
  readonly strategies: AgentsQuery['strategies']['nodes'];
  readonly portfolios: AgentsQuery['portfolios']['nodes'];
  readonly failure: FormFailure | null | undefined;
}) {
  const [parameters] = useSearchParams();
  const busy = useNavigation().formData?.get('intent') === 'create-agent';
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

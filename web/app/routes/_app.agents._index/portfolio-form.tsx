import { Form } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import type { FormFailure } from '../../form-failure.ts';
import { fieldError, formError } from '../../form-failure.ts';

const fields = ['name', 'initialCapital'];

/** A new portfolio of paper money. */
export function PortfolioForm({
  failure,
  created,
}: {
  readonly failure: FormFailure | null | undefined;
  readonly created: boolean;
}) {
  return (
    <Form method="post" aria-label="New paper portfolio" className="flex flex-col gap-3">
      {created && <Notice tone="success">The portfolio is ready.</Notice>}
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">{formError(failure, fields)}</Notice>
      )}
      <TextField label="Name" name="name" required error={fieldError(failure, 'name')} />
      <TextField
        label="Initial capital (₹)"
        name="initialCapital"
        inputMode="decimal"
        defaultValue="10,00,000"
        required
        error={fieldError(failure, 'initialCapital')}
      />
      <Button type="submit" name="intent" value="create-portfolio">
        Create portfolio
      </Button>
    </Form>
  );
}

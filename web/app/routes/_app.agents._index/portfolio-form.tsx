import { useEffect, useRef } from 'react';

import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import type { action } from './route.tsx';

const fields = ['name', 'initialCapital'];

/** A new portfolio of paper money. */
export function PortfolioForm() {
  const { Form, answer, busy } = useForm<typeof action>();
  const failure = answer?.portfolio;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (answer?.createdPortfolio) form.current?.reset();
  }, [answer]);
  return (
    <Form ref={form} method="post" aria-label="New paper portfolio" className="flex flex-col gap-3">
      {answer?.createdPortfolio && <Notice tone="success">The portfolio is ready.</Notice>}
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
      <Button type="submit" name="intent" value="create-portfolio" disabled={busy}>
        Create portfolio
      </Button>
    </Form>
  );
}

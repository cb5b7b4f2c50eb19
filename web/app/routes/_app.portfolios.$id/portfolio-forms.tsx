import { useState } from 'react';

import { Button } from '../../components/button.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { formatRupees } from '../../format/money.ts';
import type { action } from './route.tsx';

interface FormProps {
  readonly portfolio: { readonly name: string; readonly initialCapital: string };
  readonly idempotencyKey: string;
}

const moves = [
  { intent: 'deposit', name: 'Deposit', emphasis: 'primary' },
  { intent: 'withdraw', name: 'Withdraw', emphasis: 'secondary' },
] as const;

/** Paper money in and out; each is a posting of the ledger. */
export function MoveCapital({ idempotencyKey }: Pick<FormProps, 'idempotencyKey'>) {
  return (
    <div className="flex flex-col gap-4">
      {moves.map((move) => (
        <Move key={move.intent} {...move} idempotencyKey={idempotencyKey} />
      ))}
    </div>
  );
}

function Move({ intent, name, emphasis, idempotencyKey }: (typeof moves)[number] & FormKey) {
  const { Form, ref, answer, busy } = useForm<typeof action>(intent);
  const [firstKey] = useState(idempotencyKey);
  const failure = answer?.failure;
  const general = formError(failure, ['amount']);
  return (
    <Form ref={ref} method="post" aria-label={name} className="flex flex-col gap-2">
      <input
        type="hidden"
        name="idempotencyKey"
        value={answer?.idempotencyKey ?? `${intent} ${firstKey}`}
      />
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      {answer !== undefined && !failure && <Notice tone="success">It is in the ledger.</Notice>}
      <div className="flex items-end gap-2">
        <TextField
          label={`${name} (₹)`}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          required
          error={fieldError(failure, 'amount')}
          className="flex-1"
        />
        <Button type="submit" name="intent" value={intent} emphasis={emphasis} disabled={busy}>
          {name}
        </Button>
      </div>
    </Form>
  );
}

interface FormKey {
  readonly idempotencyKey: string;
}

/** Another name. */
export function Rename({ portfolio }: Pick<FormProps, 'portfolio'>) {
  const { Form, ref, answer, busy } = useForm<typeof action>('rename');
  const failure = answer?.failure;
  const general = formError(failure, ['name']);
  return (
    <Form ref={ref} method="post" aria-label="Name" className="flex flex-col gap-2">
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      <div className="flex items-end gap-2">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={80}
          autoComplete="off"
          defaultValue={portfolio.name}
          error={fieldError(failure, 'name')}
          className="flex-1"
        />
        <Button type="submit" name="intent" value="rename" disabled={busy}>
          Rename
        </Button>
      </div>
    </Form>
  );
}

/** Begins anew, after asking. */
export function Reset({ portfolio, idempotencyKey }: FormProps) {
  const { Form, ref, answer, busy } = useForm<typeof action>('reset');
  const [firstKey] = useState(idempotencyKey);
  const failure = answer?.failure;
  const general = formError(failure, ['initialCapital']);
  return (
    <Confirm
      opener="Begin anew"
      of={portfolio.name}
      title={`Begin ${portfolio.name} anew?`}
      closeOn={failure ? undefined : answer?.idempotencyKey}
    >
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Positions are closed in the books and the capital is set again. What happened so far stays
          in the ledger; figures count from now.
        </p>
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <input
          type="hidden"
          name="idempotencyKey"
          value={answer?.idempotencyKey ?? `reset ${firstKey}`}
        />
        <TextField
          label="Capital (₹)"
          name="initialCapital"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={portfolio.initialCapital}
          hint={`It began with ${formatRupees(portfolio.initialCapital)}.`}
          error={fieldError(failure, 'initialCapital')}
        />
        <ConfirmActions value="reset" busy={busy}>
          Begin anew
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

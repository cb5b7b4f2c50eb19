import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import type { OrderRowFragment } from '../../generated/graphql.ts';
import type { Answer } from './answer.ts';

/** Takes back all that works in a portfolio, asked once more; and what came of it. */
export function CancelAll({ orders }: { readonly orders: readonly OrderRowFragment[] }) {
  const { Form, ref, answer, busy } = useForm<Answer>('cancel-all');
  const failure = formError(answer?.failure);
  const counts = new Map<string, { readonly name: string; readonly orders: number }>();
  for (const { cancellable, portfolio } of orders) {
    if (!cancellable) continue;
    const before = counts.get(portfolio.id)?.orders ?? 0;
    counts.set(portfolio.id, { name: portfolio.name, orders: before + 1 });
  }
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      {answer?.counts && (
        <span role="status" className="text-xs text-ink-soft">
          {sentenceOf(answer.counts)}
        </span>
      )}
      {counts.size > 0 && (
        <Confirm opener="Cancel all" title="Cancel all working orders?" closeOn={answer?.changed}>
          <Form ref={ref} method="post" className="flex flex-col gap-3">
            <p className="text-ink-soft">
              What has not filled is taken back, that of agents and of stops too. Stops of cover
              orders stay. What is asked of the broker may still fill until it answers.
            </p>
            {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
            <SelectField label="Portfolio" name="id">
              {[...counts].map(([id, { name, orders: working }]) => (
                <option key={id} value={id}>
                  {`${name}: ${ordersInWords(working)} on this page`}
                </option>
              ))}
            </SelectField>
            <ConfirmActions value="cancel-all" busy={busy}>
              Cancel all of it
            </ConfirmActions>
          </Form>
        </Confirm>
      )}
    </span>
  );
}

function sentenceOf({ cancelled, unanswered }: NonNullable<Answer['counts']>): string {
  const left = unanswered === 0 ? '' : `, ${unanswered} left whose broker has not answered yet`;
  return `${ordersInWords(cancelled)} taken back or asked back${left}.`;
}

function ordersInWords(count: number): string {
  return count === 1 ? '1 order' : `${count} orders`;
}

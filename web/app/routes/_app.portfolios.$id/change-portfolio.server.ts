import { data } from '@remix-run/node';

import { answerForm, mutate } from '../../api.server.ts';
import { amount, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import {
  DepositToPortfolioDocument,
  RenamePortfolioDocument,
  ResetPortfolioDocument,
  WithdrawFromPortfolioDocument,
} from '../../generated/graphql.ts';

/** What came of one of the screen's forms, and the key for its next try. */
export interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Moves money, begins anew or renames: what the pressed button says. */
export function changePortfolio(request: Request, id: string, form: FormData) {
  return answerForm<Answer>(form, async () => {
    const result = await change(request, id, form);
    // Any answer is final for its key: what is sent next is another wish.
    const idempotencyKey = crypto.randomUUID();
    return result.__typename === 'Portfolio'
      ? data<Answer>({ idempotencyKey })
      : data<Answer>({ idempotencyKey, failure: failureOf(result) }, { status: 422 });
  });
}

async function change(request: Request, id: string, form: FormData) {
  const idempotencyKey = text(form, 'idempotencyKey');
  switch (text(form, 'intent')) {
    case 'deposit': {
      const input = { id, idempotencyKey, amount: amount(form, 'amount') };
      return (await mutate(request, DepositToPortfolioDocument, { input })).data.depositToPortfolio;
    }
    case 'withdraw': {
      const input = { id, idempotencyKey, amount: amount(form, 'amount') };
      return (await mutate(request, WithdrawFromPortfolioDocument, { input })).data
        .withdrawFromPortfolio;
    }
    case 'reset': {
      const input = { id, idempotencyKey, initialCapital: amount(form, 'initialCapital') };
      return (await mutate(request, ResetPortfolioDocument, { input })).data.resetPortfolio;
    }
    default: {
      const input = { id, name: text(form, 'name') };
      return (await mutate(request, RenamePortfolioDocument, { input })).data.renamePortfolio;
    }
  }
}

import { data } from '@remix-run/node';

import { roles, tiers } from '../../administration/account-terms.ts';
import { mutate } from '../../api.server.ts';
import { oneOf, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import {
  ChangeRoleDocument,
  ChangeTierDocument,
  ReinstateAccountDocument,
  SuspendAccountDocument,
} from '../../generated/graphql.ts';

/** What came of the form that was sent. */
export interface AccountAnswer {
  readonly failure?: FormFailure | null | undefined;
  /** What was done, in words. */
  readonly done?: string | undefined;
}

/** Does to the account what the form asks for. */
export async function changeAccount(request: Request, id: string, form: FormData) {
  switch (text(form, 'intent')) {
    case 'suspend': {
      const input = { id, reason: text(form, 'reason') };
      const { suspendAccount } = (await mutate(request, SuspendAccountDocument, { input })).data;
      return answerOf(suspendAccount, 'The account is suspended and logged out everywhere.');
    }
    case 'reinstate': {
      const { reinstateAccount } = (
        await mutate(request, ReinstateAccountDocument, { input: { id } })
      ).data;
      return answerOf(reinstateAccount, 'The account is open again. Its agents stay stopped.');
    }
    case 'role': {
      const input = { id, role: oneOf(form, 'role', roles, 'USER') };
      const { changeRole } = (await mutate(request, ChangeRoleDocument, { input })).data;
      return answerOf(changeRole, 'The role is changed.');
    }
    default: {
      const input = { id, tier: oneOf(form, 'tier', tiers, 'FREE') };
      const { changeTier } = (await mutate(request, ChangeTierDocument, { input })).data;
      return answerOf(changeTier, 'The tier is changed.');
    }
  }
}

function answerOf(result: Parameters<typeof failureOf>[0], done: string) {
  return result.__typename === 'ManagedAccount'
    ? data<AccountAnswer>({ done })
    : data<AccountAnswer>({ failure: failureOf(result) }, { status: 422 });
}

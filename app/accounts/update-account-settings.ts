import { succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';

export interface AccountSettingsInput {
  readonly actor: UserActor;
  /** Whether a letter tells of logins from new devices; null: as it is. */
  readonly loginLetters: boolean | null;
}

/** Changes how an account behaves; what is null stays. */
export async function updateAccountSettings(
  { accounts, bus, clock }: AccountPorts,
  { actor, loginLetters }: AccountSettingsInput,
): Promise<Result<{ readonly id: string }, never>> {
  const { userId } = actor;
  const now = clock.now();
  await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(userId);
    if (account === null || loginLetters === null || account.loginLetters === loginLetters) return;
    await rows.accounts.changeUser(userId, { loginLetters });
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'SETTINGS_CHANGED',
          actor,
          before: { loginLetters: account.loginLetters },
          after: { loginLetters },
        },
      ],
      now,
    );
  });
  await bus.publish('audit', {});
  return succeed({ id: userId });
}

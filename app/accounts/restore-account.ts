import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Origin } from '../actor.ts';
import { illegalState, type IllegalState } from '../failures.ts';
import { accountRestoredLetter } from '../mail/account-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { PasswordHasher } from '../ports/accounts.ts';
import {
  provePassword,
  type AccountSuspended,
  type InvalidCredentials,
  type TooManyAttempts,
} from '../sessions/log-in.ts';
import type { ThrottlePorts } from '../sessions/login-throttle.ts';

export interface RestoreAccountInput extends Origin {
  readonly email: string;
  readonly password: string;
}

export type RestoreAccountFailure =
  InvalidCredentials | TooManyAttempts | AccountSuspended | IllegalState;

/**
 * Takes back a deletion, as long as the account is not erased. Whoever does it shows the password
 * as at a login, under the same limits, and logs in afterwards.
 */
export async function restoreAccount(
  ports: AccountPorts & ThrottlePorts & { readonly passwords: PasswordHasher },
  input: RestoreAccountInput,
): Promise<Result<{ readonly email: string }, RestoreAccountFailure>> {
  const { accounts, bus, clock, settings } = ports;
  const proved = await provePassword(ports, input);
  if (!proved.ok) return proved;
  const { id, email } = proved.value;
  const { ipAddress, userAgent } = input;
  const now = clock.now();
  const failure = await accounts.transaction(
    async (rows): Promise<RestoreAccountFailure | null> => {
      const account = await rows.accounts.lockUser(id);
      if (account === null || account.erasedAt !== null) return { kind: 'INVALID_CREDENTIALS' };
      if (account.suspendedAt !== null) return { kind: 'ACCOUNT_SUSPENDED' };
      if (account.deletedAt === null) {
        return illegalState('ACTIVE', 'This account is not deleted; log in.');
      }
      await rows.accounts.changeUser(id, { deletedAt: null });
      await rows.accounts.releaseTrading(id, 'DELETION');
      const letter = accountRestoredLetter(settings, account, input);
      await rows.letters.insert({ userId: id, ...letter }, now);
      await rows.audit.append(
        [
          {
            chain: id,
            action: 'ACCOUNT_RESTORED',
            actor: { kind: 'STRANGER', ipAddress, userAgent },
          },
        ],
        now,
      );
      return null;
    },
  );
  if (failure !== null) return fail(failure);
  await Promise.all([
    bus.publish('credentials', { userId: id }),
    bus.publish('letters', {}),
    bus.publish('audit', {}),
  ]);
  return succeed({ email });
}

import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type { AccountStore, PasswordHasher } from '../ports/accounts.ts';
import type { Clock } from '../ports/world.ts';
import { normalEmail } from './register-user.ts';

/** Email and password do not belong together; which of the two is wrong is never told. */
export interface InvalidCredentials {
  readonly kind: 'INVALID_CREDENTIALS';
}

export interface LogInPorts {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  readonly clock: Clock;
}

/** Checks an email and its password, in the same time and words whether or not the email is known. */
export async function logIn(
  ports: LogInPorts,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Result<{ readonly id: string }, InvalidCredentials | InvalidInput>> {
  if (password.length > 200) {
    return fail(invalidInput('password', 'A password has at most 200 characters.'));
  }
  const user = await ports.accounts.findByEmail(normalEmail(email));
  const right = await ports.passwords.verify(user?.passwordHash ?? null, password);
  if (user === null || !right) return fail({ kind: 'INVALID_CREDENTIALS' });
  await ports.accounts.recordLogin(user.id, ports.clock.now());
  return succeed({ id: user.id });
}

import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { checkDisplayName, checkEmail, checkPassword } from '../accounts/account-input.ts';
import { normalEmail } from '../accounts/normal-email.ts';
import type { InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { PasswordHasher, PasswordJudge } from '../ports/accounts.ts';

/** How long the link in the letter works. */
const lifeMs = 24 * 3_600_000;

export type RegistrationPorts = AccountPorts & {
  readonly passwords: PasswordHasher;
  readonly passwordJudge: PasswordJudge;
};

export interface RegistrationInput {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
}

/** What anyone hears who registers, whether the address is known or not. */
export interface RegistrationReceived {
  /** The address in its normal spelling. */
  readonly email: string;
}

/**
 * Takes down that someone wants an account. Whether the address is known is not looked at here: a
 * worker does that when it writes the letter, so the answer and its time tell nothing.
 */
export async function requestRegistration(
  { accounts, passwords, passwordJudge, bus, clock, ids }: RegistrationPorts,
  input: RegistrationInput,
): Promise<Result<RegistrationReceived, InvalidInput>> {
  const email = normalEmail(input.email);
  const displayName = input.displayName.trim();
  const invalid =
    checkEmail(email) ??
    checkDisplayName(displayName) ??
    (await checkPassword(passwordJudge, input.password, [email, displayName]));
  if (invalid !== null) return fail(invalid);
  const passwordHash = await passwords.hash(input.password);
  const now = clock.now();
  await accounts.transaction((rows) =>
    rows.accounts.insertRequest({
      id: ids.uuid(),
      kind: 'REGISTRATION',
      email,
      displayName,
      passwordHash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifeMs),
    }),
  );
  await bus.publish('letters', {});
  return succeed({ email });
}

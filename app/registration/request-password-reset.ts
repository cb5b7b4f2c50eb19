import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { checkEmail } from '../accounts/account-input.ts';
import { normalEmail } from '../accounts/normal-email.ts';
import type { InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';

/** How long a request waits for its letter, and the link in it works. */
export const resetLifeMs = 3_600_000;

/**
 * Takes down that someone has forgotten a password. As with a registration, a worker looks at
 * whether the address is known.
 */
export async function requestPasswordReset(
  { accounts, bus, clock, ids }: AccountPorts,
  input: { readonly email: string },
): Promise<Result<{ readonly email: string }, InvalidInput>> {
  const email = normalEmail(input.email);
  const invalid = checkEmail(email);
  if (invalid !== null) return fail(invalid);
  const now = clock.now();
  await accounts.transaction((rows) =>
    rows.accounts.insertRequest({
      id: ids.uuid(),
      kind: 'PASSWORD_RESET',
      email,
      displayName: null,
      passwordHash: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + resetLifeMs),
    }),
  );
  await bus.publish('letters', {});
  return succeed({ email });
}

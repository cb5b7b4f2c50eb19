import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { Decimal } from 'decimal.js';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type { AccountStore, PasswordHasher } from '../ports/accounts.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import type { Clock, IdSource } from '../ports/world.ts';
import { openPortfolio } from '../portfolios/create-portfolio.ts';

/** Someone is already registered with this email. */
export interface EmailTaken {
  readonly kind: 'EMAIL_TAKEN';
}

export interface RegisterUserInput {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
}

export interface RegisterUserPorts {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Rupees of the paper portfolio that everyone begins with. */
const paperCapital = new Decimal(1_000_000);

/** Something, an at sign, something with a point; only a letter that arrives proves more. */
const emailText = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Makes a user with everything they need to trade on paper, in one transaction. */
export async function registerUser(
  ports: RegisterUserPorts,
  input: RegisterUserInput,
): Promise<Result<{ readonly id: string }, EmailTaken | InvalidInput>> {
  const email = normalEmail(input.email);
  const displayName = input.displayName.trim();
  const invalid = check(email, input.password, displayName);
  if (invalid !== null) return fail(invalid);

  const id = ports.ids.uuid();
  const createdAt = ports.clock.now();
  const passwordHash = await ports.passwords.hash(input.password);
  try {
    await ports.accounts.transaction(async (rows) => {
      await rows.accounts.insertUser({ id, email, displayName, passwordHash, createdAt });
      await openPortfolio(rows, ports.ids, {
        id: ports.ids.uuid(),
        userId: id,
        name: 'Paper',
        kind: 'PAPER',
        initialCapital: paperCapital,
        createdAt,
      });
    });
  } catch (error) {
    if (error instanceof UniqueKeyTaken) return fail({ kind: 'EMAIL_TAKEN' });
    throw error;
  }
  return succeed({ id });
}

/** The one spelling of an email by which accounts are found. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function check(email: string, password: string, displayName: string): InvalidInput | null {
  if (!emailText.test(email) || email.length > 254) {
    return invalidInput('email', 'An email looks like name@example.com.');
  }
  if (password.length < 8 || password.length > 200) {
    return invalidInput('password', 'A password has 8 to 200 characters.');
  }
  if (displayName.length < 1 || displayName.length > 80) {
    return invalidInput('displayName', 'A name has 1 to 80 characters.');
  }
  return null;
}

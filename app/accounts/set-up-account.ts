import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { systemActor } from '../actor.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type {
  AccountRecord,
  PasswordHasher,
  PasswordJudge,
  SubscriptionTier,
  UserRole,
} from '../ports/accounts.ts';
import type { AuditEntry } from '../ports/audit.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import { checkDisplayName, checkEmail, checkPassword } from './account-input.ts';
import { createAccount } from './create-account.ts';
import { normalEmail } from './normal-email.ts';

export interface SetUpAccountInput {
  readonly email: string;
  /** Null: as it is, and USER for a new account. */
  readonly role: UserRole | null;
  /** Null: as it is, and FREE for a new account. */
  readonly tier: SubscriptionTier | null;
  /** Of an account to be made; null: it is there already. */
  readonly create: { readonly displayName: string; readonly password: string } | null;
}

export type SetUpPorts = Pick<AccountPorts, 'accounts' | 'bus' | 'clock' | 'ids'> & {
  readonly passwords: PasswordHasher;
  readonly passwordJudge: PasswordJudge;
};

/**
 * Makes an account, or gives one another role or tier, on the word of whoever has the server itself:
 * how the first administrator of an installation comes to be. The address needs no confirmation.
 */
export async function setUpAccount(
  ports: SetUpPorts,
  input: SetUpAccountInput,
): Promise<Result<AccountRecord, NotFound | InvalidInput>> {
  const email = normalEmail(input.email);
  const done =
    input.create === null
      ? await changeStanding(ports, email, input)
      : await makeAccount(ports, email, input, input.create);
  if (!done.ok) return done;
  const account = await ports.accounts.findByEmail(email);
  if (account === null) throw new Error(`the account ${done.value} vanished`);
  await Promise.all([
    ports.bus.publish('credentials', { userId: account.id }),
    ports.bus.publish('audit', {}),
  ]);
  return succeed(account);
}

async function makeAccount(
  { accounts, clock, ids, passwords, passwordJudge }: SetUpPorts,
  email: string,
  { role, tier }: SetUpAccountInput,
  { displayName: given, password }: NonNullable<SetUpAccountInput['create']>,
): Promise<Result<string, InvalidInput>> {
  const displayName = given.trim();
  const invalid =
    checkEmail(email) ??
    checkDisplayName(displayName) ??
    (await checkPassword(passwordJudge, password, [email, displayName]));
  if (invalid !== null) return fail(invalid);
  const id = ids.uuid();
  const user = {
    id,
    email,
    displayName,
    passwordHash: await passwords.hash(password),
    role: role ?? 'USER',
    tier: tier ?? 'FREE',
    createdAt: clock.now(),
  } as const;
  try {
    await accounts.transaction((rows) => createAccount(rows, ids, user, systemActor));
    return succeed(id);
  } catch (error) {
    if (!(error instanceof UniqueKeyTaken)) throw error;
    return fail(invalidInput('email', 'There is an account with this address already.'));
  }
}

function changeStanding(
  { accounts, clock }: SetUpPorts,
  email: string,
  { role, tier }: SetUpAccountInput,
): Promise<Result<string, NotFound>> {
  const now = clock.now();
  return accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUserByEmail(email);
    if (account === null) return fail(notFound('User', email));
    const { id } = account;
    const entries: AuditEntry[] = [];
    const entry = { chain: id, actor: systemActor };
    if (role !== null && role !== account.role) {
      const change = { before: { role: account.role }, after: { role } };
      entries.push({ ...entry, action: 'ROLE_CHANGED', ...change });
    }
    if (tier !== null && tier !== account.tier) {
      const change = { before: { tier: account.tier }, after: { tier } };
      entries.push({ ...entry, action: 'TIER_CHANGED', ...change });
    }
    if (entries.length === 0) return succeed(id);
    await rows.accounts.changeUser(id, { role: role ?? account.role, tier: tier ?? account.tier });
    // Access tokens with the old rights are stale at once.
    await rows.sessions.renewVersions(id);
    await rows.audit.append(entries, now);
    return succeed(id);
  });
}

import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import { erasureDate } from '../accounts/erasure-date.ts';
import { normalEmail } from '../accounts/normal-email.ts';
import { openChallenge, type OpenedChallenge } from '../second-factor/challenges.ts';
import { installationChain } from '../ports/audit.ts';
import type { AccountRecord, PasswordHasher } from '../ports/accounts.ts';
import type { SecondFactorMethod } from '../ports/second-factor.ts';
import { LoginThrottle, type ThrottlePorts } from './login-throttle.ts';
import { openSession, type LoggedIn, type LoginOrigin, type SessionPorts } from './open-session.ts';

/** Email and password do not belong together; which of them is wrong is not said. */
export interface InvalidCredentials {
  readonly kind: 'INVALID_CREDENTIALS';
}

/** Too many wrong attempts from this network for this account. */
export interface TooManyAttempts {
  readonly kind: 'TOO_MANY_ATTEMPTS';
  readonly retryAfterSeconds: number;
}

/** The password is right; the account was suspended by an administrator. */
export interface AccountSuspended {
  readonly kind: 'ACCOUNT_SUSPENDED';
}

/** The password is right; the account was deleted and can be restored until then. */
export interface AccountDeletionPending {
  readonly kind: 'ACCOUNT_DELETION_PENDING';
  readonly erasedAfter: Date;
}

/** The password is right; a second factor has to be shown. */
export interface SecondFactorRequired extends OpenedChallenge {
  readonly kind: 'SECOND_FACTOR_REQUIRED';
  readonly methods: readonly SecondFactorMethod[];
}

export type LoginFailure =
  | InvalidCredentials
  | TooManyAttempts
  | AccountSuspended
  | AccountDeletionPending
  | SecondFactorRequired
  | InvalidInput;

export type LoginPorts = SessionPorts & ThrottlePorts & { readonly passwords: PasswordHasher };

export interface LogInInput extends LoginOrigin {
  readonly email: string;
  readonly password: string;
}

/** A refusal takes at least this long, so that its time tells nothing of what was looked up. */
const refusalMs = 400;

/** Checks who someone is, and opens a session or asks for a second factor. */
export async function logIn(
  ports: LoginPorts,
  input: LogInInput,
): Promise<Result<LoggedIn, LoginFailure>> {
  if (input.password.length > 200) {
    return fail(invalidInput('password', 'A password has at most 200 characters.'));
  }
  const proved = await provePassword(ports, input);
  if (!proved.ok) return proved;
  const account = proved.value;
  const closed = closedAccount(ports, account);
  if (closed !== null) return fail(closed);

  const now = ports.clock.now();
  const second = await ports.accounts.transaction(async (rows) => {
    const methods = await rows.secondFactors.methods(account.id);
    if (methods.length === 0) return null;
    const step = { kind: 'SECOND_FACTOR', userId: account.id, webAuthn: null } as const;
    return { methods, challenge: await openChallenge(rows, ports.ids, step, now) };
  });
  if (second !== null) {
    const { methods, challenge } = second;
    return fail({ kind: 'SECOND_FACTOR_REQUIRED', methods, ...challenge });
  }
  const opened = await openSession(ports, account, input, {
    secondFactor: false,
    method: 'PASSWORD',
  });
  return opened === null ? fail({ kind: 'ACCOUNT_SUSPENDED' }) : succeed(opened);
}

/**
 * The account whose email and password these are. Wrong ones are counted, slowed down and written
 * to the account's audit trail; an old hash is made anew when its password proves right. Beyond the
 * delay that is due, every refusal takes the same time.
 */
export async function provePassword(
  ports: Pick<LoginPorts, 'accounts' | 'passwords' | 'clock' | 'bus'> & ThrottlePorts,
  input: Pick<LogInInput, 'email' | 'password' | 'ipAddress' | 'userAgent'>,
): Promise<Result<AccountRecord, InvalidCredentials | TooManyAttempts>> {
  const email = normalEmail(input.email);
  const throttle = new LoginThrottle(ports, email, input.ipAddress);
  const retryAfterSeconds = await throttle.waitSeconds();
  if (retryAfterSeconds > 0) return fail({ kind: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });

  const begun = ports.clock.now().getTime();
  const account = await ports.accounts.findByEmail(email);
  const right = await ports.passwords.verify(account?.passwordHash ?? null, input.password);
  if (account !== null && right) {
    await throttle.succeeded();
    await rehash(ports, account, input.password);
    return succeed(account);
  }
  await throttle.failed();
  await ports.accounts.transaction((rows) =>
    rows.audit.append(
      [
        {
          chain: account?.id ?? installationChain,
          action: 'LOGIN_FAILED',
          actor: {
            kind: 'STRANGER',
            ipAddress: input.ipAddress,
            userAgent: input.userAgent,
          },
        },
      ],
      ports.clock.now(),
    ),
  );
  await ports.bus.publish('audit', {});
  await ports.pause(Math.max(0, refusalMs - (ports.clock.now().getTime() - begun)));
  return fail({ kind: 'INVALID_CREDENTIALS' });
}

async function rehash(
  { accounts, passwords }: Pick<LoginPorts, 'accounts' | 'passwords'>,
  { id, passwordHash }: AccountRecord,
  password: string,
): Promise<void> {
  if (passwordHash === null || !passwords.isOutdated(passwordHash)) return;
  const fresh = await passwords.hash(password);
  await accounts.transaction(async (rows) => {
    const account = await rows.accounts.lockUser(id);
    // Not over a password that was changed meanwhile.
    if (account?.passwordHash !== passwordHash) return;
    await rows.accounts.changeUser(id, { passwordHash: fresh });
  });
}

/** Why someone who has proved who they are is not let in; null: they are. */
export function closedAccount(
  { settings }: Pick<LoginPorts, 'settings'>,
  { suspendedAt, deletedAt }: AccountRecord,
): AccountSuspended | AccountDeletionPending | null {
  if (suspendedAt !== null) return { kind: 'ACCOUNT_SUSPENDED' };
  if (deletedAt === null) return null;
  return { kind: 'ACCOUNT_DELETION_PENDING', erasedAfter: erasureDate(settings, deletedAt) };
}

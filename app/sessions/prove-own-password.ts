import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountRecord, PasswordHasher } from '../ports/accounts.ts';
import type { InvalidCredentials, TooManyAttempts } from './log-in.ts';
import { LoginThrottle, type ThrottlePorts } from './login-throttle.ts';

export type OwnPasswordPorts = Pick<AccountPorts, 'accounts' | 'bus'> &
  ThrottlePorts & { readonly passwords: PasswordHasher };

/**
 * The account of someone who is logged in and shows their password once more, before something that
 * a borrowed browser must not be able to do. Wrong ones count, slow down and are written down just
 * as at the login, so that a stolen session is no way to guess the password.
 */
export async function proveOwnPassword(
  ports: OwnPasswordPorts,
  actor: UserActor,
  password: string,
): Promise<Result<AccountRecord, InvalidCredentials | TooManyAttempts>> {
  const account = await ports.accounts.findById(actor.userId);
  if (account === null || account.suspendedAt !== null || account.deletedAt !== null) {
    return fail({ kind: 'INVALID_CREDENTIALS' });
  }
  const throttle = new LoginThrottle(ports, account.email, actor.ipAddress);
  const retryAfterSeconds = await throttle.waitSeconds();
  if (retryAfterSeconds > 0) return fail({ kind: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });
  // A longer one cannot be right; hashing it would only cost time.
  const possible = password.length <= 200;
  if (possible && (await ports.passwords.verify(account.passwordHash, password))) {
    await throttle.succeeded();
    return succeed(account);
  }
  await throttle.failed();
  await ports.accounts.transaction((rows) =>
    rows.audit.append([{ chain: account.id, action: 'LOGIN_FAILED', actor }], ports.clock.now()),
  );
  await ports.bus.publish('audit', {});
  return fail({ kind: 'INVALID_CREDENTIALS' });
}

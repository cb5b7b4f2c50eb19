import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountRecord, AccountTransaction } from '../ports/accounts.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { CodeThrottle } from './code-throttle.ts';
import { codeRefused, type SecondFactorRefused } from './failures.ts';
import { proveEitherCode, type CodePorts } from './prove-code.ts';

export type OwnCodePorts = AccountPorts & OwnPasswordPorts & CodePorts;

/** What someone who is logged in shows before their second factor is changed. */
export interface OwnCode {
  readonly actor: UserActor;
  readonly password: string;
  /** Of the authenticator app, or a recovery code. */
  readonly code: string;
}

export type OwnCodeFailure = InvalidCredentials | TooManyAttempts | SecondFactorRefused;

/** Does `work` for someone who has shown both their password and a code, which is used up with it. */
export async function withOwnCode<T>(
  ports: OwnCodePorts,
  { actor, password, code }: OwnCode,
  work: (
    rows: AccountTransaction,
    shown: { readonly account: AccountRecord; readonly method: 'TOTP' | 'RECOVERY_CODE' },
    now: Date,
  ) => Promise<T>,
): Promise<Result<T, OwnCodeFailure>> {
  const proved = await proveOwnPassword(ports, actor, password);
  if (!proved.ok) return proved;
  const userId = proved.value.id;
  const throttle = new CodeThrottle(ports, userId);
  const retryAfterSeconds = await throttle.begin();
  if (retryAfterSeconds > 0) return fail({ kind: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });

  const now = ports.clock.now();
  const done = await ports.accounts.transaction(
    async (rows): Promise<Result<T, SecondFactorRefused>> => {
      const account = await rows.accounts.lockUser(userId);
      if (account === null) return fail(codeRefused);
      const method = await proveEitherCode(ports, rows, userId, code, now);
      if (method !== null) return succeed(await work(rows, { account, method }, now));
      await rows.audit.append(
        [{ chain: userId, action: 'LOGIN_FAILED', actor, after: { method: 'CODE' } }],
        now,
      );
      return fail(codeRefused);
    },
  );
  if (done.ok) await throttle.succeeded();
  else await ports.bus.publish('audit', {});
  return done;
}

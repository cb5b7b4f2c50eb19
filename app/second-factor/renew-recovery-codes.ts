import { succeed, type Result } from '@nandax/core/result.ts';
import { publishChange, recordChange } from './change-second-factor.ts';
import type { NewRecoveryCodes } from './confirm-totp.ts';
import { renewCodes } from './recovery-codes.ts';
import {
  withOwnCode,
  type OwnCode,
  type OwnCodeFailure,
  type OwnCodePorts,
} from './with-own-code.ts';

/** Makes ten fresh recovery codes; the earlier ones do not work any more. */
export async function renewRecoveryCodes(
  ports: OwnCodePorts,
  shown: OwnCode,
): Promise<Result<NewRecoveryCodes, OwnCodeFailure>> {
  const { actor } = shown;
  const done = await withOwnCode(ports, shown, async (rows, { account, method }, now) => {
    const codes = await renewCodes(rows, ports.ids, account.id, now);
    const after = { shown: method };
    await recordChange(ports, rows, account, actor, 'RECOVERY_CODES_RENEWED', now, { after });
    return codes;
  });
  if (!done.ok) return done;
  await publishChange(ports, actor.userId);
  return succeed({ userId: actor.userId, codes: done.value });
}

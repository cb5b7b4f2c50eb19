import type { AccountTransaction } from '../ports/accounts.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Totp } from '../ports/totp.ts';
import { recoveryCodeHash } from './recovery-codes.ts';

export interface CodePorts {
  readonly sealer: Sealer;
  readonly totp: Totp;
}

/** Where a user's TOTP secret is kept, for the seal on it. */
export const totpPlace = (userId: string) => `TotpCredential.sealedSecret:${userId}`;

const sixDigits = /^\d{6}$/;

/** Uses up a code of the user's authenticator app, within a transaction; false: it is none. */
export async function proveTotp(
  { sealer, totp }: CodePorts,
  rows: Pick<AccountTransaction, 'secondFactors'>,
  userId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const kept = await rows.secondFactors.lockTotp(userId);
  if (kept === null || kept.confirmedAt === null) return false;
  const secret = sealer.open(kept.sealedSecret, totpPlace(userId));
  const step = await totp.matchingStep(secret, plainCode(code), now, kept.lastUsedStep);
  if (step === null) return false;
  await rows.secondFactors.markTotpStepUsed(userId, step);
  return true;
}

/** Uses up a recovery code, within a transaction; false: it is none of the user's unused ones. */
export function proveRecoveryCode(
  rows: Pick<AccountTransaction, 'secondFactors'>,
  userId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  return rows.secondFactors.spendRecoveryCode(userId, recoveryCodeHash(code), now);
}

/** Uses up whichever of the two the code looks like. */
export async function proveEitherCode(
  ports: CodePorts,
  rows: Pick<AccountTransaction, 'secondFactors'>,
  userId: string,
  code: string,
  now: Date,
): Promise<'TOTP' | 'RECOVERY_CODE' | null> {
  if (sixDigits.test(plainCode(code))) {
    return (await proveTotp(ports, rows, userId, code, now)) ? 'TOTP' : null;
  }
  return (await proveRecoveryCode(rows, userId, code, now)) ? 'RECOVERY_CODE' : null;
}

/** Apps show a code in two groups, and people type it so. */
export function plainCode(code: string): string {
  return code.replace(/\s/g, '');
}

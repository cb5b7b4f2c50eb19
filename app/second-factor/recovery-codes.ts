import type { AccountTransaction } from '../ports/accounts.ts';
import type { IdSource } from '../ports/world.ts';
import { tokenHash } from '../token.ts';

const codeCount = 10;
const codeBytes = 10;
const codeLength = 16;
/** Crockford's base 32: without the letters that are read as digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code of 80 random bits in four groups: `7K3M-0QRS-…`. */
export function mintRecoveryCode(ids: Pick<IdSource, 'randomBytes'>): string {
  const bits = BigInt(`0x${Buffer.from(ids.randomBytes(codeBytes)).toString('hex')}`);
  const digits = bits.toString(32).padStart(codeLength, '0');
  const code = digits.replace(/./g, (digit) => alphabet.charAt(parseInt(digit, 32)));
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** Under what a code is stored, however it was typed: SHA-256 in hexadecimal of its 16 characters. */
export function recoveryCodeHash(code: string): string {
  const typed = code.toUpperCase().replace(/[\s-]/g, '');
  return tokenHash(typed.replaceAll('O', '0').replace(/[IL]/g, '1'));
}

/** Gives a user ten fresh recovery codes in place of all they had. They are shown once. */
export async function renewCodes(
  rows: Pick<AccountTransaction, 'secondFactors'>,
  ids: Pick<IdSource, 'randomBytes'>,
  userId: string,
  now: Date,
): Promise<readonly string[]> {
  const codes = Array.from({ length: codeCount }, () => mintRecoveryCode(ids));
  await rows.secondFactors.replaceRecoveryCodes(userId, codes.map(recoveryCodeHash), now);
  return codes;
}

/** Recovery codes stand in for another factor; when the last one is gone, they go too. */
export async function dropLoneCodes(
  rows: Pick<AccountTransaction, 'secondFactors'>,
  userId: string,
  now: Date,
): Promise<void> {
  const methods = await rows.secondFactors.methods(userId);
  if (methods.length === 0) await rows.secondFactors.replaceRecoveryCodes(userId, [], now);
}

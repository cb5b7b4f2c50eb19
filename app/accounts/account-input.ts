import { invalidInput, type InvalidInput } from '../failures.ts';
import type { PasswordJudge } from '../ports/accounts.ts';

/**
 * Something, an at sign, something with a point; only a letter that arrives proves more. Without the
 * marks that make a list or a comment of it in a letter's header.
 */
const emailText = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@,;:<>()[\]\\"]+$/;
/** What does not show, or breaks a line. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Why an email in its normal spelling cannot be one; null: it can. */
export function checkEmail(email: string): InvalidInput | null {
  return emailText.test(email) && email.length <= 254
    ? null
    : invalidInput('email', 'An email looks like name@example.com.');
}

/** Why a trimmed name cannot be shown; null: it can. */
export function checkDisplayName(displayName: string): InvalidInput | null {
  const fits = displayName.length >= 1 && displayName.length <= 80;
  return fits && !unprintable.test(displayName)
    ? null
    : invalidInput('displayName', 'A name has 1 to 80 characters on one line.');
}

/** Why a password is refused; null: it will do. `about`: words that others would try first. */
export async function checkPassword(
  judge: PasswordJudge,
  password: string,
  about: readonly string[],
  field = 'password',
): Promise<InvalidInput | null> {
  if (password.length < 8 || password.length > 200) {
    return invalidInput(field, 'A password has 8 to 200 characters.');
  }
  const weakness = await judge.weakness(password, about);
  return weakness === null ? null : invalidInput(field, weakness);
}

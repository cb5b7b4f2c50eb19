import type { Letter } from '../ports/mail.ts';
import type { Settings } from '../ports/settings.ts';
import { letter, type Addressee } from './letters.ts';

/** To someone whose address nobody has an account with: the link that makes the account. */
export function confirmRegistrationLetter(
  { publicUrl }: Settings,
  email: string,
  token: string,
  expiresAt: Date,
): Letter {
  return letter({ email, displayName: null }, 'Confirm your address', [
    'Someone, hopefully you, asked for an account with this address. Open this link to have it:',
    `${publicUrl}/confirm?token=${token}`,
    `It works once, until ${expiresAt.toISOString()}. If it was not you, do not open it, and no account will be made.`,
  ]);
}

/** To someone who has an account and registers once more. */
export function alreadyRegisteredLetter(
  { publicUrl }: Settings,
  account: Addressee,
  erasedAfter: Date | null,
): Letter {
  return letter(account, 'You already have an account', [
    'Someone, hopefully you, asked for an account with this address. You have one already, so nothing was changed.',
    ...(erasedAfter === null
      ? [`Log in here: ${publicUrl}/login`]
      : [
          `You deleted it. Until ${erasedAfter.toISOString()} you can have it back: ${publicUrl}/restore`,
        ]),
    `If you have forgotten your password, ask for a new one: ${publicUrl}/forgot-password`,
  ]);
}

/** The link by which a forgotten password is replaced. */
export function passwordResetLetter(
  { publicUrl }: Settings,
  account: Addressee,
  token: string,
  expiresAt: Date,
): Letter {
  return letter(account, 'Choose a new password', [
    'Someone, hopefully you, asked to replace the password of your account. Open this link to choose a new one:',
    `${publicUrl}/reset-password?token=${token}`,
    `It works once, until ${expiresAt.toISOString()}. If it was not you, there is nothing to do: your password stays as it is.`,
  ]);
}

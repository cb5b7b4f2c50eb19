import type { Origin } from '../actor.ts';
import type { Letter } from '../ports/mail.ts';
import type { Settings } from '../ports/settings.ts';
import { letter, type Addressee } from './letters.ts';

/** The password is another one now. `how`: changed by someone who knew it, or reset by a letter's link. */
export function passwordChangedLetter(
  { publicUrl }: Settings,
  account: Addressee,
  { ipAddress }: Origin,
  changed: {
    readonly how: 'CHANGED' | 'RESET';
    readonly apiKeysKept: boolean;
    readonly at: Date;
  },
): Letter {
  const what = changed.how === 'RESET' ? 'replaced by the link of a letter' : 'changed';
  return letter(account, 'Your password was changed', [
    `At ${changed.at.toISOString()} your password was ${what}, from ${ipAddress ?? 'an unknown address'}.`,
    changed.apiKeysKept
      ? 'All other sessions have ended. Your API keys were kept.'
      : 'All other sessions have ended, and your API keys were revoked.',
    `If that was not you, ask for a new password at once: ${publicUrl}/forgot-password`,
  ]);
}

/** To the new address: the link that moves the account there. */
export function confirmEmailLetter(
  { publicUrl }: Settings,
  newEmail: string,
  token: string,
  expiresAt: Date,
): Letter {
  return letter({ email: newEmail, displayName: null }, 'Confirm your new address', [
    'Someone, hopefully you, wants to use this address for their account. Open this link to confirm it:',
    `${publicUrl}/confirm-email?token=${token}`,
    `It works once, until ${expiresAt.toISOString()}. If it was not you, do not open it.`,
  ]);
}

/** To the present address: another one was asked for. */
export function emailChangeRequestedLetter(
  { publicUrl }: Settings,
  account: Addressee,
  newEmail: string,
  { ipAddress }: Origin,
): Letter {
  return letter(account, 'Your account is to have another address', [
    `Someone, hopefully you, asked from ${ipAddress ?? 'an unknown address'} to move your account to ${newEmail}. It moves when the link in the letter to that address is opened.`,
    `If that was not you, ask for a new password at once; that also stops the move: ${publicUrl}/forgot-password`,
  ]);
}

/** To the address that the account had until now. */
export function emailChangedLetter(account: Addressee, newEmail: string, at: Date): Letter {
  return letter(account, 'Your account has another address', [
    `Since ${at.toISOString()} your account belongs to ${newEmail}; this address opens it no longer.`,
    'If that was not you, write to whoever runs this installation.',
  ]);
}

/** The account was deleted; until when it can be had back. */
export function accountDeletedLetter(
  { publicUrl }: Settings,
  account: Addressee,
  erasedAfter: Date,
): Letter {
  return letter(account, 'Your account was deleted', [
    'Your account was deleted: nobody can log in to it, your API keys were revoked and your agents stopped. Open positions were left as they are.',
    `Your personal data will be erased after ${erasedAfter.toISOString()}. Until then you can have the account back: ${publicUrl}/restore`,
  ]);
}

/** The account is back. */
export function accountRestoredLetter(
  { publicUrl }: Settings,
  account: Addressee,
  { ipAddress }: Origin,
): Letter {
  return letter(account, 'Your account is back', [
    `Your account was restored, from ${ipAddress ?? 'an unknown address'}. Your agents stay stopped and your API keys revoked.`,
    `If that was not you, ask for a new password at once: ${publicUrl}/forgot-password`,
  ]);
}

import type { Origin } from '../actor.ts';
import type { AccountRecord } from '../ports/accounts.ts';
import type { Letter } from '../ports/mail.ts';
import type { Settings } from '../ports/settings.ts';
import { letter } from './letters.ts';

type Addressee = Pick<AccountRecord, 'email' | 'displayName'>;

/** Someone logged in with a recovery code. */
export function recoveryCodeUsedLetter(
  { publicUrl }: Settings,
  account: Addressee,
  { ipAddress }: Origin,
  codesLeft: number,
  now: Date,
): Letter {
  return letter(account, 'A recovery code was used', [
    `At ${now.toISOString()} a recovery code was used as the second factor of a login, from ${ipAddress ?? 'an unknown address'}. It does not work again.`,
    `You have ${codesLeft} recovery codes left. New ones, or your second factor itself: ${publicUrl}/account/security`,
    'If that was not you, change your password at once: whoever it was knows it.',
  ]);
}

const changes = {
  TOTP_ENABLED: 'An authenticator app was set up as a second factor.',
  TOTP_DISABLED: 'The authenticator app is no second factor any more.',
  RECOVERY_CODES_RENEWED: 'New recovery codes were made; the earlier ones do not work any more.',
  PASSKEY_ADDED: 'A passkey was added. It logs in by itself.',
  PASSKEY_REMOVED: 'A passkey was removed.',
} as const;

/** What can change about the ways in which an account is logged in to. */
export type SecondFactorChange = keyof typeof changes;

/** The second factor of an account is another one now. */
export function secondFactorChangedLetter(
  { publicUrl }: Settings,
  account: Addressee,
  { ipAddress }: Origin,
  change: SecondFactorChange,
  now: Date,
): Letter {
  return letter(account, 'Your second factor was changed', [
    changes[change],
    `That was at ${now.toISOString()}, from ${ipAddress ?? 'an unknown address'}.`,
    `If it was not you, change your password and look at your sessions: ${publicUrl}/account/security`,
  ]);
}

/** A passkey's counter went back: there may be a copy of it. */
export function passkeyCounterFellLetter(
  { publicUrl }: Settings,
  account: Addressee,
  name: string,
  now: Date,
): Letter {
  return letter(account, 'A login with a passkey was refused', [
    `At ${now.toISOString()} your passkey "${name}" was used with a counter that it had already passed. There may be a copy of it, so the login was refused.`,
    `Remove the passkey and add it anew: ${publicUrl}/account/security`,
  ]);
}

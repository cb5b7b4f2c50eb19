import type { Origin } from '../actor.ts';
import type { Letter } from '../ports/mail.ts';
import type { Settings } from '../ports/settings.ts';

/** Who a letter goes to. Without a name where a stranger chose it: letters carry no text of theirs. */
export interface Addressee {
  readonly email: string;
  readonly displayName: string | null;
}

/** Someone logged in from a device that was not logged in before. */
export function loginLetter(
  { publicUrl }: Settings,
  account: Addressee,
  { ipAddress, userAgent }: Origin,
  now: Date,
): Letter {
  return letter(account, 'Someone logged in to your account', [
    'Your account was logged in to from a device that was not logged in before:',
    [
      `  Time     ${now.toISOString()}`,
      `  Address  ${ipAddress ?? 'unknown'}`,
      `  Device   ${userAgent ?? 'unknown'}`,
    ].join('\n'),
    `If that was you, there is nothing to do. If not, end the session and change your password: ${publicUrl}/account/security`,
  ]);
}

/** A refresh token was used twice. */
export function refreshTokenReusedLetter(
  { publicUrl }: Settings,
  account: Addressee,
  { ipAddress }: Origin,
  now: Date,
): Letter {
  return letter(account, 'A session of yours was ended', [
    `At ${now.toISOString()} a refresh token of one of your programs was used a second time, from ${ipAddress ?? 'an unknown address'}. Someone may have copied it, so the whole session was ended.`,
    `Log the program in again. If you do not know of a copy, look at your sessions: ${publicUrl}/account/security`,
  ]);
}

/** A letter to a person, in paragraphs. */
export function letter(
  { email, displayName }: Addressee,
  subject: string,
  paragraphs: readonly string[],
): Letter {
  const greeting = displayName === null ? 'Hello,' : `Hello ${displayName},`;
  return {
    to: email,
    subject: `NandaX: ${subject}`,
    text: `${[greeting, ...paragraphs].join('\n\n')}\n`,
  };
}

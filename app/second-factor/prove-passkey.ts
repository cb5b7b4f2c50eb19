import type { Origin } from '../actor.ts';
import { passkeyCounterFellLetter } from '../mail/second-factor-letters.ts';
import type { AccountTransaction } from '../ports/accounts.ts';
import type { Assertion, Passkeys } from '../ports/passkeys.ts';
import type { ChallengeRecord, PasskeyRecord } from '../ports/second-factor.ts';
import type { Settings } from '../ports/settings.ts';

export interface PasskeyPorts {
  readonly passkeys: Passkeys;
  readonly settings: Settings;
}

/** A passkey whose answer to a challenge is valid. */
export interface AssertedPasskey extends Pick<Assertion, 'counter'> {
  readonly passkey: PasskeyRecord;
}

/**
 * The passkey whose valid answer to this challenge a response is, under a row lock; null: none.
 * `userId`: whose it has to be; null: anybody's.
 */
export async function assertedPasskey(
  { passkeys }: Pick<PasskeyPorts, 'passkeys'>,
  rows: Pick<AccountTransaction, 'secondFactors'>,
  { webAuthn }: ChallengeRecord,
  response: object,
  userId: string | null,
): Promise<AssertedPasskey | null> {
  const credentialId = passkeys.credentialIdIn(response);
  if (webAuthn === null || credentialId === null) return null;
  const passkey = await rows.secondFactors.lockPasskey(credentialId);
  if (passkey === null || (userId !== null && passkey.userId !== userId)) return null;
  const assertion = await passkeys.asserted(response, webAuthn, passkey);
  if (assertion === null) return null;
  if (assertion.userId !== null && assertion.userId !== passkey.userId) return null;
  return { passkey, counter: assertion.counter };
}

/**
 * Notes the use of a passkey whose answer is valid, within a transaction. False: it is gone, or its
 * counter did not rise, as that of a copied authenticator does (WebAuthn level 2, section 7.2, step
 * 21); the user and the audit trail are told of that.
 */
export async function usePasskey(
  { settings }: Pick<PasskeyPorts, 'settings'>,
  rows: Pick<AccountTransaction, 'accounts' | 'secondFactors' | 'letters' | 'audit'>,
  { passkey: { credentialId }, counter }: AssertedPasskey,
  { ipAddress, userAgent }: Origin,
  now: Date,
): Promise<boolean> {
  const passkey = await rows.secondFactors.lockPasskey(credentialId);
  if (passkey === null) return false;
  const { id, userId, name } = passkey;
  const keepsCount = counter > 0n || passkey.counter > 0n;
  if (!keepsCount || counter > passkey.counter) {
    await rows.secondFactors.notePasskeyUse(id, counter, now);
    return true;
  }
  const account = await rows.accounts.lockUser(userId);
  if (account !== null) {
    const letter = passkeyCounterFellLetter(settings, account, name, now);
    await rows.letters.insert({ userId, ...letter }, now);
  }
  await rows.audit.append(
    [
      {
        chain: userId,
        action: 'PASSKEY_COUNTER_FELL',
        actor: { kind: 'STRANGER', ipAddress, userAgent },
        entity: 'Passkey',
        entityId: id,
        before: { counter: String(passkey.counter) },
        after: { counter: String(counter) },
      },
    ],
    now,
  );
  return false;
}

import type { AccountRecord } from './accounts.ts';
import type { PasskeyRecord } from './second-factor.ts';

/** By what an authenticator is told which of its credentials are meant. */
export type PasskeyHandle = Pick<PasskeyRecord, 'credentialId' | 'transports'>;

/** A credential that an authenticator has just made. */
export type RegisteredPasskey = Pick<
  PasskeyRecord,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backedUp'
>;

/** What a valid assertion says besides that it is one. */
export interface Assertion {
  /** The authenticator's signature counter; 0: it keeps none. */
  readonly counter: bigint;
  /** The user it holds the credential for; null: it does not say. */
  readonly userId: string | null;
}

/**
 * WebAuthn for this installation's address, user verification required, attestation not asked for.
 * Challenges are base64url; options and responses are the JSON forms of WebAuthn level 3, as browsers
 * take and give them.
 */
export interface Passkeys {
  /** For `navigator.credentials.create`. `known`: credentials of the user, not to be made twice. */
  creationOptions(
    challenge: string,
    user: Pick<AccountRecord, 'id' | 'email' | 'displayName'>,
    known: readonly PasskeyHandle[],
  ): Promise<object>;
  /** The credential in a response to creation options; null: it does not answer this challenge here. */
  registered(response: object, challenge: string): Promise<RegisteredPasskey | null>;
  /** For `navigator.credentials.get`. `allowed`: which ones will do; empty: any that it holds for us. */
  requestOptions(challenge: string, allowed: readonly PasskeyHandle[]): Promise<object>;
  /** Which credential a response to request options claims to come from; null: it is malformed. */
  credentialIdIn(response: object): string | null;
  /**
   * What a response to request options asserts; null: its signature, challenge, origin or relying
   * party is wrong, or the user was not verified. The counter is the caller's to compare.
   */
  asserted(
    response: object,
    challenge: string,
    passkey: Pick<PasskeyRecord, 'credentialId' | 'publicKey'>,
  ): Promise<Assertion | null>;
}

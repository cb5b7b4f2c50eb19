import { WebAuthnError } from '@simplewebauthn/browser';
import { CombinedError } from '@urql/core';

/** What to tell someone whose passkey did not come to an answer. */
export function passkeyFailure(error: unknown): string {
  if (error instanceof WebAuthnError) {
    switch (error.code) {
      case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
        return 'This device has a passkey for your account already.';
      case 'ERROR_INVALID_DOMAIN':
      case 'ERROR_INVALID_RP_ID':
        return 'Passkeys do not work at this address. Open NandaX at its public one; on this machine that is localhost.';
      case 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT':
      case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
        return 'This device cannot keep a passkey.';
      default:
        return 'No passkey was used. Try again, or choose another way.';
    }
  }
  if (error instanceof CombinedError) {
    const seconds = error.graphQLErrors[0]?.extensions['retryAfterSeconds'];
    return typeof seconds === 'number'
      ? `Too many requests from your network. Try again in ${seconds} seconds.`
      : 'NandaX did not answer. Try again.';
  }
  return error instanceof Error && error.name === 'NotAllowedError'
    ? 'No passkey was used. Try again, or choose another way.'
    : 'Passkeys do not work in this browser.';
}

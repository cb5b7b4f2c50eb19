import type { AccountPorts } from '../ports/account-ports.ts';
import type { Passkeys } from '../ports/passkeys.ts';
import type { PasskeyQuestion } from './begin-passkey-challenge.ts';
import { mintWebAuthnChallenge, openChallenge } from './challenges.ts';

/** Begins a login by passkey alone; who it is, the authenticator will say. */
export async function beginPasskeyLogin({
  accounts,
  clock,
  ids,
  passkeys,
}: AccountPorts & { readonly passkeys: Passkeys }): Promise<PasskeyQuestion> {
  const webAuthn = mintWebAuthnChallenge(ids);
  const challenge = await accounts.transaction((rows) =>
    openChallenge(rows, ids, { kind: 'PASSKEY_LOGIN', userId: null, webAuthn }, clock.now()),
  );
  return { ...challenge, options: await passkeys.requestOptions(webAuthn, []) };
}

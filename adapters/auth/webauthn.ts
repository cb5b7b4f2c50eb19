import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG, decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import type { PasskeyHandle, Passkeys } from '@nandax/app/ports/passkeys.ts';

const relyingPartyName = 'NandaX';
const algorithms = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

/** A credential's id has at most 1,023 bytes; everything else is short too. */
const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);

const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
};

const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(16_000),
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});

const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(4_000),
    userHandle: base64url(100).nullish(),
  }),
});

/** WebAuthn by SimpleWebAuthn, for the host and the origin of `publicUrl` and for no other. */
export function webAuthn(publicUrl: string): Passkeys {
  const origin = new URL(publicUrl).origin;
  const relyingParty = new URL(publicUrl).hostname;
  return {
    creationOptions: (challenge, { id, email, displayName }, known) =>
      generateRegistrationOptions({
        rpName: relyingPartyName,
        rpID: relyingParty,
        challenge: isoBase64URL.toBuffer(challenge),
        userID: Uint8Array.from(Buffer.from(id)),
        userName: email,
        userDisplayName: displayName,
        attestationType: 'none',
        excludeCredentials: known.map(handleOf),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        supportedAlgorithmIDs: algorithms,
      }),

    async registered(response, challenge) {
      const { data } = registration.safeParse(response);
      if (data === undefined) return null;
      const { transports = [] } = data.response;
      const { registrationInfo } = await validOrNothing(() => {
        refuseAttestation(data.response.attestationObject);
        return verifyRegistrationResponse({
          response: {
            ...data,
            response: { ...data.response, transports },
            clientExtensionResults: {},
          },
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: relyingParty,
          requireUserVerification: true,
          supportedAlgorithmIDs: algorithms,
        });
      });
      if (registrationInfo === undefined) return null;
      const { credential: made, credentialBackedUp } = registrationInfo;
      return {
        credentialId: made.id,
        publicKey: made.publicKey,
        counter: BigInt(made.counter),
        transports,
        backedUp: credentialBackedUp,
      };
    },

    requestOptions: (challenge, allowed) =>
      generateAuthenticationOptions({
        rpID: relyingParty,
        challenge: isoBase64URL.toBuffer(challenge),
        allowCredentials: allowed.map(handleOf),
        userVerification: 'required',
      }),

    credentialIdIn: (response) => assertion.safeParse(response).data?.id ?? null,

    async asserted(response, challenge, { credentialId, publicKey }) {
      const { data } = assertion.safeParse(response);
      if (data?.id !== credentialId) return null;
      const { userHandle, ...rest } = data.response;
      const { verified, authenticationInfo } = await validOrNothing(() =>
        verifyAuthenticationResponse({
          response: { ...data, response: rest, clientExtensionResults: {} },
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: relyingParty,
          // With a counter, the library would refuse a clone before it has looked at the signature,
          // and a forgery would pass for one.
          credential: { id: credentialId, publicKey: Uint8Array.from(publicKey), counter: 0 },
          requireUserVerification: true,
        }),
      );
      if (verified !== true || authenticationInfo === undefined) return null;
      return {
        counter: BigInt(authenticationInfo.newCounter),
        userId: userHandle == null ? null : Buffer.from(userHandle, 'base64url').toString(),
      };
    },
  };
}

/**
 * No attestation was asked for, so none is looked at: its certificates would make the server fetch
 * revocation lists from addresses that a stranger chose. A signature by the new key itself is no
 * certificate, and browsers leave it in place.
 */
function refuseAttestation(attestationObject: string): void {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format = decoded.get('fmt');
  const isSelfMade = format === 'packed' && decoded.get('attStmt').get('x5c') === undefined;
  if (format !== 'none' && !isSelfMade) throw new Error(`attestation of the kind ${format}`);
}

/** What the library throws is about the response: whatever is wrong with it, it is not valid. */
async function validOrNothing<Verified extends object>(
  verify: () => Promise<Verified>,
): Promise<Partial<Verified>> {
  try {
    return await verify();
  } catch {
    return {};
  }
}

function handleOf({ credentialId, transports }: PasskeyHandle) {
  return { id: credentialId, transports: [...transports] };
}

import { hkdfSync } from 'node:crypto';
import { createJWT, parseJWT, validateJWT } from 'oslo/jwt';
import { z } from 'zod';
import type { AccessTokens } from '@nandax/app/ports/sessions.ts';
import type { KeyRingSource, RingKey } from '../secrets/key-ring.ts';

const issuer = 'nandax';

const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int().positive(),
  exp: z.int(),
  iss: z.literal(issuer),
});

/**
 * Access tokens as JWT by Oslo: HS256 under keys derived from the key ring, the ring key's id as
 * `kid`, so that they stay readable while a key is being replaced.
 */
export function ringAccessTokens(ring: KeyRingSource): AccessTokens {
  return {
    async sign({ userId, sessionId, sessionVersion, expiresAt }, issuedAt) {
      const [current] = ring();
      const payload = {
        sub: userId,
        sid: sessionId,
        ver: sessionVersion,
        iat: secondsOf(issuedAt),
        exp: secondsOf(expiresAt),
        iss: issuer,
      };
      return createJWT('HS256', signingKey(current), payload, { headers: { kid: current.id } });
    },

    async read(token, now) {
      const parts = parseJWT(token);
      if (parts?.expiresAt != null && parts.expiresAt <= now) return 'EXPIRED';
      const header = parts?.header as { readonly kid?: unknown } | undefined;
      const key = ring().find(({ id }) => id === header?.kid);
      if (key === undefined) return null;
      const signed = await validateJWT('HS256', signingKey(key), token).catch(() => null);
      const parsed = claims.safeParse(signed?.payload);
      if (!parsed.success) return null;
      const { sub, sid, ver, exp } = parsed.data;
      const expiresAt = new Date(exp * 1000);
      return { userId: sub, sessionId: sid, sessionVersion: ver, expiresAt };
    },
  };
}

/** A key for nothing but tokens: the ring's own keys seal secrets. */
function signingKey({ key }: RingKey): ArrayBuffer {
  return hkdfSync('sha256', key, '', 'nandax access tokens', 32);
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

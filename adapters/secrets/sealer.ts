import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealBroken, type Sealer } from '@nandax/app/ports/secrets.ts';
import type { KeyRingSource } from './key-ring.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with a random nonce. A sealed text is `s1.<key id>.<base64url of nonce, ciphertext and
 * tag>`; the place is authenticated with it.
 */
export function createSealer(ring: KeyRingSource): Sealer {
  return {
    seal(plain, place) {
      const [{ id, key }] = ring();
      return `s1.${id}.${sealUnder(key, Buffer.from(plain), place).toString('base64url')}`;
    },

    open(sealed, place) {
      const [version, id, body = ''] = sealed.split('.');
      const found = version === 's1' ? ring().find((each) => each.id === id) : undefined;
      if (found === undefined) throw new SealBroken(place);
      return openUnder(found.key, Buffer.from(body, 'base64url'), place).toString();
    },

    isCurrent: (sealed) => sealed.split('.')[1] === ring()[0].id,
  };
}

/** Nonce, ciphertext and tag in one. */
export function sealUnder(key: Buffer, plain: Buffer, place: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws SealBroken */
export function openUnder(key: Buffer, sealed: Buffer, place: string): Buffer {
  try {
    const nonce = sealed.subarray(0, nonceBytes);
    const tag = sealed.subarray(-tagBytes);
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(tag);
    return Buffer.concat([
      decipher.update(sealed.subarray(nonceBytes, -tagBytes)),
      decipher.final(),
    ]);
  } catch (error) {
    throw new SealBroken(place, { cause: error });
  }
}

/** Letters and digits that people do not mistake for each other: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a client order id: Kite takes tags of up to 20. */
export const clientOrderIdLength = 20;

/**
 * A client order id of 20 alphanumeric characters from at least 20 random bytes. Each byte gives
 * one of 32 characters, so the id carries 100 bits and needs no check for uniqueness before the
 * unique column's own. Throws when there are too few bytes.
 */
export function clientOrderIdFrom(randomBytes: Uint8Array): string {
  if (randomBytes.length < clientOrderIdLength) {
    throw new RangeError(`${clientOrderIdLength} bytes needed, ${randomBytes.length} given`);
  }
  return Array.from(randomBytes.subarray(0, clientOrderIdLength), (byte) =>
    alphabet.charAt(byte % alphabet.length),
  ).join('');
}

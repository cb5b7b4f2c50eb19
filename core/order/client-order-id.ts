/** Letters and digits in rising order that people do not mistake for each other: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a client order id: Kite takes tags of up to 20. */
const clientOrderIdLength = 20;

/** Bits of a character. */
const characterBits = 5n;

/**
 * The client order id of an order: 20 alphanumeric characters that carry the first 100 bits of its
 * UUID of version 7, the last 28 being random bits too many. Ids sort as their orders were made, so
 * a book sorted by them keeps the order of time. Throws where `uuid` is none.
 */
export function clientOrderIdOf(uuid: string): string {
  const digits = uuid.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new RangeError(`${uuid} is no UUID`);
  let bits = BigInt(`0x${digits}`) >> (128n - BigInt(clientOrderIdLength) * characterBits);
  let id = '';
  for (let position = 0; position < clientOrderIdLength; position += 1) {
    id = alphabet.charAt(Number(bits & 31n)) + id;
    bits >>= characterBits;
  }
  return id;
}

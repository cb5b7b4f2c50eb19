/**
 * A UUID of version 7 (RFC 9562, section 5.7): 48 bits of epoch milliseconds, 12 bits of counter
 * (method 1 of section 6.2), 62 random bits from `random` (8 bytes; the variant overwrites two bits).
 */
export function uuidVersion7(instant: number, counter: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(instant, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.set(random.subarray(0, 8), 8);
  bytes.writeUInt8(((random[0] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

import { createHmac } from 'node:crypto';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The code that an authenticator app shows at an instant: RFC 6238 with SHA-1, 6 digits and 30
 * seconds, written after the RFC and apart from the program's own.
 */
export function codeAt(secret: string, at: Date): string {
  const bits = secret.replace(/./g, (letter) =>
    base32.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0x0f;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A code that is none of those around an instant. */
export function wrongCodeAt(secret: string, at: Date): string {
  const right = [-60_000, -30_000, 0, 30_000, 60_000].map((by) =>
    codeAt(secret, new Date(at.getTime() + by)),
  );
  for (let code = 0; ; code += 1) {
    const text = String(code).padStart(6, '0');
    if (!right.includes(text)) return text;
  }
}

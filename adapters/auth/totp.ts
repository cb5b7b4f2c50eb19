import { randomBytes, timingSafeEqual } from 'node:crypto';
import { TimeSpan } from 'oslo';
import { base32 } from 'oslo/encoding';
import { createTOTPKeyURI, generateHOTP } from 'oslo/otp';
import type { Totp } from '@nandax/app/ports/totp.ts';

const issuer = 'NandaX';
const digits = 6;
const stepSeconds = 30;
/** As long as SHA-1's own output, which RFC 4226 section 4 recommends. */
const secretBytes = 20;
/** How many steps a clock may be behind or ahead. */
const tolerance = 1n;

/** TOTP by Oslo's HOTP: the counter is the number of 30-second steps since the epoch. */
export function osloTotp(): Totp {
  return {
    mintSecret: () => base32.encode(randomBytes(secretBytes), { includePadding: false }),

    keyUri: (secret, accountName) =>
      createTOTPKeyURI(issuer, accountName, bytesOf(secret), {
        digits,
        period: new TimeSpan(stepSeconds, 's'),
      }),

    async matchingStep(secret, code, now, usedStep) {
      const key = bytesOf(secret);
      const current = BigInt(Math.floor(now.getTime() / 1000 / stepSeconds));
      let matching: bigint | null = null;
      // Every step is looked at, so that time does not tell which one it was.
      for (let step = current - tolerance; step <= current + tolerance; step += 1n) {
        const right = equals(code, await generateHOTP(key, Number(step), digits));
        if (right && (usedStep === null || step > usedStep)) matching ??= step;
      }
      return matching;
    },
  };
}

/** A copy of its own: Oslo's decoder answers a view, whose buffer may be longer. */
function bytesOf(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(base32.decode(secret, { strict: false }));
}

function equals(given: string, right: string): boolean {
  const [left, other] = [Buffer.from(given), Buffer.from(right)];
  return left.length === other.length && timingSafeEqual(left, other);
}

import { expect, test } from 'vitest';
import { base32 } from 'oslo/encoding';
import { osloTotp } from './totp.ts';

/** RFC 6238, appendix B: the seed of its SHA-1 vectors. */
const secret = base32.encode(Buffer.from('12345678901234567890'), { includePadding: false });
const totp = osloTotp();
const at = (seconds: number) => new Date(seconds * 1000);

/** Seconds since the epoch, and the vector's 8 digits. */
const vectors: readonly (readonly [number, string])[] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];

test.each(vectors)(
  'the code of RFC 6238 at %i seconds is taken, cut to its last 6 digits',
  async (seconds, digits) => {
    const step = BigInt(Math.floor(seconds / 30));
    expect(await totp.matchingStep(secret, digits.slice(2), at(seconds), null)).toBe(step);
    expect(await totp.matchingStep(secret, digits, at(seconds), null)).toBeNull();
  },
);

test('a code is taken one step early and one step late, and no further', async () => {
  const code = '050471';
  const begin = 37_037_037 * 30;
  const taken = (seconds: number) => totp.matchingStep(secret, code, at(seconds), null);
  expect(await taken(begin - 31)).toBeNull();
  expect(await taken(begin - 30)).toBe(37_037_037n);
  expect(await taken(begin + 59.999)).toBe(37_037_037n);
  expect(await taken(begin + 60)).toBeNull();
});

test('a code at or before the last used step is not taken again', async () => {
  const code = '050471';
  const now = at(37_037_037 * 30);
  expect(await totp.matchingStep(secret, code, now, 37_037_036n)).toBe(37_037_037n);
  expect(await totp.matchingStep(secret, code, now, 37_037_037n)).toBeNull();
  expect(await totp.matchingStep(secret, code, now, 37_037_038n)).toBeNull();
});

test('a fresh secret has 160 bits and stands in the address for the app', () => {
  const [one, other] = [totp.mintSecret(), totp.mintSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(other).not.toBe(one);
  expect(totp.keyUri(one, 'asha@example.com')).toBe(
    `otpauth://totp/NandaX:asha%40example.com?secret=${one}&issuer=NandaX&digits=6&period=30`,
  );
});

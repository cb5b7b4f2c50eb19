import { expect, test } from 'vitest';
import { mintRecoveryCode, recoveryCodeHash } from './recovery-codes.ts';

const codeOf = (bytes: readonly number[]) =>
  mintRecoveryCode({ randomBytes: () => Uint8Array.from(bytes) });

test('a recovery code writes 80 bits in four groups of characters that are not mistaken', () => {
  expect(codeOf(Array<number>(10).fill(0))).toBe('0000-0000-0000-0000');
  expect(codeOf(Array<number>(10).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  // 00000 00001 00010 … 01111: each digit once, in order.
  expect(codeOf([0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf])).toBe(
    '0123-4567-89AB-CDEF',
  );
});

test('a code is known however it was typed, and another is not', () => {
  const right = recoveryCodeHash('01A1-4567-89AB-CDEF');
  expect(recoveryCodeHash(' oiaL 4567 89ab cdef\n')).toBe(right);
  expect(recoveryCodeHash('01A14567-89AB-CDEF')).toBe(right);
  expect(recoveryCodeHash('01A1-4567-89AB-CDEG')).not.toBe(right);
});

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SealBroken } from '@nandax/app/ports/secrets.ts';
import type { KeyRing } from './key-ring.ts';
import { createSealer } from './sealer.ts';

const key = (id: string) => ({ id, key: randomBytes(32) });
const ring: KeyRing = [key('new'), key('old')];
const sealer = createSealer(() => ring);
const place = 'BrokerConnection.sealedApiKey:1';

test('what is sealed opens at its place, under any key of the ring, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, anywhere) => {
      expect(sealer.open(sealer.seal(plain, anywhere), anywhere)).toBe(plain);
    }),
  );
  const old = createSealer(() => [ring[1] ?? key('none')]).seal('secret', place);
  expect(sealer.open(old, place)).toBe('secret');
  expect(sealer.isCurrent(old)).toBe(false);
  expect(sealer.isCurrent(sealer.seal('secret', place))).toBe(true);
  expect(sealer.seal('secret', place)).not.toBe(sealer.seal('secret', place));
});

test('a sealed text that was moved to another row or column does not open', () => {
  const sealed = sealer.seal('secret', place);
  expect(() => sealer.open(sealed, 'BrokerConnection.sealedApiKey:2')).toThrow(SealBroken);
  expect(() => sealer.open(sealed, 'BrokerConnection.sealedApiSecret:1')).toThrow(SealBroken);
});

test('a sealed text with any bit changed, cut or lengthened does not open', () => {
  const [version, id, body = ''] = sealer.seal('secret', place).split('.');
  const bytes = Buffer.from(body, 'base64url');
  const broken = (changed: Buffer) =>
    expect(() => sealer.open(`${version}.${id}.${changed.toString('base64url')}`, place)).toThrow(
      SealBroken,
    );
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    broken(changed);
  }
  for (let length = 0; length < bytes.length; length += 1) broken(bytes.subarray(0, length));
  broken(Buffer.concat([bytes, Buffer.from([0])]));
});

test('a sealed text that names another key, a key nobody has, or another version does not open', () => {
  const [version, id, body] = sealer.seal('secret', place).split('.');
  for (const text of [
    `${version}.old.${body}`,
    `${version}.gone.${body}`,
    `s2.${id}.${body}`,
    `${body}`,
    '',
    'plain text',
  ]) {
    expect(() => sealer.open(text, place)).toThrow(SealBroken);
  }
});

test('a sealed text says nothing of what it holds but its length', () => {
  const sealed = sealer.seal('hunter2', place);
  expect(sealed).not.toContain('hunter2');
  expect(sealed).not.toContain(Buffer.from('hunter2').toString('base64url'));
  expect(sealed).toHaveLength(sealer.seal('swordfi', place).length);
});

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { AnchorLine, AuditHead } from '@nandax/app/ports/audit.ts';
import type { KeyRingSource, RingKey } from '../secrets/key-ring.ts';

/** Fields of a whole line: time, chain, position, hash, id of the ring's key, signature. */
const wholeLine =
  /^(\S+) ([0-9a-f-]{36}) (\d{1,19}) ([0-9a-f]{64}) ([A-Za-z0-9-]{1,32}) ([0-9a-f]{64})$/;

/** A line that tells of a head, signed under the ring's first key, without its line end. */
export function printAnchorLine(
  ring: KeyRingSource,
  { chain, position, hash }: AuditHead,
  at: Date,
): string {
  const [current] = ring();
  const told = `${at.toISOString()} ${chain} ${position} ${hash} ${current.id}`;
  return `${told} ${signature(current, told)}`;
}

/**
 * Reads a line; null: it is empty, or too short to be whole, as a crash leaves the last one. A line
 * that was cut on purpose says as little as one that was removed.
 */
export function readAnchorLine(ring: KeyRingSource, text: string, line: number): AnchorLine | null {
  const fields = wholeLine.exec(text);
  if (fields === null) return isTorn(text) ? null : { kind: 'FORGED', line };
  const [, , chain = '', position = '', hash = '', keyId = '', signed = ''] = fields;
  const key = ring().find(({ id }) => id === keyId);
  if (key === undefined) return { kind: 'KEY_GONE', line };
  const expected = signature(key, text.slice(0, text.lastIndexOf(' ')));
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signed))) return { kind: 'FORGED', line };
  return { kind: 'HEAD', line, head: { chain, position: BigInt(position), hash } };
}

function isTorn(text: string): boolean {
  const [, , , , , signed = ''] = text.split(' ');
  return text.split(' ').length <= 6 && signed.length < 64;
}

/** HMAC-SHA-256 in hexadecimal, under a key for nothing but anchors. */
function signature({ key }: RingKey, told: string): string {
  const derived = hkdfSync('sha256', key, '', 'nandax audit anchors', 32);
  return createHmac('sha256', Buffer.from(derived)).update(told).digest('hex');
}

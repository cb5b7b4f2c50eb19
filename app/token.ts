import { createHash } from 'node:crypto';
import type { IdSource } from './ports/world.ts';

/** How our secrets begin, so that people and scanners recognise a leaked one. */
export const tokenPrefixes = {
  apiKey: 'nxk_',
  refreshToken: 'nxr_',
  emailToken: 'nxe_',
  challenge: 'nxc_',
} as const;

export type TokenKind = keyof typeof tokenPrefixes;

/** A secret of 256 random bits that can be typed: prefix and base64url. */
export function mintToken(ids: Pick<IdSource, 'randomBytes'>, kind: TokenKind): string {
  return tokenPrefixes[kind] + Buffer.from(ids.randomBytes(32)).toString('base64url');
}

/** Under what a token is stored: SHA-256 in hexadecimal. It is random, so it needs no salt. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

import type { Scope } from '../person.ts';
import { viewerNames, type ViewerName } from '../viewers.ts';

/** A set of viewers, said in words. */
export type Audience = readonly ViewerName[];

/** Whoever comes. */
export const anyone: Audience = viewerNames;
/** People who are logged in, by a browser or by an access token. */
export const people: Audience = ['OWNER', 'OWNER_TOKEN', 'OTHER', 'PREMIUM', 'ADMIN', 'DEMO'];
/** Keys that may read. */
const readers: Audience = ['KEY_READ', 'KEY_ALL'];
/** Whoever is logged in, or reads by a key. */
export const signedIn: Audience = [...people, ...readers];
/** Asha herself, and what she lets read for her. */
export const owner: Audience = ['OWNER', 'OWNER_TOKEN', ...readers];
/** Asha herself, and no key: keys shall not see or make keys. */
export const ownerInPerson: Audience = ['OWNER', 'OWNER_TOKEN'];
export const administrators: Audience = ['ADMIN'];
/** The demo account, as long as no mail server takes the letters. */
export const outboxReaders: Audience = ['DEMO'];

/** People, and keys with any of the scopes. */
export function peopleAndKeys(...scopes: readonly Scope[]): Audience {
  return [...people, ...scopes.map((scope) => `KEY_${scope}` as const), 'KEY_ALL'];
}

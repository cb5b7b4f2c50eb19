import type { ApiScope } from '@nandax/app/ports/api-keys.ts';

/** Who may read a field. Checked before its resolver runs. */
export type AccessRule =
  /** Whoever asks, logged in or not. */
  | 'ANYONE'
  /** Whoever is logged in. */
  | 'SIGNED_IN'
  /** The user whose id stands as `ownerId` on the object that holds the field. */
  | 'OWNER'
  /** The same, logged in themselves: no API key reads it. */
  | 'OWNER_IN_PERSON'
  /** The owner, or whoever is logged in where the object has none. */
  | 'OWNER_OR_SHARED'
  /** Whoever has the role ADMIN. */
  | 'ADMIN'
  /** The owner, or whoever has the role ADMIN. */
  | 'OWNER_OR_ADMIN'
  /** The owner; of what is the installation's, whoever has the role ADMIN. */
  | 'OWNER_OR_INSTALLATION'
  /** The demo account, on an installation whose letters stay in the local outbox. */
  | 'OUTBOX_READER'
  /**
   * Whoever was allowed the field that led to this object. For values without an identity of their
   * own (a page, a charge breakdown, a position), which are reached in no other way.
   */
  | 'WITH_PARENT';

export const ANYONE = 'ANYONE';
export const SIGNED_IN = 'SIGNED_IN';
export const OWNER = 'OWNER';
export const OWNER_IN_PERSON = 'OWNER_IN_PERSON';
export const OWNER_OR_SHARED = 'OWNER_OR_SHARED';
export const ADMIN = 'ADMIN';
export const OWNER_OR_ADMIN = 'OWNER_OR_ADMIN';
export const OWNER_OR_INSTALLATION = 'OWNER_OR_INSTALLATION';
export const OUTBOX_READER = 'OUTBOX_READER';
export const WITH_PARENT = 'WITH_PARENT';

const rules: ReadonlySet<unknown> = new Set<AccessRule>([
  ANYONE,
  SIGNED_IN,
  OWNER,
  OWNER_IN_PERSON,
  OWNER_OR_SHARED,
  ADMIN,
  OWNER_OR_ADMIN,
  OWNER_OR_INSTALLATION,
  OUTBOX_READER,
  WITH_PARENT,
]);

/** Whether `value` is one of the rules. */
export function isAccessRule(value: unknown): value is AccessRule {
  return rules.has(value);
}

/**
 * Which API keys open a query, mutation or subscription: those with any of the scopes, or none at
 * all, where a person has to be logged in. Fields of objects ask for READ.
 */
export type KeyRule = readonly ApiScope[] | 'NO_KEY';

export const NO_KEY = 'NO_KEY';
export const READ: KeyRule = ['READ'];

/** Whether `value` is one of the rules for keys. */
export function isKeyRule(value: unknown): value is KeyRule {
  return value === NO_KEY || (Array.isArray(value) && value.length > 0);
}

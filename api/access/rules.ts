/** Who may read a field. Checked before its resolver runs. */
export type AccessRule =
  /** Whoever asks, logged in or not. */
  | 'ANYONE'
  /** Whoever is logged in. */
  | 'SIGNED_IN'
  /** The user whose id stands as `ownerId` on the object that holds the field. */
  | 'OWNER'
  /** The owner, or whoever is logged in where the object has none. */
  | 'OWNER_OR_SHARED'
  /**
   * Whoever was allowed the field that led to this object. For values without an identity of their
   * own (a page, a charge breakdown, a position), which are reached in no other way.
   */
  | 'WITH_PARENT';

export const ANYONE = 'ANYONE';
export const SIGNED_IN = 'SIGNED_IN';
export const OWNER = 'OWNER';
export const OWNER_OR_SHARED = 'OWNER_OR_SHARED';
export const WITH_PARENT = 'WITH_PARENT';

const rules: ReadonlySet<unknown> = new Set<AccessRule>([
  ANYONE,
  SIGNED_IN,
  OWNER,
  OWNER_OR_SHARED,
  WITH_PARENT,
]);

/** Whether `value` is one of the rules. */
export function isAccessRule(value: unknown): value is AccessRule {
  return rules.has(value);
}

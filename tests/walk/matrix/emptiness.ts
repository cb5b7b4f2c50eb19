/** Fields that are null or empty in this world although somebody may read them. */
export const mayBeEmpty: readonly string[] = [];

/** Fields of answers that no call of the walk brings about, and why not. */
export const outOfReach: Readonly<Record<string, string>> = {};

/**
 * Fields in which Asha and Binod have the same: what is the same for everyone, counts of rows planted
 * alike, and the beginnings of curves. Any other scalar of theirs differs, which is how it is known
 * that it is theirs.
 */
export const alike: readonly string[] = [];

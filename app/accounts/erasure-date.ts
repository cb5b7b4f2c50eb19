import type { Settings } from '../ports/settings.ts';

const dayMs = 86_400_000;

/** When the personal data of an account that was deleted then are erased. */
export function erasureDate(
  { deletionGraceDays }: Pick<Settings, 'deletionGraceDays'>,
  deletedAt: Date,
): Date {
  return new Date(deletedAt.getTime() + deletionGraceDays * dayMs);
}

/** Accounts deleted at or before this instant are due to be erased now. */
export function erasedIfDeletedBefore(
  { deletionGraceDays }: Pick<Settings, 'deletionGraceDays'>,
  now: Date,
): Date {
  return new Date(now.getTime() - deletionGraceDays * dayMs);
}

import type { ExpiredRows } from '../ports/housekeeping.ts';
import type { Clock } from '../ports/world.ts';

const dayMs = 86_400_000;
/** Letters are kept this long, also those that no mail server would take. */
const letterDays = 30;
/** The links in letters to people without an account work for a day, and nothing else is in them. */
const strangersLetterDays = 1;

/** Removes what has run out: credentials, links, requests, counts and old letters. */
export function sweepExpiredRows({
  expiredRows,
  clock,
}: {
  readonly expiredRows: ExpiredRows;
  readonly clock: Clock;
}): Promise<Readonly<Record<string, number>>> {
  const now = clock.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
  return expiredRows.sweep({
    now,
    letters: daysAgo(letterDays),
    strangersLetters: daysAgo(strangersLetterDays),
  });
}

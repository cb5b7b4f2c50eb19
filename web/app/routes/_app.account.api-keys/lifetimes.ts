/** How long a new key may live; "0": until it is revoked. */
export const lifetimes = [
  { days: '7', words: 'In 7 days' },
  { days: '30', words: 'In 30 days' },
  { days: '90', words: 'In 90 days' },
  { days: '365', words: 'In a year' },
  { days: '0', words: 'When it is revoked' },
] as const;

const dayMilliseconds = 86_400_000;

/** The instant at which a key made at `now` (epoch milliseconds) ends; null: it does not. */
export function endOf(days: string, now: number): string | null {
  const count = Number(days);
  return count > 0 ? new Date(now + count * dayMilliseconds).toISOString() : null;
}

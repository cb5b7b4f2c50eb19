import type { RateLimit, RateVerdict } from '@nandax/app/ports/limits.ts';

/** Where an instant lies among the windows of a limit, which begin at the epoch. */
export interface WindowPlace {
  /** Number of the window since the epoch. */
  readonly window: number;
  /** Seconds of it that have passed. */
  readonly elapsedSeconds: number;
  /** How much of the window before it the last `windowSeconds` still cover, above 0 to 1. */
  readonly share: number;
}

export function placeOf({ windowSeconds }: RateLimit, now: Date): WindowPlace {
  const seconds = now.getTime() / 1000;
  const window = Math.floor(seconds / windowSeconds);
  const elapsedSeconds = seconds - window * windowSeconds;
  return { window, elapsedSeconds, share: 1 - elapsedSeconds / windowSeconds };
}

/** What was counted when something was taken or refused. */
export interface WindowCounts {
  readonly taken: boolean;
  /** Of the window before. */
  readonly before: number;
  /** Of this window, with what was taken now. */
  readonly count: number;
}

/** What the counts mean for whoever asked. */
export function verdictOf(
  { limit, windowSeconds }: RateLimit,
  { elapsedSeconds, share }: WindowPlace,
  { taken, before, count }: WindowCounts,
): RateVerdict {
  const restSeconds = windowSeconds - elapsedSeconds;
  const resetSeconds = Math.ceil(restSeconds);
  const carried = Math.floor(before * share);
  if (taken) {
    const remaining = Math.max(limit - carried - count, 0);
    return { allowed: true, remaining, retryAfterSeconds: 0, resetSeconds };
  }
  // Another is allowed as soon as what an earlier window carries over leaves room for it. In this
  // window that is what the one before carries; once this one is full itself, what it will carry.
  const room = limit - count;
  const wait =
    room > 0
      ? windowSeconds * (1 - room / before) - elapsedSeconds
      : restSeconds + windowSeconds * (1 - limit / count);
  // It has to be more than the wait, and a wait of 10 s must not come out of the division as 9.99…
  const retryAfterSeconds = Math.max(Math.floor(wait + 1e-6) + 1, 1);
  return { allowed: false, remaining: 0, retryAfterSeconds, resetSeconds };
}

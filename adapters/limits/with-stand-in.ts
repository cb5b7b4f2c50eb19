import type { FailedAttempts, RateLimits } from '@nandax/app/ports/limits.ts';
import type { Log } from '@nandax/app/ports/world.ts';

/** Both counts, wherever they are kept. */
export interface Limits {
  readonly rateLimits: RateLimits;
  readonly failedAttempts: FailedAttempts;
}

/**
 * Limits that go on counting in `standIn` while `first` fails. The two do not know each other's
 * counts: whoever is there when it changes may do twice as much in one window, but guessing
 * passwords never becomes free because a cache is away, and nobody is shut out.
 */
export function withStandIn(first: Limits, standIn: Limits, log: Log): Limits {
  let away = false;
  const either = async <T>(use: (limits: Limits) => Promise<T>): Promise<T> => {
    try {
      const answer = await use(first);
      if (away) log.info({}, 'limits are counted in their usual place again');
      away = false;
      return answer;
    } catch (error) {
      if (!away) log.warn({ error }, 'limits are counted in the database meanwhile');
      away = true;
      return use(standIn);
    }
  };
  return {
    rateLimits: {
      take: (key, limit, now) => either(({ rateLimits }) => rateLimits.take(key, limit, now)),
    },
    failedAttempts: {
      read: (key, now) => either(({ failedAttempts }) => failedAttempts.read(key, now)),
      add: (key, now, forgetAfterSeconds) =>
        either(({ failedAttempts }) => failedAttempts.add(key, now, forgetAfterSeconds)),
      async clear(key) {
        // What the stand-in counted while the first was away ends as well.
        await standIn.failedAttempts.clear(key);
        await first.failedAttempts.clear(key).catch((error: unknown) => {
          log.warn({ error }, 'failures stay counted until they are forgotten');
        });
      },
    },
  };
}

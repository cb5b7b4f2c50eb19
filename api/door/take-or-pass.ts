import type { RateLimit, RateVerdict } from '@nandax/app/ports/limits.ts';
import type { ApiPorts } from '../ports.ts';

export type LimitPorts = Pick<ApiPorts, 'rateLimits' | 'clock' | 'log'>;

/**
 * Takes one of a limit. Where nothing can count, neither Redis nor the database, the request passes
 * and the log says so: limits keep some from taking what is everybody's, and an outage of theirs must
 * not take it from all.
 */
export async function takeOrPass(
  { rateLimits, clock, log }: LimitPorts,
  key: string,
  limit: RateLimit,
): Promise<RateVerdict> {
  try {
    return await rateLimits.take(key, limit, clock.now());
  } catch (error) {
    log.warn({ error }, 'a request passed uncounted');
    return {
      allowed: true,
      remaining: limit.limit,
      retryAfterSeconds: 0,
      resetSeconds: limit.windowSeconds,
    };
  }
}

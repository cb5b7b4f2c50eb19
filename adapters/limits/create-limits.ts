import type { FailedAttempts, RateLimits } from '@nandax/app/ports/limits.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import { postgresFailedAttempts, postgresRateLimits } from './postgres-limits.ts';

/** Limits that all processes share: on Redis where there is one, else in the database. */
export function createLimits(options: {
  readonly redisUrl: string | undefined;
  readonly prisma: PrismaClient;
}): { readonly rateLimits: RateLimits; readonly failedAttempts: FailedAttempts } {
  return {
    rateLimits: postgresRateLimits(options.prisma),
    failedAttempts: postgresFailedAttempts(options.prisma),
  };
}

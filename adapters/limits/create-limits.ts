import type { TrafficLedger } from '@nandax/app/ports/traffic.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import { postgresFailedAttempts, postgresRateLimits } from './postgres-limits.ts';
import { connectLimits, redisFailedAttempts, redisRateLimits } from './redis-limits.ts';
import { postgresTraffic } from './postgres-traffic.ts';
import { redisTraffic } from './redis-traffic.ts';
import { withStandIn, type Limits } from './with-stand-in.ts';

/** Limits, and how to let go of what they hold. */
export interface ClosableLimits extends Limits {
  /** What leaves for brokers. It has no stand-in: two counts that do not know each other are none. */
  readonly traffic: TrafficLedger;
  /** Ends their own connection; the database's client is the caller's. */
  close(): void;
}

/**
 * Limits that all processes share: on Redis where there is one, else in the database. While Redis is
 * away the database counts.
 */
export function createLimits(options: {
  readonly redisUrl: string | undefined;
  readonly prisma: PrismaClient;
  readonly log: Log;
}): ClosableLimits {
  const { redisUrl, prisma, log } = options;
  const inDatabase: Limits = {
    rateLimits: postgresRateLimits(prisma),
    failedAttempts: postgresFailedAttempts(prisma),
  };
  if (redisUrl === undefined) {
    return { ...inDatabase, traffic: postgresTraffic(prisma), close: () => undefined };
  }
  const redis = connectLimits(redisUrl, log);
  const onRedis: Limits = {
    rateLimits: redisRateLimits(redis),
    failedAttempts: redisFailedAttempts(redis),
  };
  return {
    ...withStandIn(onRedis, inDatabase, log),
    traffic: redisTraffic(redis),
    close: () => redis.disconnect(),
  };
}

import { Redis } from 'ioredis';
import type { FailedAttempts, RateLimits } from '@nandax/app/ports/limits.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { placeOf, verdictOf } from './sliding-window.ts';

/** Start of every key. */
export const redisLimitsPrefix = 'nandax:limits:';

/** How long an answer may take before Redis counts as away, milliseconds. */
const commandTimeoutMs = 1_000;

/** A connection that fails at once while Redis is away, and comes back by itself. */
export function connectLimits(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectionName: 'nandax-limits',
  });
  redis.on('error', (error) => log.warn({ error }, 'Redis is away from the limits'));
  return redis;
}

/** KEYS: window before, this window. ARGV: share of the one before, limit, milliseconds to keep. */
const takeScript = `
local before = tonumber(redis.call('GET', KEYS[1]) or '0')
local count = tonumber(redis.call('GET', KEYS[2]) or '0')
if math.floor(before * tonumber(ARGV[1])) + count >= tonumber(ARGV[2]) then
  return {0, before, count}
end
count = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {1, before, count}`;

/** Rate limits on Redis: one script for each request; keys end by themselves. */
export function redisRateLimits(redis: Redis, prefix: string = redisLimitsPrefix): RateLimits {
  return {
    async take(key, limit, now) {
      const place = placeOf(limit, now);
      // The braces keep both windows of a key in one slot of a cluster.
      const keyOf = (window: number) => `${prefix}{rate:${key}}:${window}`;
      const [taken, before, count] = (await redis.eval(
        takeScript,
        2,
        keyOf(place.window - 1),
        keyOf(place.window),
        place.share,
        limit.limit,
        2 * limit.windowSeconds * 1000,
      )) as [taken: number, before: number, count: number];
      return verdictOf(limit, place, { taken: taken === 1, before, count });
    },
  };
}

/** KEYS: the attempts. ARGV: now and when they are forgotten, both in milliseconds since the epoch. */
const addScript = `
local expiresAt = tonumber(redis.call('HGET', KEYS[1], 'expiresAt') or '0')
if expiresAt <= tonumber(ARGV[1]) then redis.call('DEL', KEYS[1]) end
local count = redis.call('HINCRBY', KEYS[1], 'count', 1)
redis.call('HSET', KEYS[1], 'lastAt', ARGV[1], 'expiresAt', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] - ARGV[1])
return count`;

/** Failures in a row on Redis; keys end by themselves. */
export function redisFailedAttempts(
  redis: Redis,
  prefix: string = redisLimitsPrefix,
): FailedAttempts {
  const keyOf = (key: string) => `${prefix}failed:${key}`;
  return {
    async read(key, now) {
      const [count, lastAt, expiresAt] = await redis.hmget(
        keyOf(key),
        'count',
        'lastAt',
        'expiresAt',
      );
      return Number(expiresAt ?? 0) > now.getTime()
        ? { count: Number(count), lastAt: new Date(Number(lastAt)) }
        : { count: 0, lastAt: null };
    },

    async add(key, now, forgetAfterSeconds) {
      const expiresAt = now.getTime() + forgetAfterSeconds * 1000;
      return (await redis.eval(addScript, 1, keyOf(key), now.getTime(), expiresAt)) as number;
    },

    async clear(key) {
      await redis.del(keyOf(key));
    },
  };
}

import type { Redis } from 'ioredis';
import type { TrafficLedger } from '@nandax/app/ports/traffic.ts';
import type { TrafficCounts } from '@nandax/core/traffic/traffic.ts';
import { redisLimitsPrefix } from './redis-limits.ts';

/** The longest period that is counted is a day. */
const keepMs = 2 * 24 * 3_600_000;

/** KEYS: the counts. ARGV: revision that was read (0: none), next revision, counts, ms to keep. */
const replaceScript = `
local revision = redis.call('HGET', KEYS[1], 'revision') or '0'
if revision ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'counts', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`;

/**
 * Traffic of broker accounts on Redis. While Redis is away nothing is counted, and so nothing
 * leaves: the jobs that send are away with it.
 */
export function redisTraffic(redis: Redis, prefix: string = redisLimitsPrefix): TrafficLedger {
  const keyOf = (account: string) => `${prefix}traffic:${account}`;
  return {
    async read(account) {
      const [revision, counts] = await redis.hmget(keyOf(account), 'revision', 'counts');
      if (revision == null || counts == null) return null;
      return { revision, counts: JSON.parse(counts) as TrafficCounts };
    },

    async replace(account, before, counts) {
      const revision = Number(before?.revision ?? 0);
      const written = JSON.stringify(counts);
      const key = keyOf(account);
      const next = revision + 1;
      return (await redis.eval(replaceScript, 1, key, revision, next, written, keepMs)) === 1;
    },
  };
}

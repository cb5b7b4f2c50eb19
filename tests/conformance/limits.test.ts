import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { createLimits } from '@nandax/adapters/limits/create-limits.ts';
import {
  postgresFailedAttempts,
  postgresRateLimits,
} from '@nandax/adapters/limits/postgres-limits.ts';
import { redisFailedAttempts, redisRateLimits } from '@nandax/adapters/limits/redis-limits.ts';
import type { Limits } from '@nandax/adapters/limits/with-stand-in.ts';
import { prismaExpiredRows } from '@nandax/adapters/prisma/accounts/expired-rows.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { silentLog } from '../setup/silent-log.ts';
import { backends, type OpenBackend } from './backends.ts';

/** Seconds after the beginning of a window of 60 seconds. */
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 9, 15) + seconds * 1000);
const tenAMinute = { limit: 10, windowSeconds: 60 };

describe.each(backends)('limits on $kind', ({ skip, open }) => {
  if (skip()) {
    test.skip('needs redis-server', () => undefined);
    return;
  }
  let backend: OpenBackend;
  let limits: Limits;
  let close: () => Promise<void>;

  beforeAll(async () => {
    backend = await open();
    const { url } = backend;
    if (backend.kind === 'postgres') {
      const prisma = createPrisma(url);
      limits = {
        rateLimits: postgresRateLimits(prisma),
        failedAttempts: postgresFailedAttempts(prisma),
      };
      close = () => prisma.$disconnect();
    } else {
      const redis = new Redis(url);
      const prefix = `${backend.prefix}:`;
      limits = {
        rateLimits: redisRateLimits(redis, prefix),
        failedAttempts: redisFailedAttempts(redis, prefix),
      };
      close = () => {
        redis.disconnect();
        return Promise.resolve();
      };
    }
  });
  afterAll(async () => {
    await close();
    await backend.close();
  });

  const take = (key: string, seconds: number) =>
    limits.rateLimits.take(key, tenAMinute, at(seconds));
  const takeMany = async (key: string, seconds: number, times: number) => {
    const verdicts = await Promise.all(Array.from({ length: times }, () => take(key, seconds)));
    return verdicts.filter(({ allowed }) => allowed).length;
  };

  test('of fifty at once exactly as many pass as the limit says', async () => {
    expect(await takeMany('crowd', 0, 50)).toBe(10);
  });

  test('each verdict says how many are left, and a refusal how long to wait', async () => {
    const remaining = [];
    for (let number = 0; number < 10; number += 1) {
      remaining.push((await take('patient', 20)).remaining);
    }
    expect(remaining).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    const refused = await take('patient', 20);
    expect(refused).toEqual({
      allowed: false,
      remaining: 0,
      retryAfterSeconds: 41,
      resetSeconds: 40,
    });
    expect((await take('patient', 20 + refused.retryAfterSeconds)).allowed).toBe(true);
  });

  test('what is refused does not count', async () => {
    expect(await takeMany('insistent', 0, 60)).toBe(10);
    // Were the fifty refused counted, 30 of them would still stand here. Of the ten it is five.
    expect(await takeMany('insistent', 90, 20)).toBe(5);
  });

  test('the share of the window before counts, and nothing older', async () => {
    expect(await takeMany('steady', 59, 8)).toBe(8);
    // A quarter into the next window, 6 of the 8 count.
    expect(await takeMany('steady', 75, 10)).toBe(4);
    expect(await takeMany('steady', 180, 20)).toBe(10);
  });

  test('keys, and windows of other lengths, do not touch each other', async () => {
    expect(await takeMany('one', 0, 10)).toBe(10);
    expect(await takeMany('other', 0, 10)).toBe(10);
    const hourly = { limit: 1, windowSeconds: 3_600 };
    const first = await limits.rateLimits.take('hourly', hourly, at(0));
    const second = await limits.rateLimits.take('hourly', hourly, at(1_000));
    expect([first.allowed, second.allowed]).toEqual([true, false]);
    // Windows begin with the hour: this one, begun at 9:00, is over at 10:00.
    expect(second.retryAfterSeconds).toBe(45 * 60 - 1_000 + 1);
  });

  test('failures add up, also when many come at once, and tell when the last one was', async () => {
    const { failedAttempts } = limits;
    expect(await failedAttempts.read('guesser', at(0))).toEqual({ count: 0, lastAt: null });
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => failedAttempts.add('guesser', at(1), 600)),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(await failedAttempts.add('guesser', at(5), 600)).toBe(21);
    expect(await failedAttempts.read('guesser', at(5))).toEqual({ count: 21, lastAt: at(5) });
    expect((await failedAttempts.read('another', at(5))).count).toBe(0);
  });

  test('failures are forgotten after a while without another, and when they are cleared', async () => {
    const { failedAttempts } = limits;
    await failedAttempts.add('forgetful', at(0), 600);
    await failedAttempts.add('forgetful', at(500), 600);
    expect((await failedAttempts.read('forgetful', at(1_099))).count).toBe(2);
    expect(await failedAttempts.read('forgetful', at(1_100))).toEqual({ count: 0, lastAt: null });
    expect(await failedAttempts.add('forgetful', at(1_100), 600)).toBe(1);
    await failedAttempts.clear('forgetful');
    expect((await failedAttempts.read('forgetful', at(1_101))).count).toBe(0);
  });

  test('what was counted ends by itself, or is swept', async () => {
    await take('brief', 0);
    await limits.failedAttempts.add('brief', at(0), 60);
    if (backend.kind === 'redis') {
      const redis = new Redis(backend.url);
      const keys = await redis.keys(`${backend.prefix}:*`);
      const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
      redis.disconnect();
      expect(keys.length).toBeGreaterThan(1);
      expect(Math.min(...lives)).toBeGreaterThan(0);
      return;
    }
    const prisma = createPrisma(backend.url);
    const sweep = (second: number) =>
      prismaExpiredRows(prisma).sweep({
        now: at(second),
        letters: at(0),
        strangersLetters: at(0),
      });
    const kept = () =>
      Promise.all([
        prisma.rateWindow.count({ where: { key: 'brief' } }),
        prisma.failedAttempts.count({ where: { key: 'brief' } }),
      ]);
    await sweep(59);
    expect(await kept()).toEqual([1, 1]);
    await sweep(121);
    expect(await kept()).toEqual([0, 0]);
    await prisma.$disconnect();
  });
});

describe('limits while Redis is away', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('are counted in the database, without anybody being shut out or let through', async () => {
    const limits = createLimits({
      redisUrl: `redis://127.0.0.1:${await freePort()}`,
      prisma: database.prisma,
      log: silentLog,
    });
    const verdicts = await Promise.all(
      Array.from({ length: 30 }, () => limits.rateLimits.take('alone', tenAMinute, at(0))),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect(await limits.failedAttempts.add('alone', at(0), 60)).toBe(1);
    expect((await limits.failedAttempts.read('alone', at(1))).count).toBe(1);
    await limits.failedAttempts.clear('alone');
    expect((await limits.failedAttempts.read('alone', at(1))).count).toBe(0);
    limits.close();
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf, verdictOf } from './sliding-window.ts';

const limit = { limit: 10, windowSeconds: 60 };
const at = (seconds: number) => placeOf(limit, new Date(seconds * 1000));

test('the window before counts by the share that the last minute still covers of it', () => {
  expect(at(600)).toEqual({ window: 10, elapsedSeconds: 0, share: 1 });
  expect(at(615)).toEqual({ window: 10, elapsedSeconds: 15, share: 0.75 });
  // 8 a minute ago, of which 6 still count, and 3 since: one more is left.
  expect(verdictOf(limit, at(615), { taken: true, before: 8, count: 3 })).toMatchObject({
    remaining: 1,
    resetSeconds: 45,
  });
});

test('the wait ends when the window before has lost enough of its share', () => {
  // 20 before carry 10 until half of this window is over.
  const counts = { taken: false, before: 20, count: 0 };
  expect(verdictOf(limit, at(620), counts)).toMatchObject({
    allowed: false,
    retryAfterSeconds: 11,
  });
});

test('the wait of a full window ends in the next one, as soon as that carries less than the limit', () => {
  const full = { taken: false, before: 0, count: 10 };
  expect(verdictOf(limit, at(630), full).retryAfterSeconds).toBe(31);
  // A limit that has become smaller than what was taken.
  const over = { taken: false, before: 0, count: 20 };
  expect(verdictOf(limit, at(630), over).retryAfterSeconds).toBe(61);
});

test('whoever waits as told is allowed, and not long before', () => {
  const whole = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(whole(40), whole(10), whole(59), (before, count, second) => {
      const place = at(600 + second);
      const isFull = (later: number) => {
        const { window, share } = at(600 + second + later);
        const [earlier, now] = window === place.window ? [before, count] : [count, 0];
        return Math.floor(earlier * share) + now >= limit.limit;
      };
      fc.pre(isFull(0));
      const { retryAfterSeconds } = verdictOf(limit, place, { taken: false, before, count });
      expect(isFull(retryAfterSeconds)).toBe(false);
      if (retryAfterSeconds > 2) expect(isFull(retryAfterSeconds - 2)).toBe(true);
    }),
  );
});

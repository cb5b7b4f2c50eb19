import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Latest } from './latest.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the first value is due at once, later ones together when the interval is over', () => {
  const onDue = vi.fn();
  const latest = new Latest<string, number>(250, onDue);
  latest.put('a', 1);
  expect(onDue).toHaveBeenCalledTimes(1);
  expect(latest.take()).toEqual([1]);

  latest.put('a', 2);
  latest.put('b', 3);
  latest.put('a', 4);
  expect(latest.take()).toEqual([]);
  vi.advanceTimersByTime(249);
  expect(onDue).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(onDue).toHaveBeenCalledTimes(2);
  expect(latest.take()).toEqual([4, 3]);
});

test('a reader that is late finds the latest of each key and no more', () => {
  const latest = new Latest<string, number>(0, () => undefined);
  for (let value = 0; value < 10_000; value += 1) latest.put(value % 2 === 0 ? 'a' : 'b', value);
  expect(latest.take()).toEqual([9998, 9999]);
});

test('once closed it tells nothing more', () => {
  const onDue = vi.fn();
  const latest = new Latest<string, number>(250, onDue);
  latest.put('a', 1);
  latest.take();
  latest.put('a', 2);
  latest.close();
  vi.advanceTimersByTime(1_000);
  expect(onDue).toHaveBeenCalledTimes(1);
});

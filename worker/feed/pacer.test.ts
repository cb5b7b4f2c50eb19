import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { Pacer } from './pacer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const clock = { now: () => new Date() };
const nine = Date.parse('2019-07-09T09:15:00+05:30');

test('once interrupted, nothing of the minute is waited for, and the next minute is again', async () => {
  const wake = new WakeCall();
  let pausing = false;
  const pacer = new Pacer(clock, wake, () => Promise.resolve(pausing));
  pacer.speed = 1;
  pacer.beginMinute();
  await pacer.until(nine);

  pausing = true;
  wake.call();
  // No timer runs here, so a wait would never end.
  await pacer.until(nine + 15_000);
  await pacer.until(nine + 30_000);
  await pacer.until(nine + 60_000);

  pausing = false;
  pacer.beginMinute();
  const due = vi.fn();
  const waiting = pacer.until(nine + 60_000).then(due);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(due).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  await waiting;
  expect(due).toHaveBeenCalledOnce();
});

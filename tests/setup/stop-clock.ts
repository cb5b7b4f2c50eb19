import { onTestFinished, vi } from 'vitest';

/**
 * Stops the wall clock of this process to the end of the test, for what counts within a minute or
 * asks for a wait of seconds: however slow the machine, no time passes. Timers go on.
 */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

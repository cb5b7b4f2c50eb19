import type { Clock, Pause } from '@nandax/app/ports/world.ts';

/** The wall clock of this machine. */
export const systemClock: Clock = { now: () => new Date() };

/** Waits by the machine's timers. */
export const systemPause: Pause = (milliseconds) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

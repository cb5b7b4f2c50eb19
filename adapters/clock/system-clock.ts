import type { Clock } from '@nandax/app/ports/world.ts';

/** The wall clock of this machine. */
export const systemClock: Clock = { now: () => new Date() };

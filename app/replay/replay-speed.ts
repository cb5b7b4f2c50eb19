import { invalidInput, type InvalidInput } from '../failures.ts';

/** The fastest pace that is still a pace; beyond it `null` (as fast as possible) is meant. */
const fastest = 100_000;

/** Null where the speed can be used: above 0 to 100,000 times real time, or null for no pace at all. */
export function checkSpeed(speed: number | null): InvalidInput | null {
  if (speed === null || (speed > 0 && speed <= fastest)) return null;
  return invalidInput(
    'speed',
    `Speed is a multiple of real time above 0 and at most ${fastest}; leave it out for as fast as possible.`,
  );
}

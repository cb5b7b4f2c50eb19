import { invalidInput, type InvalidInput } from '../failures.ts';

/** The slowest pace; the database keeps three decimals, and a speed of 0 would never be due. */
const slowest = 0.001;
/** The fastest pace that is still a pace; beyond it `null` (as fast as possible) is meant. */
const fastest = 100_000;

/** Null where the speed can be used: 0.001 to 100,000 times real time, or null for no pace at all. */
export function checkSpeed(speed: number | null): InvalidInput | null {
  if (speed === null || (speed >= slowest && speed <= fastest)) return null;
  return invalidInput(
    'speed',
    `Speed is a multiple of real time from ${slowest} to ${fastest}; leave it out for as fast as possible.`,
  );
}

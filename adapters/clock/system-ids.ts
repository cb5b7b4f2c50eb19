import { randomBytes } from 'node:crypto';
import type { IdSource } from '@nandax/app/ports/world.ts';
import { uuidVersion7 } from './uuid-version-7.ts';

/**
 * Identifiers from the machine's clock and its cryptographic randomness. Those of one source rise
 * strictly, even when the clock is set back: they then go on from the last instant used.
 */
export function systemIds(now: () => number = Date.now): IdSource {
  let instant = 0;
  let counter = 0;
  return {
    uuid() {
      const current = Math.floor(now());
      counter = current > instant ? 0 : counter + 1;
      instant = Math.max(instant, current);
      if (counter > 0xfff) {
        instant += 1;
        counter = 0;
      }
      return uuidVersion7(instant, counter, randomBytes(8));
    },
    randomBytes: (length) => randomBytes(length),
  };
}

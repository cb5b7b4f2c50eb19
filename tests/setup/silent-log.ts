import type { Log } from '@nandax/app/ports/world.ts';

/** A log that keeps quiet. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { createPostgresBus } from './postgres-bus.ts';
import { createRedisBus } from './redis-bus.ts';

/** The bus that the environment asks for: Redis where it is given, else PostgreSQL. */
export function createBus(options: {
  readonly redisUrl: string | undefined;
  readonly directUrl: string;
  readonly log: Log;
}): Bus {
  const { redisUrl, directUrl, log } = options;
  return redisUrl === undefined
    ? createPostgresBus({ connectionString: directUrl, log })
    : createRedisBus({ url: redisUrl, log });
}

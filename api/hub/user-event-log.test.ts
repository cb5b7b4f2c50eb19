import { expect, test, vi } from 'vitest';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { EventView, Reads } from '@nandax/app/ports/reads.ts';
import { deferred } from '../../tests/setup/deferred.ts';
import { silentLog } from '../../tests/setup/silent-log.ts';
import { UserEventLog } from './user-event-log.ts';

/** A log in a database of one user: how long it is, and when a question about its bounds is answered. */
function database() {
  let length = 0;
  const asked = deferred();
  const answer = deferred();
  let tell = () => {};
  const bus = {
    subscribe: (_topic: string, heard: () => void) => {
      tell = heard;
      return Promise.resolve(() => Promise.resolve());
    },
  } as unknown as Bus;
  const reads = {
    // Loaders are made with each event, and none of them is asked.
    batches: new Proxy({}, { get: () => () => Promise.resolve([]) }),
    events: {
      async bounds() {
        const last = BigInt(length);
        asked.resolve();
        await answer.promise;
        return { first: 1n, last };
      },
      after: (_userId: string, position: bigint) =>
        Promise.resolve(
          Array.from({ length: length - Number(position) }, (_, index) => ({
            sequence: position + BigInt(index + 1),
          })) as unknown as EventView[],
        ),
    },
  } as unknown as Reads;
  return {
    ports: { bus, reads, log: silentLog },
    asked: asked.promise,
    answer: () => answer.resolve(),
    happens: (count = 1) => {
      length += count;
      tell();
    },
  };
}

async function sequences(log: UserEventLog, position: bigint): Promise<number[]> {
  return (await log.after(position)).map(({ event }) => Number(event.sequence));
}

test('what happens while a log is opened comes once, as does what happens after that', async () => {
  const { ports, asked, answer, happens } = database();
  happens(2);
  const opening = UserEventLog.open(ports, 'somebody');
  await asked;
  // Told before it is known where the log stood.
  happens();
  answer();
  const log = await opening;
  happens();
  await vi.waitFor(async () => expect(await log.after(3n)).not.toEqual([]));
  expect(await sequences(log, 3n)).toEqual([4]);
  expect(await sequences(log, 2n)).toEqual([3, 4]);
});

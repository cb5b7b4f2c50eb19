import type { EventTopic } from '@nandax/app/ports/events.ts';
import type { LoggedEvent, UserEventLog } from './user-event-log.ts';
import type { Shared } from './shared.ts';
import type { StreamSource } from './stream.ts';

/**
 * The events of one topic out of a user's log: those after `after` first, then each as it comes,
 * nothing lost, repeated or out of order. @throws ResumePositionExpired
 */
export async function accountUpdates<Update>(
  logs: Shared<UserEventLog>,
  { userId, after, topic }: { userId: string; after: bigint | null; topic: EventTopic },
  updateOf: (logged: LoggedEvent) => Update,
  wake: () => void,
): Promise<StreamSource<Update>> {
  const { resource: log, release } = await logs.acquire(userId);
  let position: bigint;
  try {
    position = await log.position(after);
  } catch (error) {
    await release();
    throw error;
  }
  const stop = log.onGrowth(wake);
  return {
    async next() {
      for (;;) {
        const logged = await log.after(position);
        const last = logged.at(-1);
        if (last === undefined) return [];
        position = last.event.sequence;
        const found = logged.filter(({ event }) => event.topic === topic);
        if (found.length > 0) return found.map(updateOf);
      }
    },
    async close() {
      stop();
      await release();
    },
  };
}

import type { Bus, ProgressMessage } from '@nandax/app/ports/bus.ts';
import { Latest } from './latest.ts';
import type { StreamSource } from './stream.ts';

/** A run's percent, a search or a replay's clock is told at most this often, milliseconds. */
const intervalMs = 100;

type MessageOf<Kind> = Extract<ProgressMessage, { readonly kind: Kind }>;

/** Live progress of one kind, the latest of each subject; `updateOf` may find that there is none to tell. */
export async function progressUpdates<Kind extends ProgressMessage['kind'], Update>(
  bus: Bus,
  userId: string,
  kind: Kind,
  updateOf: (message: MessageOf<Kind>) => Promise<Update | null>,
  wake: () => void,
): Promise<StreamSource<Update>> {
  const latest = new Latest<string, MessageOf<Kind>>(intervalMs, wake);
  const unsubscribe = await bus.subscribe(`progress.${userId}`, (message) => {
    if (message.kind !== kind) return;
    latest.put(subjectOf(message), message as MessageOf<Kind>);
  });
  return {
    async next() {
      const updates = await Promise.all(latest.take().map(updateOf));
      return updates.filter((update) => update !== null);
    },
    async close() {
      latest.close();
      await unsubscribe();
    },
  };
}

/** Id of what a message is about. */
function subjectOf(message: ProgressMessage): string {
  switch (message.kind) {
    case 'run':
      return message.runId;
    case 'optimisation':
      return message.optimisationId;
    case 'replay':
      return message.replaySessionId;
  }
}

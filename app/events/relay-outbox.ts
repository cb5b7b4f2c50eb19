import type { TradingPorts } from '../ports/trading-ports.ts';

/** Events moved in one transaction; small enough that a waiting relay is not held up. */
const batchSize = 200;

/**
 * Publishes what transactions left in the outbox: queues the job an event asks for, wakes the
 * user's subscribers, and only then marks the event published. A crash in between repeats both,
 * which is harmless: job ids are unique and subscribers read the log by sequence number.
 * Returns how many events left.
 */
export async function relayOutbox(
  ports: Pick<TradingPorts, 'store' | 'queue' | 'bus' | 'clock'>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const moved = await ports.store.transaction(async ({ events }) => {
      const unpublished = await events.takeUnpublished(batchSize);
      const lastSequences = new Map<string, bigint>();
      for (const event of unpublished) {
        if (event.job !== null) await ports.queue.add(event.job);
        lastSequences.set(event.userId, event.sequence);
      }
      for (const [userId, sequence] of lastSequences) {
        await ports.bus.publish(`user.${userId}`, { sequence: String(sequence) });
      }
      await events.markPublished(unpublished, ports.clock.now());
      return unpublished.length;
    });
    total += moved;
    if (moved < batchSize) return total;
  }
}

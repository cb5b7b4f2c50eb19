import type { EventRows, UnpublishedEvent } from '@nandax/app/ports/events.ts';
import type { MemoryTransaction } from './memory-database.ts';
import type { MemoryEvent } from './tables.ts';

/** The outbox as adapters/prisma/trading/event-rows.ts keeps it. */
export function memoryEventRows(transaction: MemoryTransaction): EventRows {
  return {
    async append(userId, drafts, occurredAt) {
      await transaction.turn();
      await transaction.lock(`EventCounter ${userId}`);
      let { sequence } = transaction.get('EventCounter', userId) ?? {
        sequence: 0n,
      };
      for (const draft of drafts) {
        sequence += 1n;
        const job = draft.job ?? null;
        const event: MemoryEvent = { userId, sequence, occurredAt, job, draft, publishedAt: null };
        await transaction.insert('Event', keyOf(event), event);
      }
      await transaction.put('EventCounter', userId, { sequence });
    },

    async takeUnpublished(limit) {
      await transaction.turn();
      return transaction
        .all('Event')
        .filter(({ publishedAt }) => publishedAt === null)
        .sort(
          (a, b) => Number(a.occurredAt) - Number(b.occurredAt) || Number(a.sequence - b.sequence),
        )
        .filter((event) => transaction.tryLock(`Event ${keyOf(event)}`))
        .slice(0, limit);
    },

    async markPublished(events, at) {
      await transaction.turn();
      for (const event of events) {
        const kept = transaction.get('Event', keyOf(event));
        if (kept === null) throw new Error(`there is no event ${keyOf(event)}`);
        await transaction.put('Event', keyOf(event), { ...kept, publishedAt: at });
      }
    },
  };
}

function keyOf({ userId, sequence }: UnpublishedEvent): string {
  return `${userId} ${sequence}`;
}

import type { GttRecord, GttRows } from '@nandax/app/ports/gtts.ts';
import type { MemoryTransaction } from './memory-database.ts';

/** GTTs as adapters/prisma/trading/gtt-rows.ts keeps them; ids rise with time. */
export function memoryGttRows(transaction: MemoryTransaction): GttRows {
  const active = (matches: (gtt: GttRecord) => boolean): readonly GttRecord[] =>
    transaction
      .all('Gtt')
      .filter((gtt) => gtt.status === 'ACTIVE' && matches(gtt))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));

  return {
    async insert(gtt) {
      await transaction.turn();
      await transaction.insert('Gtt.key', `${gtt.userId} ${gtt.idempotencyKey}`, { id: gtt.id });
      await transaction.insert('Gtt', gtt.id, gtt);
    },

    async find(gttId) {
      await transaction.turn();
      return transaction.get('Gtt', gttId);
    },

    async findByKey(userId, idempotencyKey) {
      await transaction.turn();
      const key = transaction.get('Gtt.key', `${userId} ${idempotencyKey}`);
      return key === null ? null : transaction.get('Gtt', key.id);
    },

    async save(gtt) {
      await transaction.turn();
      await transaction.put('Gtt', gtt.id, gtt);
    },

    async countActive(userId) {
      await transaction.turn();
      return active((gtt) => gtt.userId === userId).length;
    },

    async activeOnFeed(feedId) {
      await transaction.turn();
      return active((gtt) => gtt.feedId === feedId);
    },

    async activeOf(portfolioId) {
      await transaction.turn();
      return active((gtt) => gtt.portfolioId === portfolioId);
    },
  };
}

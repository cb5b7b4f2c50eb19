import type {
  PositionPlace,
  ProtectionRecord,
  ProtectionRows,
} from '@nandax/app/ports/protections.ts';
import type { MemoryTransaction } from './memory-database.ts';
import { partial } from './partial.ts';

/** Protections as adapters/prisma/trading/protection-rows.ts keeps them; ids rise with time. */
export function memoryProtectionRows(transaction: MemoryTransaction): ProtectionRows {
  const listed = (matches: (one: ProtectionRecord) => boolean): readonly ProtectionRecord[] =>
    transaction
      .all('Protection')
      .filter(matches)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const isAt = (one: ProtectionRecord, place: PositionPlace): boolean =>
    one.portfolioId === place.portfolioId &&
    one.instrumentId === place.instrumentId &&
    one.product === place.product;
  const sent = (protectionId: string, orderId: string): boolean =>
    transaction.get('ProtectionOrder', orderId)?.protectionId === protectionId;

  return partial<ProtectionRows>('protections', {
    async insert(protection) {
      await transaction.turn();
      await transaction.insert('Protection', protection.id, protection);
    },

    async find(id) {
      await transaction.turn();
      return transaction.get('Protection', id);
    },

    async save(protection) {
      await transaction.turn();
      await transaction.put('Protection', protection.id, protection);
    },

    async touchedBy(place, orderId) {
      await transaction.turn();
      return listed(
        (one) =>
          (isAt(one, place) && one.status === 'ACTIVE') ||
          (orderId !== null && (one.entryOrderId === orderId || sent(one.id, orderId))),
      );
    },

    async activeOf(portfolioId) {
      await transaction.turn();
      return listed((one) => one.portfolioId === portfolioId && one.status === 'ACTIVE');
    },

    async activeOnFeed(feedId) {
      await transaction.turn();
      return listed((one) => one.feedId === feedId && one.status === 'ACTIVE');
    },

    async addOrder(protectionId, orderId) {
      await transaction.turn();
      await transaction.insert('ProtectionOrder', orderId, { protectionId, orderId });
    },

    async ofExit(orderId) {
      await transaction.turn();
      const row = transaction.get('ProtectionOrder', orderId);
      return row === null ? null : transaction.get('Protection', row.protectionId);
    },

    async everAt(place) {
      await transaction.turn();
      return listed((one) => isAt(one, place)).length > 0;
    },

    async insertChange(change) {
      await transaction.turn();
      const key = `${change.userId} ${change.idempotencyKey}`;
      await transaction.insert('ProtectionChange.key', key, { id: change.id });
      await transaction.insert('ProtectionChange', change.id, change);
    },

    async saveChange(change) {
      await transaction.turn();
      await transaction.put('ProtectionChange', change.id, change);
    },

    async pendingChange(protectionId) {
      await transaction.turn();
      const pending = transaction
        .all('ProtectionChange')
        .filter((one) => one.protectionId === protectionId && one.status === 'PENDING');
      return pending[0] ?? null;
    },
  });
}

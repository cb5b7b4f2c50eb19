import type { Execution } from '@nandax/core/order/order.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { workingStatuses, type OrderStatus } from '@nandax/core/order/status.ts';
import type { OrderRecord, OrderRows } from '@nandax/app/ports/orders.ts';
import type { MemoryTransaction } from './memory-database.ts';
import { partial } from './partial.ts';

const unanswered: readonly OrderStatus[] = ['INITIALIZED', 'SUBMITTED', 'UNKNOWN'];

const waiting: readonly OrderStatus[] = [...unanswered, 'MODIFY_PENDING', 'CANCEL_PENDING'];

/** Orders as adapters/prisma/trading/order-rows.ts keeps them. */
export function memoryOrderRows(transaction: MemoryTransaction): OrderRows {
  /** Executions are the order's fills, and the average is kept with 4 decimals. */
  function toOrder(row: OrderRecord): OrderRecord {
    const executions = new Map<string, Execution>();
    for (const fill of transaction.all('Fill')) {
      if (fill.orderId !== row.id) continue;
      const { tradeId, quantity, price, executedAt } = fill;
      executions.set(tradeId, { tradeId, quantity, price, time: executedAt.getTime() });
    }
    return { ...row, averagePrice: row.averagePrice?.toDecimalPlaces(4) ?? null, executions };
  }

  function ordersWhere(matches: (row: OrderRecord) => boolean): OrderRecord[] {
    return transaction.all('Order').filter(matches).map(toOrder);
  }

  async function insertEvent(orderId: string, event: OrderEvent): Promise<void> {
    const events = transaction.all('OrderEvent');
    const number = events.filter((earlier) => earlier.orderId === orderId).length + 1;
    await transaction.insert('OrderEvent', `${orderId} ${number}`, { orderId, number, event });
  }

  return partial<OrderRows>('orders', {
    async lockKey({ userId, subject, idempotencyKey }) {
      await transaction.turn();
      await transaction.lock(`Key ${subject} ${userId} ${idempotencyKey}`);
    },

    async findRequest(userId, idempotencyKey) {
      await transaction.turn();
      const request = transaction.get('OrderRequest', `${userId} ${idempotencyKey}`);
      if (request === null) return null;
      return { ...request, orders: ordersWhere((row) => row.orderRequestId === request.id) };
    },

    async insertRequest(request) {
      await transaction.turn();
      const key = `${request.userId} ${request.idempotencyKey}`;
      await transaction.insert('OrderRequest', key, request);
    },

    async findRefused({ userId, subject, idempotencyKey }) {
      await transaction.turn();
      return transaction.get('RefusedRequest', `${userId} ${subject} ${idempotencyKey}`);
    },

    async insertRefused(request) {
      await transaction.turn();
      const key = `${request.userId} ${request.subject} ${request.idempotencyKey}`;
      await transaction.insert('RefusedRequest', key, request);
    },

    async insert(order, events) {
      await transaction.turn();
      await transaction.insert('Order.clientOrderId', order.clientOrderId, { id: order.id });
      await transaction.insert('Order', order.id, order);
      for (const event of events) await insertEvent(order.id, event);
    },

    async find(orderId) {
      await transaction.turn();
      const row = transaction.get('Order', orderId);
      return row === null ? null : toOrder(row);
    },

    async findByClientOrderId(clientOrderId) {
      await transaction.turn();
      return ordersWhere((row) => row.clientOrderId === clientOrderId)[0] ?? null;
    },

    async legs(orderRequestId) {
      await transaction.turn();
      return ordersWhere((row) => row.orderRequestId === orderRequestId).sort(
        (one, other) => one.legNumber - other.legNumber,
      );
    },

    async save(order, event) {
      await transaction.turn();
      await transaction.put('Order', order.id, order);
      await insertEvent(order.id, event);
    },

    async insertFill(fill) {
      await transaction.turn();
      await transaction.insert('Fill.tradeId', `${fill.portfolioId} ${fill.tradeId}`, {
        id: fill.id,
      });
      await transaction.insert('Fill', fill.id, fill);
    },

    async working(portfolioId) {
      await transaction.turn();
      return ordersWhere(
        (row) => row.portfolioId === portfolioId && workingStatuses.includes(row.status),
      );
    },

    async exitsOfProtection(protectionId) {
      await transaction.turn();
      return ordersWhere(
        ({ id }) => transaction.get('ProtectionOrder', id)?.protectionId === protectionId,
      ).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    },

    async unanswered(feedId) {
      await transaction.turn();
      return ordersWhere((row) => row.feedId === feedId && unanswered.includes(row.status));
    },

    async countAbsentRead(orderId) {
      await transaction.turn();
      const reads = (transaction.get('Order.absentReads', orderId)?.reads ?? 0) + 1;
      await transaction.put('Order.absentReads', orderId, { reads });
      return reads;
    },

    async unansweredSince(since) {
      await transaction.turn();
      return ordersWhere((row) => row.updatedAt < since && waiting.includes(row.status));
    },
  });
}

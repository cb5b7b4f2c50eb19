import type { BrokerExecution, BrokerOrder, BrokerOrderState } from '@nandax/app/ports/broker.ts';
import type { ExchangeRows, RestingOrder } from '@nandax/app/ports/exchange.ts';
import type { Decimal } from 'decimal.js';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

export function exchangeRows(client: TransactionClient): ExchangeRows {
  return {
    async enter(
      order: BrokerOrder & { readonly feedId: string },
      brokerOrderId: string,
      at: Date,
    ): Promise<void> {
      await client.simulatedOrder.createMany({
        data: {
          clientOrderId: order.clientOrderId,
          brokerOrderId,
          feedId: order.feedId,
          instrumentId: order.instrumentId,
          side: order.side,
          type: order.type,
          product: order.product,
          quantity: order.quantity.toFixed(),
          eligibleFrom: order.marketTime,
          createdAt: at,
        },
        skipDuplicates: true,
      });
    },

    async state(clientOrderId: string): Promise<BrokerOrderState | null> {
      const order = await client.simulatedOrder.findUnique({
        where: { clientOrderId },
        include: { executions: { orderBy: { tradeId: 'asc' } } },
      });
      if (order === null) return null;
      return {
        clientOrderId,
        brokerOrderId: order.brokerOrderId,
        status: order.status,
        statusMessage: order.statusMessage,
        executions: order.executions.map(({ tradeId, quantity, price, executedAt }) => ({
          tradeId,
          quantity: exact(quantity),
          price: exact(price),
          executedAt,
        })),
      };
    },

    async resting(feedId: string): Promise<readonly RestingOrder[]> {
      const orders = await client.simulatedOrder.findMany({
        where: { feedId, status: 'OPEN' },
        orderBy: [{ eligibleFrom: 'asc' }, { clientOrderId: 'asc' }],
      });
      return orders.map((order) => ({
        clientOrderId: order.clientOrderId,
        instrumentId: order.instrumentId,
        side: order.side,
        product: order.product === 'CNC' ? 'CNC' : 'MIS',
        quantity: exact(order.quantity),
        filledQuantity: exact(order.filledQuantity),
        eligibleFrom: order.eligibleFrom,
      }));
    },

    async execute(
      executions: readonly (BrokerExecution & { readonly clientOrderId: string })[],
      at: Date,
    ): Promise<void> {
      await client.simulatedExecution.createMany({
        data: executions.map(({ clientOrderId, tradeId, quantity, price, executedAt }) => ({
          tradeId,
          clientOrderId,
          quantity: quantity.toFixed(),
          price: price.toFixed(),
          executedAt,
          createdAt: at,
        })),
      });
      const filled = new Map<string, Decimal>();
      for (const { clientOrderId, quantity } of executions) {
        filled.set(clientOrderId, quantity.plus(filled.get(clientOrderId) ?? 0));
      }
      const ids = [...filled.keys()];
      const quantities = [...filled.values()].map((quantity) => quantity.toFixed());
      await client.$executeRaw`
        UPDATE "SimulatedOrder" AS o
        SET "filledQuantity" = o."filledQuantity" + done.quantity,
            "status" = CASE WHEN o."filledQuantity" + done.quantity >= o."quantity"
                       THEN 'COMPLETE' ELSE 'OPEN' END::"SimulatedOrderStatus"
        FROM unnest(${ids}::varchar[], ${quantities}::numeric[]) AS done(id, quantity)
        WHERE o."clientOrderId" = done.id`;
    },

    async lapse(clientOrderIds: readonly string[], reason: string): Promise<void> {
      await client.simulatedOrder.updateMany({
        where: { clientOrderId: { in: [...clientOrderIds] }, status: 'OPEN' },
        data: { status: 'CANCELLED', statusMessage: reason },
      });
    },

    async unreported(feedId: string): Promise<readonly string[]> {
      const rows = await client.$queryRaw<{ clientOrderId: string }[]>`
        SELECT s."clientOrderId" FROM "SimulatedOrder" s
        JOIN "Order" o ON o."clientOrderId" = s."clientOrderId"
        WHERE s."feedId" = ${feedId}::uuid
          AND (s."filledQuantity" > o."filledQuantity"
            OR o."status" IN ('SUBMITTED', 'UNKNOWN')
            OR (s."status" = 'CANCELLED' AND o."status" IN ('ACCEPTED', 'PARTIALLY_FILLED')))
        ORDER BY s."clientOrderId"`;
      return rows.map(({ clientOrderId }) => clientOrderId);
    },
  };
}

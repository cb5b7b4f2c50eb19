import type { BrokerExecution, BrokerOrder, BrokerOrderState } from '@nandax/app/ports/broker.ts';
import type { ExchangeRows, RestingOrder } from '@nandax/app/ports/exchange.ts';
import type { ReplayState } from '@nandax/app/records.ts';
import type { Decimal } from 'decimal.js';
import { exact } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

export function exchangeRows(client: TransactionClient): ExchangeRows {
  return {
    async enter(
      order: BrokerOrder & { readonly feedId: string },
      brokerOrderId: string,
      at: Date,
    ): Promise<boolean> {
      // Waits for whoever ends the session, so that no order comes to rest behind the end.
      const [replay] = await client.$queryRaw<{ state: ReplayState }[]>`
        SELECT "state" FROM "ReplaySession" WHERE "id" = ${order.feedId}::uuid FOR KEY SHARE`;
      if (replay?.state === 'FINISHED' || replay?.state === 'STOPPED') return false;
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
      return true;
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
      const resting = await client.$queryRaw<{ clientOrderId: string }[]>`
        SELECT "clientOrderId" FROM "SimulatedOrder"
        WHERE "clientOrderId" = ANY(${executions.map(({ clientOrderId }) => clientOrderId)}::varchar[])
          AND "status" = 'OPEN'
        ORDER BY "clientOrderId" FOR UPDATE`;
      const open = new Set(resting.map(({ clientOrderId }) => clientOrderId));
      const booked = executions.filter(({ clientOrderId }) => open.has(clientOrderId));
      await client.simulatedExecution.createMany({
        data: booked.map(({ clientOrderId, tradeId, quantity, price, executedAt }) => ({
          tradeId,
          clientOrderId,
          quantity: quantity.toFixed(),
          price: price.toFixed(),
          executedAt,
          createdAt: at,
        })),
      });
      const filled = new Map<string, Decimal>();
      for (const { clientOrderId, quantity } of booked) {
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

    async lapse(feedId: string, eligibleBefore: Date | null, reason: string) {
      const lapsed = await client.$queryRaw<{ clientOrderId: string }[]>`
        WITH resting AS (
          SELECT "clientOrderId" FROM "SimulatedOrder"
          WHERE "feedId" = ${feedId}::uuid AND "status" = 'OPEN'
            AND "eligibleFrom" < coalesce(${eligibleBefore}::timestamptz, 'infinity')
          ORDER BY "clientOrderId" FOR UPDATE)
        UPDATE "SimulatedOrder" o SET "status" = 'CANCELLED', "statusMessage" = ${reason}
        FROM resting WHERE o."clientOrderId" = resting."clientOrderId"
        RETURNING o."clientOrderId"`;
      return lapsed.map(({ clientOrderId }) => clientOrderId).sort();
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

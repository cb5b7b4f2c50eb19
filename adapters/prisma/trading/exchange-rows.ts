import type {
  BrokerExecution,
  BrokerOrder,
  BrokerOrderState,
  BrokerPosition,
} from '@nandax/app/ports/broker.ts';
import type { ExchangeRows, RestingOrder } from '@nandax/app/ports/exchange.ts';
import type { ReplayState } from '@nandax/app/records.ts';
import { Decimal } from 'decimal.js';
import type { Prisma } from '../generated/client.ts';
import { exact, exactOrNull } from './exact.ts';
import type { TransactionClient } from './transaction-client.ts';

const withExecutions = { executions: { orderBy: { tradeId: 'asc' } } } as const;

function toState(
  order: Prisma.SimulatedOrderGetPayload<{ include: typeof withExecutions }>,
): BrokerOrderState {
  return {
    clientOrderId: order.clientOrderId,
    brokerOrderId: order.brokerOrderId,
    status: order.status,
    statusMessage: order.statusMessage,
    terms: {
      type: order.type,
      validity: order.validity,
      validityMinutes: order.validityMinutes,
      quantity: exact(order.quantity),
      price: exactOrNull(order.price),
      triggerPrice: exactOrNull(order.triggerPrice),
      disclosedQuantity: exactOrNull(order.disclosedQuantity),
      marketProtectionPercent: exactOrNull(order.marketProtectionPercent),
    },
    executions: order.executions.map(({ tradeId, quantity, price, executedAt }) => ({
      tradeId,
      quantity: exact(quantity),
      price: exact(price),
      executedAt,
    })),
  };
}

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
          portfolioId: order.portfolioId,
          instrumentId: order.instrumentId,
          side: order.side,
          type: order.type,
          product: order.product,
          variety: order.variety,
          validity: order.validity,
          validityMinutes: order.validityMinutes,
          quantity: order.quantity.toFixed(),
          price: order.price?.toFixed() ?? null,
          triggerPrice: order.triggerPrice?.toFixed() ?? null,
          disclosedQuantity: order.disclosedQuantity?.toFixed() ?? null,
          marketProtectionPercent: order.marketProtectionPercent?.toFixed() ?? null,
          icebergLegs: order.icebergLegs,
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
        include: withExecutions,
      });
      return order === null ? null : toState(order);
    },

    async book(portfolioId: string) {
      const orders = await client.simulatedOrder.findMany({
        where: { portfolioId },
        include: withExecutions,
        orderBy: { clientOrderId: 'asc' },
      });
      return orders.map(toState);
    },

    async positions(portfolioId: string): Promise<readonly BrokerPosition[]> {
      const orders = await client.simulatedOrder.groupBy({
        by: ['instrumentId', 'product', 'side'],
        where: { portfolioId, filledQuantity: { gt: 0 } },
        _sum: { filledQuantity: true },
        orderBy: [{ instrumentId: 'asc' }, { product: 'asc' }, { side: 'asc' }],
      });
      const net = new Map<string, BrokerPosition>();
      for (const { instrumentId, product, side, _sum: sum } of orders) {
        const key = `${instrumentId} ${product}`;
        const units = new Decimal(sum.filledQuantity?.toString() ?? 0);
        const before = net.get(key)?.netQuantity ?? new Decimal(0);
        const netQuantity = side === 'BUY' ? before.plus(units) : before.minus(units);
        net.set(key, { instrumentId, product, netQuantity });
      }
      return [...net.values()].filter(({ netQuantity }) => !netQuantity.isZero());
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
        product: order.product,
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
            OR (s."status" IN ('CANCELLED', 'EXPIRED', 'REJECTED') AND o."status" IN ('ACCEPTED', 'PARTIALLY_FILLED', 'MODIFY_PENDING', 'CANCEL_PENDING')))
        ORDER BY s."clientOrderId"`;
      return rows.map(({ clientOrderId }) => clientOrderId);
    },
  };
}

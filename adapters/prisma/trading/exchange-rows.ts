import type {
  BookedOrder,
  BrokerOrder,
  BrokerOrderState,
  BrokerPosition,
} from '@nandax/app/ports/broker.ts';
import type { CounterEntry, CounterOrder, ExchangeRows } from '@nandax/app/ports/exchange.ts';
import type { ReplayState } from '@nandax/app/records.ts';
import { Decimal } from 'decimal.js';
import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import type { Prisma } from '../generated/client.ts';
import { exact, exactOrNull } from './exact.ts';
import { matchingRows } from './matching-rows.ts';
import { columnsOf, termsOfRow } from './simulated-terms.ts';
import type { TransactionClient } from './transaction-client.ts';

const withExecutions = {
  executions: { orderBy: [{ executedAt: 'asc' }, { tradeId: 'asc' }] },
} satisfies Prisma.SimulatedOrderInclude;

function toState(
  order: Prisma.SimulatedOrderGetPayload<{ include: typeof withExecutions }>,
): BrokerOrderState {
  return {
    clientOrderId: order.clientOrderId,
    brokerOrderId: order.brokerOrderId,
    status: order.status,
    statusMessage: order.statusMessage,
    terms: termsOfRow(order),
    revision: order.revision,
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
      entry: CounterEntry,
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
          product: order.product,
          variety: order.variety,
          icebergLegs: order.icebergLegs,
          ...columnsOf(order),
          ...entry,
          protectionLimit: entry.protectionLimit?.toFixed() ?? null,
          createdAt: at,
        },
        skipDuplicates: true,
      });
      return true;
    },

    async lock(clientOrderId: string): Promise<CounterOrder | null> {
      await client.$queryRaw`
        SELECT 1 FROM "SimulatedOrder" WHERE "clientOrderId" = ${clientOrderId} FOR UPDATE`;
      const order = await client.simulatedOrder.findUnique({
        where: { clientOrderId },
        include: withExecutions,
      });
      if (order === null) return null;
      const { filledQuantity, eligibleFrom } = order;
      return { state: toState(order), filledQuantity: exact(filledQuantity), eligibleFrom };
    },

    async change(
      clientOrderId: string,
      terms: ChangeableTerms,
      entry: CounterEntry,
      keepsPlace: boolean,
    ) {
      const { protectionLimit, ...standing } = entry;
      const anew = {
        bookPlace: null,
        takenAfter: null,
        protectionLimit: protectionLimit?.toFixed() ?? null,
      };
      await client.simulatedOrder.update({
        where: { clientOrderId },
        data: {
          ...columnsOf(terms),
          ...standing,
          ...(keepsPlace ? {} : anew),
          revision: { increment: 1 },
        },
      });
    },

    async withdraw(clientOrderId: string, reason: string): Promise<void> {
      await client.simulatedOrder.update({
        where: { clientOrderId },
        data: { status: 'CANCELLED', statusMessage: reason },
      });
    },

    async state(clientOrderId: string): Promise<BrokerOrderState | null> {
      const order = await client.simulatedOrder.findUnique({
        where: { clientOrderId },
        include: withExecutions,
      });
      return order === null ? null : toState(order);
    },

    async book(portfolioId: string, feedId: string, since: Date): Promise<readonly BookedOrder[]> {
      const orders = await client.simulatedOrder.findMany({
        where: {
          portfolioId,
          feedId,
          OR: [
            { status: { in: ['OPEN', 'TRIGGER_PENDING'] } },
            { eligibleFrom: { gte: since } },
            { executions: { some: { executedAt: { gte: since } } } },
          ],
        },
        include: withExecutions,
        orderBy: { clientOrderId: 'asc' },
      });
      return orders.map((order) => {
        const { instrumentId, side, product } = order;
        return { ...toState(order), instrumentId, side, product };
      });
    },

    async waiting(portfolioId: string, feedId: string) {
      const orders = await client.simulatedOrder.findMany({
        where: { portfolioId, feedId, status: { in: ['OPEN', 'TRIGGER_PENDING'] } },
        orderBy: { clientOrderId: 'asc' },
      });
      return orders.map(({ instrumentId, side, product, quantity, filledQuantity, price }) => ({
        ...{ instrumentId, side, product, price: exactOrNull(price) },
        ...{ quantity: exact(quantity), filledQuantity: exact(filledQuantity) },
      }));
    },

    async positions(portfolioId: string): Promise<readonly BrokerPosition[]> {
      const portfolio = await client.portfolio.findUnique({
        where: { id: portfolioId },
        select: { epochStartedAt: true },
      });
      const orders = await client.simulatedOrder.groupBy({
        by: ['instrumentId', 'product', 'side'],
        where: {
          portfolioId,
          filledQuantity: { gt: 0 },
          createdAt: { gte: portfolio?.epochStartedAt ?? new Date(0) },
        },
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

    ...matchingRows(client),
  };
}

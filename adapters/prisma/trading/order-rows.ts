import { accruedChargesBy } from '@nandax/core/charges/accrued-charges.ts';
import type { Execution } from '@nandax/core/order/order.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { workingStatuses, type OrderStatus } from '@nandax/core/order/status.ts';
import { omit } from '@nandax/core/omit.ts';
import { snapshot } from '@nandax/app/events/snapshot.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type {
  FillRecord,
  OrderIntent,
  OrderRecord,
  OrderRequestRecord,
  RefusedRequestRecord,
  OrderRows,
} from '@nandax/app/ports/orders.ts';
import { Prisma } from '../generated/client.ts';
import { dateColumn, exact, exactOrNull } from './exact.ts';
import { requestedTermsOf } from './requested-terms.ts';
import type { TransactionClient } from './transaction-client.ts';

const withFills = {
  fills: {
    orderBy: { createdAt: 'asc' },
    select: { tradeId: true, quantity: true, price: true, executedAt: true },
  },
} as const;

/** Statuses in which the broker has not said anything yet. */
const unansweredStatuses: OrderStatus[] = ['INITIALIZED', 'SUBMITTED', 'UNKNOWN'];

/** Statuses in which the broker owes an answer, about a change or a cancel too. */
const waitingStatuses: OrderStatus[] = [...unansweredStatuses, 'MODIFY_PENDING', 'CANCEL_PENDING'];

type OrderRow = Prisma.OrderGetPayload<{ include: typeof withFills }>;

function toOrder(row: OrderRow): OrderRecord {
  const { fills, statusMessage, ...columns } = omit(row, 'absentReads');
  return {
    ...columns,
    quantity: exact(row.quantity),
    price: exactOrNull(row.price),
    triggerPrice: exactOrNull(row.triggerPrice),
    disclosedQuantity: exactOrNull(row.disclosedQuantity),
    marketProtectionPercent: exactOrNull(row.marketProtectionPercent),
    requestedTerms: requestedTermsOf(row.requestedTerms),
    filledQuantity: exact(row.filledQuantity),
    averagePrice: exactOrNull(row.averagePrice),
    referencePrice: exactOrNull(row.referencePrice),
    reason: statusMessage,
    intent: row.intent as OrderIntent,
    denial: row.denial as Json,
    executions: new Map(
      fills.map((fill): [string, Execution] => [
        fill.tradeId,
        {
          tradeId: fill.tradeId,
          quantity: exact(fill.quantity),
          price: exact(fill.price),
          time: fill.executedAt.getTime(),
        },
      ]),
    ),
  };
}

/** The columns that events change. */
function foldedColumns(order: OrderRecord) {
  return {
    brokerOrderId: order.brokerOrderId,
    type: order.type,
    validity: order.validity,
    validityMinutes: order.validityMinutes,
    quantity: order.quantity.toFixed(),
    price: order.price?.toFixed() ?? null,
    triggerPrice: order.triggerPrice?.toFixed() ?? null,
    disclosedQuantity: order.disclosedQuantity?.toFixed() ?? null,
    marketProtectionPercent: order.marketProtectionPercent?.toFixed() ?? null,
    triggered: order.triggered,
    requestedTerms:
      order.requestedTerms === null
        ? Prisma.DbNull
        : (snapshot(order.requestedTerms) as Prisma.InputJsonObject),
    modificationCount: order.modificationCount,
    termsRevision: order.termsRevision,
    filledQuantity: order.filledQuantity.toFixed(),
    averagePrice: order.averagePrice?.toFixed(4) ?? null,
    status: order.status,
    statusMessage: order.reason,
    denial: order.denial === null ? Prisma.DbNull : (order.denial as Prisma.InputJsonValue),
    updatedAt: order.updatedAt,
  };
}

function eventColumns(order: OrderRecord, event: OrderEvent, number: number) {
  return {
    orderId: order.id,
    number,
    event: snapshot(event) as Prisma.InputJsonObject,
    statusAfter: order.status,
    createdAt: order.updatedAt,
  };
}

export function orderRows(client: TransactionClient): OrderRows {
  return {
    async lockKey({ userId, subject, idempotencyKey }) {
      const key = `${subject} ${userId} ${idempotencyKey}`;
      await client.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`;
    },

    async findRequest(userId: string, idempotencyKey: string) {
      const row = await client.orderRequest.findUnique({
        where: { userId_idempotencyKey: { userId, idempotencyKey } },
        include: { orders: { include: withFills, orderBy: { legNumber: 'asc' } } },
      });
      return row === null ? null : { ...row, orders: row.orders.map(toOrder) };
    },

    async insertRequest(request: OrderRequestRecord): Promise<void> {
      await client.orderRequest.create({ data: request });
    },

    async findRefused({ userId, subject, idempotencyKey }) {
      const key = { userId, subject, idempotencyKey };
      const row = await client.refusedRequest.findUnique({
        where: { userId_subject_idempotencyKey: key },
      });
      return row === null ? null : { ...row, failure: row.failure as Json };
    },

    async insertRefused(request: RefusedRequestRecord): Promise<void> {
      const { failure } = request;
      await client.refusedRequest.create({
        data: { ...request, failure: failure as Prisma.InputJsonObject },
      });
    },

    async insert(order: OrderRecord, events: readonly OrderEvent[]): Promise<void> {
      await client.order.create({
        data: {
          id: order.id,
          userId: order.userId,
          portfolioId: order.portfolioId,
          orderRequestId: order.orderRequestId,
          instrumentId: order.instrumentId,
          runId: order.runId,
          agentDecisionId: order.agentDecisionId,
          feedId: order.feedId,
          clientOrderId: order.clientOrderId,
          source: order.source,
          intent: order.intent,
          side: order.side,
          product: order.product,
          variety: order.variety,
          icebergLegs: order.icebergLegs,
          tag: order.tag,
          legNumber: order.legNumber,
          requestKind: order.requestKind,
          parentOrderId: order.parentOrderId,
          reduceOnly: order.reduceOnly,
          reducing: order.reducing,
          referencePrice: order.referencePrice?.toFixed() ?? null,
          marketTime: order.marketTime,
          createdAt: order.createdAt,
          ...foldedColumns(order),
        },
      });
      await client.orderEvent.createMany({
        data: events.map((event, index) => eventColumns(order, event, index + 1)),
      });
    },

    async find(orderId: string) {
      const row = await client.order.findUnique({ where: { id: orderId }, include: withFills });
      return row === null ? null : toOrder(row);
    },

    async findByClientOrderId(clientOrderId: string) {
      const row = await client.order.findUnique({ where: { clientOrderId }, include: withFills });
      return row === null ? null : toOrder(row);
    },

    async findByClientOrderIds(clientOrderIds: readonly string[]) {
      const rows = await client.order.findMany({
        where: { clientOrderId: { in: [...clientOrderIds] } },
        include: withFills,
      });
      return rows.map(toOrder);
    },

    async legs(orderRequestId: string) {
      const rows = await client.order.findMany({
        where: { orderRequestId },
        include: withFills,
        orderBy: { legNumber: 'asc' },
      });
      return rows.map(toOrder);
    },

    async save(order: OrderRecord, event: OrderEvent): Promise<void> {
      await client.order.update({
        where: { id: order.id },
        data: foldedColumns(order),
        select: { id: true },
      });
      await client.$executeRaw`
        INSERT INTO "OrderEvent" ("orderId", "number", "event", "statusAfter", "createdAt")
        SELECT ${order.id}::uuid, count(*) + 1, ${snapshot(event)}::jsonb,
          ${order.status}::"OrderStatus", ${order.updatedAt}
        FROM "OrderEvent" WHERE "orderId" = ${order.id}::uuid`;
    },

    async insertFill(fill: FillRecord): Promise<void> {
      const { charges, tradingDay, ...columns } = fill;
      await client.fill.create({
        data: {
          ...columns,
          quantity: fill.quantity.toFixed(),
          price: fill.price.toFixed(),
          tradingDay: dateColumn(tradingDay),
          ...chargeColumns(charges),
        },
      });
    },

    async working(portfolioId: string) {
      const rows = await client.order.findMany({
        where: { portfolioId, status: { in: [...workingStatuses] } },
        include: withFills,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toOrder);
    },

    async exitsOfProtection(protectionId: string) {
      const rows = await client.order.findMany({
        where: { protects: { protectionId } },
        include: withFills,
        orderBy: { id: 'asc' },
      });
      return rows.map(toOrder);
    },

    async unansweredSince(since: Date) {
      return client.order.findMany({
        where: { status: { in: waitingStatuses }, updatedAt: { lt: since } },
        select: { id: true, status: true },
        orderBy: { id: 'asc' },
      });
    },

    async countAbsentRead(orderId: string) {
      const { absentReads } = await client.order.update({
        where: { id: orderId },
        data: { absentReads: { increment: 1 } },
        select: { absentReads: true },
      });
      return absentReads;
    },

    async unanswered(feedId: string) {
      return client.order.findMany({
        where: { feedId, status: { in: unansweredStatuses } },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
    },
  };
}

/** Charges as the columns of a fill or trade. */
export function chargeColumns(charges: FillRecord['charges']) {
  return {
    brokerage: charges.brokerage.toFixed(),
    securitiesTransactionTax: charges.securitiesTransactionTax.toFixed(),
    exchangeTransactionCharge: charges.exchangeTransactionCharge.toFixed(),
    sebiTurnoverFee: charges.sebiTurnoverFee.toFixed(),
    stampDuty: charges.stampDuty.toFixed(),
    goodsAndServicesTax: charges.goodsAndServicesTax.toFixed(),
  };
}

/** The charges that a fill's or trade's columns hold. */
export function chargesOf(
  row: Record<keyof FillRecord['charges'], { toString(): string }>,
): FillRecord['charges'] {
  return accruedChargesBy((component) => exact(row[component]));
}

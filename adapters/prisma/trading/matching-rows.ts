import type {
  ExchangeRows,
  MatchingProgress,
  RestingOrder,
  SteppedOrder,
  TakenOrder,
} from '@nandax/app/ports/exchange.ts';
import { LeaseLost, type FeedLease } from '@nandax/app/ports/feeds.ts';
import { Decimal } from 'decimal.js';
import { exact, exactOrNull } from './exact.ts';
import { termsOfRow } from './simulated-terms.ts';
import type { TransactionClient } from './transaction-client.ts';

type MatchingRows = Pick<
  ExchangeRows,
  | 'resting'
  | 'lastPlace'
  | 'takeUp'
  | 'progress'
  | 'markTold'
  | 'settle'
  | 'lapse'
  | 'lapseStops'
  | 'expire'
  | 'unreported'
>;

/** The part of the exchange's books that the owner of a feed reads and writes. */
export function matchingRows(client: TransactionClient): MatchingRows {
  return {
    async resting(feedId: string): Promise<readonly RestingOrder[]> {
      const orders = await client.simulatedOrder.findMany({
        where: { feedId, status: { in: ['OPEN', 'TRIGGER_PENDING'] } },
        include: { _count: { select: { executions: true } } },
        orderBy: [
          { bookPlace: { sort: 'asc', nulls: 'last' } },
          { eligibleFrom: 'asc' },
          { clientOrderId: 'asc' },
        ],
      });
      return orders.map((order) => ({
        clientOrderId: order.clientOrderId,
        instrumentId: order.instrumentId,
        side: order.side,
        terms: termsOfRow(order),
        filledQuantity: exact(order.filledQuantity),
        executionCount: order._count.executions,
        triggered: order.status === 'OPEN' && order.triggerPrice !== null,
        eligibleFrom: order.eligibleFrom,
        expiresAt: order.expiresAt,
        revision: order.revision,
        taken:
          order.bookPlace === null ? null : { place: order.bookPlace, after: order.takenAfter },
        protectionLimit: exactOrNull(order.protectionLimit),
      }));
    },

    async lastPlace(feedId: string): Promise<number> {
      const { _max: highest } = await client.simulatedOrder.aggregate({
        where: { feedId, status: { in: ['OPEN', 'TRIGGER_PENDING'] } },
        _max: { bookPlace: true },
      });
      return highest.bookPlace ?? 0;
    },

    async takeUp(orders: readonly TakenOrder[], after: Date | null): Promise<void> {
      await client.$executeRaw`
        WITH taken AS (
          SELECT * FROM unnest(
            ${orders.map(({ clientOrderId }) => clientOrderId)}::varchar[],
            ${orders.map(({ revision }) => revision)}::int[],
            ${orders.map(({ place }) => place)}::int[]
          ) AS taken(id, revision, place)),
        locked AS (
          SELECT o."clientOrderId", taken.place FROM "SimulatedOrder" o
          JOIN taken ON o."clientOrderId" = taken.id AND o."revision" = taken.revision
          ORDER BY o."clientOrderId" FOR UPDATE OF o)
        UPDATE "SimulatedOrder" o SET "bookPlace" = locked.place, "takenAfter" = ${after}
        FROM locked WHERE o."clientOrderId" = locked."clientOrderId"`;
    },

    async progress(feedId: string): Promise<MatchingProgress> {
      const feed = await client.feed.findUnique({
        where: { id: feedId },
        select: { matchedThrough: true, toldThrough: true },
      });
      return feed ?? { matchedThrough: null, toldThrough: null };
    },

    async markTold(lease: FeedLease, through: Date): Promise<void> {
      const marked = await client.$executeRaw`
        UPDATE "Feed" SET "toldThrough" = greatest("toldThrough", ${through})
        WHERE "id" = ${lease.feedId}::uuid AND "leaseOwner" = ${lease.owner}
          AND "fencingNumber" = ${lease.fencingNumber}`;
      if (marked === 0) throw new LeaseLost(lease);
    },

    async settle(
      feedId: string,
      steps: readonly SteppedOrder[],
      matchedThrough: Date,
      at: Date,
    ): Promise<ReadonlySet<string>> {
      const rows = await client.$queryRaw<{ clientOrderId: string; revision: number }[]>`
        SELECT "clientOrderId", "revision" FROM "SimulatedOrder"
        WHERE "clientOrderId" = ANY(${steps.map(({ clientOrderId }) => clientOrderId)}::varchar[])
          AND "status" IN ('OPEN', 'TRIGGER_PENDING')
        ORDER BY "clientOrderId" FOR UPDATE`;
      const revisions = new Map(rows.map((row) => [row.clientOrderId, row.revision]));
      const counts = (step: SteppedOrder) => revisions.get(step.clientOrderId) === step.revision;
      const booked = steps.filter(counts);
      await client.simulatedExecution.createMany({
        data: booked.flatMap(({ clientOrderId, executions }) =>
          executions.map(({ tradeId, quantity, price, executedAt }) => ({
            tradeId,
            clientOrderId,
            quantity: quantity.toFixed(),
            price: price.toFixed(),
            executedAt,
            createdAt: at,
          })),
        ),
      });
      const filled = booked.map(({ executions }) =>
        executions.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0)).toFixed(),
      );
      await client.$executeRaw`
        UPDATE "SimulatedOrder" AS o
        SET "filledQuantity" = o."filledQuantity" + step.quantity,
            "status" = CASE
              WHEN o."filledQuantity" + step.quantity >= o."quantity" THEN 'COMPLETE'
              WHEN step.ended IS NOT NULL THEN step.ended
              WHEN step.triggered THEN 'OPEN'
              ELSE o."status"::text END::"SimulatedOrderStatus",
            "protectionLimit" = coalesce(step.protection, o."protectionLimit"),
            "statusMessage" = coalesce(step.reason, o."statusMessage")
        FROM unnest(
          ${booked.map(({ clientOrderId }) => clientOrderId)}::varchar[],
          ${filled}::numeric[],
          ${booked.map(({ triggered }) => triggered)}::boolean[],
          ${booked.map(({ end }) => end?.status ?? null)}::text[],
          ${booked.map(({ end }) => end?.reason ?? null)}::text[],
          ${booked.map(({ protectionLimit }) => protectionLimit?.toFixed() ?? null)}::numeric[]
        ) AS step(id, quantity, triggered, ended, reason, protection)
        WHERE o."clientOrderId" = step.id`;
      await client.feed.update({ where: { id: feedId }, data: { matchedThrough } });
      return new Set(
        steps.filter((step) => !counts(step)).map(({ clientOrderId }) => clientOrderId),
      );
    },

    async lapse(feedId: string, eligibleBefore: Date | null, reason: string) {
      const lapsed = await client.$queryRaw<{ clientOrderId: string }[]>`
        WITH resting AS (
          SELECT "clientOrderId" FROM "SimulatedOrder"
          WHERE "feedId" = ${feedId}::uuid AND "status" IN ('OPEN', 'TRIGGER_PENDING')
            AND "eligibleFrom" < coalesce(${eligibleBefore}::timestamptz, 'infinity')
          ORDER BY "clientOrderId" FOR UPDATE)
        UPDATE "SimulatedOrder" o SET "status" = 'CANCELLED', "statusMessage" = ${reason}
        FROM resting WHERE o."clientOrderId" = resting."clientOrderId"
        RETURNING o."clientOrderId"`;
      return lapsed.map(({ clientOrderId }) => clientOrderId).sort();
    },

    async lapseStops(
      feedId: string,
      instrumentIds: readonly string[],
      eligibleBefore: Date,
      reason: string,
    ) {
      const lapsed = await client.$queryRaw<{ clientOrderId: string }[]>`
        WITH resting AS (
          SELECT "clientOrderId" FROM "SimulatedOrder"
          WHERE "feedId" = ${feedId}::uuid AND "status" = 'TRIGGER_PENDING'
            AND "instrumentId" = ANY(${[...instrumentIds]}::uuid[])
            AND "eligibleFrom" < ${eligibleBefore}
          ORDER BY "clientOrderId" FOR UPDATE)
        UPDATE "SimulatedOrder" o SET "status" = 'CANCELLED', "statusMessage" = ${reason}
        FROM resting WHERE o."clientOrderId" = resting."clientOrderId"
        RETURNING o."clientOrderId"`;
      return lapsed.map(({ clientOrderId }) => clientOrderId).sort();
    },

    async expire(feedId: string, marketTime: Date, reason: string) {
      const expired = await client.$queryRaw<{ clientOrderId: string }[]>`
        WITH resting AS (
          SELECT "clientOrderId" FROM "SimulatedOrder"
          WHERE "feedId" = ${feedId}::uuid AND "status" IN ('OPEN', 'TRIGGER_PENDING')
            AND "expiresAt" <= ${marketTime}
          ORDER BY "clientOrderId" FOR UPDATE)
        UPDATE "SimulatedOrder" o SET "status" = 'EXPIRED', "statusMessage" = ${reason}
        FROM resting WHERE o."clientOrderId" = resting."clientOrderId"
        RETURNING o."clientOrderId"`;
      return expired.map(({ clientOrderId }) => clientOrderId).sort();
    },

    async unreported(feedId: string): Promise<readonly string[]> {
      const rows = await client.$queryRaw<{ clientOrderId: string }[]>`
        SELECT s."clientOrderId" FROM "SimulatedOrder" s
        JOIN "Order" o ON o."clientOrderId" = s."clientOrderId"
        WHERE s."feedId" = ${feedId}::uuid
          AND (s."filledQuantity" > o."filledQuantity"
            OR o."status" IN ('SUBMITTED', 'UNKNOWN')
            OR (s."revision" > 0 AND o."status" = 'MODIFY_PENDING')
            OR (s."triggerPrice" IS NOT NULL AND s."status" = 'OPEN' AND NOT o."triggered")
            OR (s."status" IN ('CANCELLED', 'EXPIRED', 'REJECTED') AND o."status" IN ('ACCEPTED', 'PARTIALLY_FILLED', 'MODIFY_PENDING', 'CANCEL_PENDING')))
        ORDER BY s."clientOrderId"`;
      return rows.map(({ clientOrderId }) => clientOrderId);
    },
  };
}

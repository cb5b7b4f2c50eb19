import { omit } from '@nandax/core/omit.ts';
import {
  LeaseLost,
  type FeedLease,
  type FeedRows,
  type QuoteRecord,
} from '@nandax/app/ports/feeds.ts';
import type { ReplaySessionRecord, ReplayState } from '@nandax/app/records.ts';
import { workingStatuses } from '@nandax/core/order/status.ts';
import { exact, exactOrNull } from './exact.ts';
import { fillModelOf } from './fill-model-column.ts';
import type { Prisma } from '../generated/client.ts';
import type { TransactionClient } from './transaction-client.ts';

const replayColumns = {
  dataset: { select: { kind: true } },
  instruments: { orderBy: { ordinal: 'asc' }, select: { instrumentId: true } },
} as const;

/** Portfolios that hold no positions and have no working orders. */
const flat: Prisma.PortfolioWhereInput = {
  trades: { none: { status: 'OPEN' } },
  orders: { none: { status: { in: [...workingStatuses] } } },
};

type ReplayRow = NonNullable<Awaited<ReturnType<typeof readReplay>>>;

function readReplay(client: TransactionClient, id: string) {
  return client.replaySession.findUnique({ where: { id }, include: replayColumns });
}

function toReplay(row: ReplayRow): ReplaySessionRecord {
  const { speed, instruments, dataset, ...rest } = row;
  return {
    ...rest,
    datasetKind: dataset.kind,
    speed: speed === null ? null : speed.toNumber(),
    fillModel: fillModelOf(rest.fillModel),
    instrumentIds: instruments.map(({ instrumentId }) => instrumentId),
  };
}

function toQuote(row: {
  instrumentId: string;
  lastPrice: { toString(): string };
  volume: { toNumber(): number } | null;
  time: Date;
  lowerBand: { toString(): string } | null;
  upperBand: { toString(): string } | null;
}): QuoteRecord {
  return {
    instrumentId: row.instrumentId,
    lastPrice: exact(row.lastPrice),
    volume: row.volume?.toNumber() ?? null,
    time: row.time,
    lowerBand: exactOrNull(row.lowerBand),
    upperBand: exactOrNull(row.upperBand),
  };
}

export function feedRows(client: TransactionClient): FeedRows {
  async function assertLease(lease: FeedLease): Promise<void> {
    // NO KEY: whoever writes a row that names the feed (a run, an order) under the session's lock
    // must not wait for its owner, who waits for that lock to store the cursor.
    const held = await client.$queryRaw<unknown[]>`
      SELECT 1 FROM "Feed"
      WHERE "id" = ${lease.feedId}::uuid AND "leaseOwner" = ${lease.owner}
        AND "fencingNumber" = ${lease.fencingNumber}
      FOR NO KEY UPDATE`;
    if (held.length === 0) throw new LeaseLost(lease);
  }

  async function writeQuotes(feedId: string, quotes: readonly QuoteRecord[]): Promise<void> {
    if (quotes.length === 0) return;
    await client.$executeRaw`
      INSERT INTO "Quote" ("feedId", "instrumentId", "lastPrice", "volume", "time", "lowerBand", "upperBand")
      SELECT ${feedId}::uuid, * FROM unnest(
        ${quotes.map(({ instrumentId }) => instrumentId)}::uuid[],
        ${quotes.map(({ lastPrice }) => lastPrice.toFixed())}::numeric[],
        ${quotes.map(({ volume }) => (volume === null ? null : String(volume)))}::numeric[],
        ${quotes.map(({ time }) => time)}::timestamptz[],
        ${quotes.map(({ lowerBand }) => lowerBand?.toFixed() ?? null)}::numeric[],
        ${quotes.map(({ upperBand }) => upperBand?.toFixed() ?? null)}::numeric[]
      )
      ON CONFLICT ("feedId", "instrumentId") DO UPDATE
      SET "lastPrice" = EXCLUDED."lastPrice", "volume" = EXCLUDED."volume",
          "time" = EXCLUDED."time", "lowerBand" = EXCLUDED."lowerBand",
          "upperBand" = EXCLUDED."upperBand"`;
  }

  return {
    assertLease,

    async marketTime(feedId: string) {
      const feed = await client.feed.findUnique({
        where: { id: feedId },
        select: { marketTime: true },
      });
      return feed?.marketTime ?? null;
    },

    async quote(feedId: string, instrumentId: string) {
      const row = await client.quote.findUnique({
        where: { feedId_instrumentId: { feedId, instrumentId } },
      });
      return row === null ? null : toQuote(row);
    },

    async quotes(feedId: string) {
      return (await client.quote.findMany({ where: { feedId } })).map(toQuote);
    },

    async quotesOf(feedId: string, instrumentIds: readonly string[]) {
      const rows = await client.quote.findMany({
        where: { feedId, instrumentId: { in: [...instrumentIds] } },
      });
      return rows.map(toQuote);
    },

    async insertReplay(session: ReplaySessionRecord): Promise<void> {
      const { instrumentIds, ...rest } = session;
      // The kind is the dataset's own column.
      const columns = omit(rest, 'datasetKind');
      await client.feed.create({ data: { id: session.id, kind: 'REPLAY' } });
      await client.replaySession.create({
        data: {
          ...columns,
          instruments: {
            create: instrumentIds.map((instrumentId, ordinal) => ({ instrumentId, ordinal })),
          },
        },
      });
    },

    async findReplay(replaySessionId: string) {
      const row = await readReplay(client, replaySessionId);
      return row === null ? null : toReplay(row);
    },

    async lockReplay(replaySessionId: string, userId: string) {
      const locked = await client.$queryRaw<unknown[]>`
        SELECT 1 FROM "ReplaySession"
        WHERE "id" = ${replaySessionId}::uuid AND "userId" = ${userId}::uuid FOR UPDATE`;
      const row = locked.length === 0 ? null : await readReplay(client, replaySessionId);
      return row === null ? null : toReplay(row);
    },

    async setReplayState(replaySessionId: string, state: ReplayState, stateReason: string | null) {
      await client.replaySession.update({
        where: { id: replaySessionId },
        data: { state, stateReason },
      });
    },

    async setReplaySpeed(replaySessionId: string, speed: number | null): Promise<void> {
      await client.replaySession.update({ where: { id: replaySessionId }, data: { speed } });
    },

    async moveFlatPortfolios(fromFeedId: string, toFeedId: string, at: Date): Promise<void> {
      await client.portfolio.updateMany({
        where: { feedId: fromFeedId, ...flat },
        data: { feedId: toFeedId, followedSince: at },
      });
    },

    async adoptPortfolios(userId: string, feedId: string, at: Date): Promise<void> {
      const ended: Prisma.FeedWhereInput = {
        replaySession: { state: { in: ['FINISHED', 'STOPPED'] } },
      };
      await client.portfolio.updateMany({
        where: {
          userId,
          kind: 'PAPER',
          deletedAt: null,
          ...flat,
          OR: [{ feedId: null }, { feed: ended }],
        },
        data: { feedId, followedSince: at },
      });
    },

    async bindPortfolio(portfolioId: string, feedId: string, at: Date): Promise<void> {
      await client.portfolio.updateMany({
        where: { id: portfolioId, OR: [{ feedId: null }, { feedId: { not: feedId } }] },
        data: { feedId, followedSince: at },
      });
    },

    async followedLiveFeeds() {
      const feeds = await client.feed.findMany({
        where: { kind: 'LIVE', portfolios: { some: { deletedAt: null } } },
        select: { id: true },
      });
      return feeds.map(({ id }) => id);
    },

    async unownedFeeds(now: Date): Promise<readonly string[]> {
      const feeds = await client.feed.findMany({
        where: {
          replaySession: { state: 'RUNNING' },
          OR: [{ leaseOwner: null }, { leaseExpiresAt: { lt: now } }],
        },
        select: { id: true },
      });
      return feeds.map(({ id }) => id);
    },

    async acquireLease(feedId: string, owner: string, now: Date, expiresAt: Date) {
      const rows = await client.$queryRaw<{ fencingNumber: bigint }[]>`
        UPDATE "Feed"
        SET "leaseOwner" = ${owner}, "leaseExpiresAt" = ${expiresAt},
            "fencingNumber" = "fencingNumber" + 1
        WHERE "id" = ${feedId}::uuid
          AND ("leaseOwner" IS NULL OR "leaseExpiresAt" < ${now})
        RETURNING "fencingNumber"`;
      const [row] = rows;
      return row === undefined ? null : { feedId, owner, fencingNumber: row.fencingNumber };
    },

    async renewLease(lease: FeedLease, expiresAt: Date): Promise<void> {
      await assertLease(lease);
      await client.feed.update({
        where: { id: lease.feedId },
        data: { leaseExpiresAt: expiresAt },
      });
    },

    async releaseLease(lease: FeedLease): Promise<void> {
      await client.feed.updateMany({
        where: {
          id: lease.feedId,
          leaseOwner: lease.owner,
          fencingNumber: lease.fencingNumber,
        },
        data: { leaseOwner: null, leaseExpiresAt: null },
      });
    },

    async saveQuotes(lease: FeedLease, quotes: readonly QuoteRecord[]): Promise<void> {
      await assertLease(lease);
      await writeQuotes(lease.feedId, quotes);
    },

    async advance(lease, { marketTime, quotes, droppedTicks }): Promise<ReplaySessionRecord> {
      await assertLease(lease);
      await client.feed.update({ where: { id: lease.feedId }, data: { marketTime } });
      const session = await client.replaySession.update({
        where: { id: lease.feedId },
        data: { cursor: marketTime, droppedTicks },
        include: replayColumns,
      });
      await writeQuotes(lease.feedId, quotes);
      return toReplay(session);
    },

    async unsettled(
      feedId: string,
      awaited: readonly { readonly runId: string; readonly trigger: string }[],
      barTime: Date,
    ): Promise<number> {
      const [row] = await client.$queryRaw<{ waiting: bigint }[]>`
        SELECT
          (SELECT count(*) FROM unnest(
             ${awaited.map(({ runId }) => runId)}::uuid[],
             ${awaited.map(({ trigger }) => trigger)}::text[]
           ) AS awaited(run, trigger)
           JOIN "Run" r ON r."id" = awaited.run
            AND (r."status" = 'RUNNING' OR (r."status" = 'PAUSED' AND awaited.trigger = 'SQUARE_OFF'))
           WHERE NOT EXISTS (
             SELECT 1 FROM "AgentDecision" d
             WHERE d."runId" = awaited.run AND d."trigger"::text = awaited.trigger
               AND d."barTime" = ${barTime}))
          +
          (SELECT count(*) FROM "Order"
           WHERE "feedId" = ${feedId}::uuid
             AND ("status" IN ('INITIALIZED', 'SUBMITTED', 'UNKNOWN')
               -- Changes of our own are to be in force before the next minute, too.
               OR ("source" = 'PROTECTIVE_STOP'
                 AND "status" IN ('MODIFY_PENDING', 'CANCEL_PENDING')))) AS waiting`;
      return Number(row?.waiting ?? 0n);
    },
  };
}

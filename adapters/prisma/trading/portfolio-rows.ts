import type {
  LockedPortfolio,
  PortfolioRows,
  PositionRecord,
  TradingPortfolio,
} from '@nandax/app/ports/portfolios.ts';
import { platformScopeId } from '@nandax/app/ports/risk.ts';
import { strictestState, type TradingState } from '@nandax/core/risk/trading-state.ts';
import type { Decimal } from 'decimal.js';
import type { PortfolioKind, Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import { startOnFeed } from '../reads/epoch.ts';
import { dayBookColumns, dayBookOfRow } from './day-book-columns.ts';
import { ledgerRows } from './ledger-rows.ts';
import { noteRows } from './note-rows.ts';
import { saveSnapshot } from './snapshot-rows.ts';
import { tradeRows } from './trade-rows.ts';
import type { TransactionClient } from './transaction-client.ts';

interface PortfolioRow {
  readonly id: string;
  readonly userId: string;
  readonly kind: PortfolioKind;
  readonly feedId: string | null;
  readonly initialCapital: Prisma.Decimal;
  /** A reading of the account has agreed with it. */
  readonly agreed: boolean;
  /** Its broker connection is there. */
  readonly connected: boolean;
  readonly states: TradingState[];
}

export function portfolioRows(client: TransactionClient): PortfolioRows {
  // One statement: every step of an order asks, while it holds the portfolio's lock.
  async function find(portfolioId: string): Promise<TradingPortfolio | null> {
    const [row] = await client.$queryRaw<PortfolioRow[]>`
      SELECT portfolio."id", portfolio."userId", portfolio."kind"::text AS "kind",
        portfolio."feedId", portfolio."initialCapital",
        reading."agreedAt" IS NOT NULL AS "agreed",
        connection."id" IS NOT NULL AS "connected",
        ARRAY(SELECT state."state"::text FROM "TradingState" state
          WHERE (state."scope" = 'PLATFORM' AND state."scopeId" = ${platformScopeId})
            OR (state."scope" = 'USER' AND state."scopeId" = portfolio."userId"::text)
            OR (state."scope" = 'PORTFOLIO' AND state."scopeId" = portfolio."id"::text)) AS "states"
      FROM "Portfolio" portfolio
      LEFT JOIN "AccountReading" reading ON reading."portfolioId" = portfolio."id"
      LEFT JOIN "BrokerConnection" connection
        ON connection."id" = portfolio."brokerConnectionId" AND connection."deletedAt" IS NULL
      WHERE portfolio."id" = ${portfolioId}::uuid AND portfolio."deletedAt" IS NULL`;
    if (row === undefined) return null;
    const { agreed, connected, states, initialCapital, ...columns } = row;
    const isPaper = row.kind === 'PAPER';
    return {
      ...columns,
      initialCapital: exact(initialCapital),
      reachesBroker: isPaper || connected,
      tradingState: strictestState(states),
      reconciled: isPaper || agreed,
    };
  }

  return {
    find,

    async lock(portfolioId: string): Promise<LockedPortfolio | null> {
      await client.$queryRaw`
        SELECT 1 FROM "TradingState"
        WHERE "scope" = 'PORTFOLIO' AND "scopeId" = ${portfolioId} FOR UPDATE`;
      return find(portfolioId);
    },

    async positions(portfolioId: string): Promise<readonly PositionRecord[]> {
      const rows = await client.position.findMany({
        where: { portfolioId },
        include: { instrument: { select: { multiplier: true } } },
      });
      return rows.map((row) => ({
        id: row.id,
        portfolioId,
        instrumentId: row.instrumentId,
        product: row.product,
        multiplier: exact(row.instrument.multiplier),
        buyQuantity: exact(row.buyQuantity),
        buyValue: exact(row.buyValue),
        sellQuantity: exact(row.sellQuantity),
        sellValue: exact(row.sellValue),
        realisedPnl: exact(row.realisedPnl),
        margin: exact(row.margin),
        settled: exact(row.settled),
        book: dayBookOfRow(row),
      }));
    },

    async savePosition(position: PositionRecord, at: Date): Promise<void> {
      const { portfolioId, instrumentId, product } = position;
      const columns = {
        buyQuantity: position.buyQuantity.toFixed(),
        buyValue: position.buyValue.toFixed(),
        sellQuantity: position.sellQuantity.toFixed(),
        sellValue: position.sellValue.toFixed(),
        realisedPnl: position.realisedPnl.toFixed(),
        margin: position.margin.toFixed(2),
        settled: position.settled.toFixed(2),
        ...dayBookColumns(position.book),
        updatedAt: at,
      };
      await client.position.upsert({
        where: {
          portfolioId_instrumentId_product: { portfolioId, instrumentId, product },
        },
        create: { id: position.id, portfolioId, instrumentId, product, ...columns },
        update: columns,
      });
    },

    async countStartedAgents(portfolioId: string): Promise<number> {
      return client.agent.count({
        where: { portfolioId, deletedAt: null, status: { in: ['RUNNING', 'PAUSED'] } },
      });
    },

    async rename(portfolioId: string, name: string): Promise<void> {
      await client.portfolio.update({ where: { id: portfolioId }, data: { name } });
    },

    async beginEpoch(portfolioId: string, initialCapital: Decimal, at: Date): Promise<void> {
      await client.portfolio.update({
        where: { id: portfolioId },
        data: { initialCapital: initialCapital.toFixed(2), epochStartedAt: at },
      });
    },

    saveSnapshot: (snapshot) => saveSnapshot(client, snapshot),

    async followers(feedId: string) {
      return client.$queryRaw<{ id: string; since: Date; writtenThrough: Date | null }[]>`
        SELECT portfolio."id", ${startOnFeed} AS "since",
          (SELECT max(item."time") FROM "PortfolioSnapshot" item
           WHERE item."portfolioId" = portfolio."id" AND item."feedId" = portfolio."feedId"
             AND item."createdAt" >= ${startOnFeed}) AS "writtenThrough"
        FROM "Portfolio" portfolio
        WHERE portfolio."feedId" = ${feedId}::uuid AND portfolio."deletedAt" IS NULL
        ORDER BY portfolio."id"`;
    },

    async onFeed(feedId: string) {
      return client.portfolio.findMany({
        where: { deletedAt: null, OR: [{ feedId }, { orders: { some: { feedId } } }] },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
    },

    ...tradeRows(client),
    ...ledgerRows(client),
    ...noteRows(client),
  };
}

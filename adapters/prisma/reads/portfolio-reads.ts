import type { BatchReads } from '@nandax/app/ports/reads.ts';
import type {
  OpenLotView,
  PortfolioFiguresView,
  PositionView,
} from '@nandax/app/views/portfolio.ts';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { dayBookOn } from '@nandax/core/portfolio/day-book.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { dayBookOfRow } from '../trading/day-book-columns.ts';
import { restatedSince } from '../trading/restated-since.ts';
import { groupByParent } from './by-id.ts';
import { fillAwaitsNote, isOfEpoch } from './epoch.ts';
import { chargesOfRow, sumsOfCharges } from './charges-of-row.ts';
import { decimalOf, decimalOrZero, instantOf, type Row } from './row-to-view.ts';
import { strictnessOfPortfolio, tradingStateOf } from './strictness.ts';

type PortfolioReads = Pick<
  BatchReads,
  | 'figuresOfPortfolio'
  | 'positionsOfPortfolio'
  | 'deliveryLotsOfPortfolio'
  | 'accruedChargesOfPortfolio'
>;

/** Units that a share of the position has become since it was marked. */
const restatedSinceMark = restatedSince({
  portfolioId: Prisma.sql`item."portfolioId"`,
  feedId: Prisma.sql`feed."id"`,
  instrumentId: Prisma.sql`item."instrumentId"`,
  since: Prisma.sql`mark."time"`,
});

/** What a portfolio is worth, straight from ledger, notes, positions and last prices. */
export function portfolioReads(prisma: PrismaClient): PortfolioReads {
  return {
    async figuresOfPortfolio(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT portfolio."id", ledger.*, note.*, feed."marketTime",
          ${strictnessOfPortfolio} AS "strictness"
        FROM "Portfolio" portfolio
        LEFT JOIN "Feed" feed ON feed."id" = portfolio."feedId"
        LEFT JOIN LATERAL (
          SELECT sum("amount") FILTER (WHERE "account" = 'CASH') AS "cash",
            sum("amount") FILTER (WHERE "account" = 'MARGIN') AS "margin",
            sum("amount") FILTER (WHERE "account" = 'SECURITIES') AS "securities",
            sum("amount") FILTER (WHERE "account" = 'SETTLEMENT') AS "settlement",
            sum("amount") FILTER (WHERE "account" = 'REALISED_PNL') AS "realisedPnl"
          FROM "LedgerEntry" WHERE "portfolioId" = portfolio."id"
        ) ledger ON TRUE
        LEFT JOIN LATERAL (
          SELECT ${sumsOfCharges},
            sum(item."depositoryParticipantCharge") AS "depositoryParticipantCharge"
          FROM "ContractNote" item
          WHERE item."portfolioId" = portfolio."id" AND ${isOfEpoch}
        ) note ON TRUE
        WHERE portfolio."id" = ANY(${ids}::uuid[])`;
      return new Map(rows.map((row) => [row['id'] as string, figuresOf(row)]));
    },

    async positionsOfPortfolio(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT item.*, item."portfolioId" AS "parentId", quote."lastPrice",
          instrument."multiplier", instrument."exchange", feed."id" AS "feedId",
          feed."marketTime", round(mark."price" / coalesce(${restatedSinceMark}, 1), 4) AS "closePrice"
        FROM "Position" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        JOIN "Instrument" instrument ON instrument."id" = item."instrumentId"
        LEFT JOIN "Quote" quote
          ON quote."feedId" = portfolio."feedId" AND quote."instrumentId" = item."instrumentId"
        LEFT JOIN "Feed" feed ON feed."id" = portfolio."feedId"
        LEFT JOIN LATERAL (
          SELECT "price", "time" FROM "PositionMark"
          WHERE "portfolioId" = item."portfolioId" AND "feedId" = feed."id"
            AND "instrumentId" = item."instrumentId" AND "time" < ${startOfMarketDay}
          ORDER BY "time" DESC LIMIT 1
        ) mark ON TRUE
        WHERE item."portfolioId" = ANY(${ids}::uuid[])
        ORDER BY instrument."tradingSymbol", item."product"`;
      return groupByParent(rows, positionOf);
    },

    async deliveryLotsOfPortfolio(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT item."portfolioId" AS "parentId", item."instrumentId", item."product",
          item."quantity", item."entryPrice"
        FROM "Trade" item
        WHERE item."portfolioId" = ANY(${ids}::uuid[]) AND item."status" = 'OPEN'
          AND item."direction" = 'LONG' AND item."product" IN ('CNC', 'MTF')
        ORDER BY item."entryAt", item."id"`;
      return groupByParent(rows, lotOf);
    },

    async accruedChargesOfPortfolio(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT item."portfolioId" AS "id", ${sumsOfCharges}
        FROM "Fill" item
        JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"
        WHERE item."portfolioId" = ANY(${ids}::uuid[]) AND ${fillAwaitsNote}
        GROUP BY item."portfolioId"`;
      return new Map(rows.map((row) => [row['id'] as string, chargesOfRow(row)]));
    },
  };
}

function figuresOf(row: Row): PortfolioFiguresView {
  return {
    cash: decimalOrZero(row['cash']),
    margin: decimalOrZero(row['margin']),
    securities: decimalOrZero(row['securities']),
    settlement: decimalOrZero(row['settlement']),
    // A profit stands on the credit side of its account, which is negative.
    realisedPnl: decimalOrZero(row['realisedPnl']).negated(),
    notedCharges: chargesOfRow(row),
    tradingState: tradingStateOf(row['strictness']),
    marketTime: instantOf(row['marketTime']),
  };
}

/** Midnight at which the exchange day of the market clock of `feed` began. */
const startOfMarketDay = Prisma.sql`date_trunc('day', feed."marketTime", 'Asia/Kolkata')`;

function lotOf(row: Row): OpenLotView {
  return {
    instrumentId: row['instrumentId'] as string,
    product: row['product'] as OpenLotView['product'],
    quantity: decimalOrZero(row['quantity']),
    price: decimalOrZero(row['entryPrice']),
  };
}

function positionOf(row: Row): PositionView {
  const multiplier = decimalOrZero(row['multiplier']);
  const book = dayBookOfRow(row as Parameters<typeof dayBookOfRow>[0]);
  const marketTime = instantOf(row['marketTime']);
  const day = marketTime && {
    feedId: row['feedId'] as string,
    date: exchangeDateOf(marketTime.getTime()),
  };
  return {
    instrumentId: row['instrumentId'] as string,
    product: row['product'] as PositionView['product'],
    multiplier,
    buyQuantity: decimalOrZero(row['buyQuantity']),
    buyValue: decimalOrZero(row['buyValue']),
    sellQuantity: decimalOrZero(row['sellQuantity']),
    sellValue: decimalOrZero(row['sellValue']),
    realisedPnl: decimalOrZero(row['realisedPnl']),
    margin: decimalOrZero(row['margin']),
    lastPrice: decimalOf(row['lastPrice']),
    closePrice: decimalOf(row['closePrice']),
    book: day === null ? book : dayBookOn(book, day, multiplier),
    exchange: row['exchange'] as PositionView['exchange'],
  };
}

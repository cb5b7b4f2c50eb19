import { minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { BatchReads } from '@nandax/app/ports/reads.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { unpackCandles, unpackTicks } from '../packed-columns.ts';
import { groupByParent, ofParent } from './by-id.ts';
import { decimalOf, decimalOrZero, instantOf, type Row } from './row-to-view.ts';
import { instruments } from './sources.ts';

type MarketReads = Pick<
  BatchReads,
  | 'instrumentsOfVersion'
  | 'namedInstrumentsOfVersion'
  | 'instrumentsOfReplay'
  | 'instrumentsOfDataset'
  | 'rangeOfDataset'
  | 'quotesOfFeed'
>;

/** Instruments of strategies, replays and datasets, and what is known of their prices. */
export function marketReads(prisma: PrismaClient): MarketReads {
  return {
    instrumentsOfVersion: ofParent(prisma, instruments, {
      join: Prisma.sql`JOIN "StrategyVersionInstrument" link ON link."instrumentId" = item."id"`,
      parentId: Prisma.sql`link."strategyVersionId"`,
      order: Prisma.sql`link."ordinal"`,
    }),

    namedInstrumentsOfVersion: ofParent(prisma, instruments, {
      join: Prisma.sql`JOIN "StrategyVersionReference" link ON link."instrumentId" = item."id"`,
      parentId: Prisma.sql`link."strategyVersionId"`,
      order: Prisma.sql`link."name"`,
    }),

    instrumentsOfReplay: ofParent(prisma, instruments, {
      join: Prisma.sql`JOIN "ReplayInstrument" link ON link."instrumentId" = item."id"`,
      parentId: Prisma.sql`link."replaySessionId"`,
      order: Prisma.sql`link."ordinal"`,
    }),

    instrumentsOfDataset: ofParent(prisma, instruments, {
      join: Prisma.sql`JOIN (
        SELECT DISTINCT "datasetId", "instrumentId" FROM "CandleDay"
        UNION SELECT DISTINCT "datasetId", "instrumentId" FROM "TickDay"
      ) link ON link."instrumentId" = item."id"`,
      parentId: Prisma.sql`link."datasetId"`,
      order: Prisma.sql`item."tradingSymbol"`,
    }),

    async rangeOfDataset(ids) {
      const [candles, ticks] = await Promise.all([
        edgeDays(prisma, Prisma.sql`"CandleDay"`, ids),
        edgeDays(prisma, Prisma.sql`"TickDay"`, ids),
      ]);
      return rangesOf([
        ...candles.map(({ datasetId, columns }) => {
          const { openTime, length } = unpackCandles([columns]);
          return { datasetId, from: openTime[0], to: (openTime[length - 1] ?? NaN) + minuteMs };
        }),
        ...ticks.map(({ datasetId, columns }) => {
          const { time, length } = unpackTicks([columns]);
          return { datasetId, from: time[0], to: (time[length - 1] ?? NaN) + 1 };
        }),
      ]);
    },

    async quotesOfFeed(ids) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT quote.*, quote."feedId" AS "parentId"
        FROM "Quote" quote JOIN "Instrument" item ON item."id" = quote."instrumentId"
        WHERE quote."feedId" = ANY(${ids}::uuid[])
        ORDER BY item."tradingSymbol"`;
      return groupByParent(rows, (row) => ({
        instrumentId: row['instrumentId'] as string,
        lastPrice: decimalOrZero(row['lastPrice']),
        volume: decimalOf(row['volume']),
        time: instantOf(row['time']) ?? new Date(NaN),
      }));
    },
  };
}

interface EdgeDay {
  readonly datasetId: string;
  readonly columns: Uint8Array;
}

/** The packed columns of each dataset's first and last day, of every instrument. */
function edgeDays(
  prisma: PrismaClient,
  table: Prisma.Sql,
  ids: readonly string[],
): Promise<EdgeDay[]> {
  return prisma.$queryRaw<EdgeDay[]>`
    SELECT day."datasetId", day."columns" FROM ${table} day
    JOIN (
      SELECT "datasetId", min("tradingDay") AS "first", max("tradingDay") AS "last"
      FROM ${table} WHERE "datasetId" = ANY(${ids}::uuid[]) GROUP BY "datasetId"
    ) edge ON edge."datasetId" = day."datasetId"
      AND day."tradingDay" IN (edge."first", edge."last")`;
}

function rangesOf(
  parts: readonly { datasetId: string; from: number | undefined; to: number }[],
): ReadonlyMap<string, { readonly from: Date; readonly to: Date }> {
  const ranges = new Map<string, { from: Date; to: Date }>();
  for (const { datasetId, from = NaN, to } of parts) {
    const known = ranges.get(datasetId);
    ranges.set(datasetId, {
      from: new Date(Math.min(known?.from.getTime() ?? Infinity, from)),
      to: new Date(Math.max(known?.to.getTime() ?? -Infinity, to)),
    });
  }
  return ranges;
}

import type { DailyCloses } from '@nandax/app/ports/store.ts';
import type { PrismaClient } from '../generated/client.ts';
import { packedNumber, lastPlaceOf } from '../packed-columns.ts';
import { dayOf } from './exact.ts';

/**
 * The last price of each day, taken out of the packed days by the database, so that years of minutes
 * are not read for a few hundred numbers.
 */
export async function readDailyCloses(
  prisma: PrismaClient,
  datasetId: string,
  instrumentId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<DailyCloses> {
  const close = lastPlaceOf('candles', 'close');
  const price = lastPlaceOf('ticks', 'price');
  const rows = await prisma.$queryRaw<{ tradingDay: Date; close: Uint8Array }[]>`
    WITH day AS (
      SELECT "tradingDay", substring("columns" FROM
          ${close.offset}::int + "count" * ${close.bytesARow}::int + 1 FOR 8) AS "close"
      FROM "CandleDay" WHERE "datasetId" = ${datasetId}::uuid AND "instrumentId" = ${instrumentId}::uuid
        AND "interval" = 'MINUTE' AND "tradingDay" <= ${to}::date
      UNION ALL
      SELECT "tradingDay", substring("columns" FROM
          ${price.offset}::int + "count" * ${price.bytesARow}::int + 1 FOR 8)
      FROM "TickDay" WHERE "datasetId" = ${datasetId}::uuid AND "instrumentId" = ${instrumentId}::uuid
        AND "tradingDay" <= ${to}::date
    )
    SELECT * FROM day WHERE "tradingDay" >= coalesce(
      (SELECT max("tradingDay") FROM day WHERE "tradingDay" < ${from}::date), ${from}::date)
    ORDER BY "tradingDay"`;
  return {
    days: rows.map(({ tradingDay }) => dayOf(tradingDay)),
    closes: rows.map((row) => packedNumber(row.close)),
  };
}

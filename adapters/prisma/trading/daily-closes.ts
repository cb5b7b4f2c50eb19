import type { DailyCloses } from '@nandax/app/ports/store.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import type { PrismaClient } from '../generated/client.ts';
import { unpackCandles, unpackTicks } from '../packed-columns.ts';
import { dateColumn, dayOf } from './exact.ts';

/**
 * The last price inside the session of each day: what is recorded after it (a post-close) is no close
 * that a replay hears. Of the days before `from` only the last recorded one is looked at.
 */
export async function readDailyCloses(
  prisma: PrismaClient,
  calendar: TradingCalendar,
  of: { readonly datasetId: string; readonly instrumentId: string },
  { from, to }: { readonly from: string; readonly to: string },
): Promise<DailyCloses> {
  const range = { gte: dateColumn(from), lte: dateColumn(to) };
  const [candles, candleBefore, ticks, tickBefore] = await Promise.all([
    prisma.candleDay.findMany({ where: { ...of, interval: 'MINUTE', tradingDay: range } }),
    prisma.candleDay.findFirst({
      where: { ...of, interval: 'MINUTE', tradingDay: { lt: range.gte } },
      orderBy: { tradingDay: 'desc' },
    }),
    prisma.tickDay.findMany({ where: { ...of, tradingDay: range } }),
    prisma.tickDay.findFirst({
      where: { ...of, tradingDay: { lt: range.gte } },
      orderBy: { tradingDay: 'desc' },
    }),
  ]);
  const ofCandles = [candleBefore ?? [], candles].flat().map(({ tradingDay, columns }) => {
    const { openTime, close } = unpackCandles([columns]);
    return { day: dayOf(tradingDay), close: lastInSession(calendar, openTime, close) };
  });
  const ofTicks = [tickBefore ?? [], ticks].flat().map(({ tradingDay, columns }) => {
    const { time, price } = unpackTicks([columns]);
    return { day: dayOf(tradingDay), close: lastInSession(calendar, time, price) };
  });
  const known = [...ofCandles, ...ofTicks]
    .flatMap(({ day, close }) => (close === null ? [] : [{ day, close }]))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  return { days: known.map(({ day }) => day), closes: known.map(({ close }) => close) };
}

function lastInSession(
  calendar: TradingCalendar,
  times: Float64Array,
  prices: Float64Array,
): number | null {
  for (let row = times.length - 1; row >= 0; row -= 1) {
    if (calendar.sessionAt(times[row] ?? NaN) !== null) return prices[row] ?? null;
  }
  return null;
}

import type { History } from '@nandax/app/ports/store.ts';
import type { Clock } from '@nandax/app/ports/world.ts';
import { MarketBook } from '@nandax/core/calendar/market-book.ts';
import type { SessionPlan } from '@nandax/core/calendar/session-plan.ts';
import { TradingCalendar, type CalendarDay } from '@nandax/core/calendar/trading-calendar.ts';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { RateCardBook, type RateCard } from '@nandax/core/charges/rate-card.ts';
import { adjustCandles, adjustTicks } from '@nandax/core/corporate/adjust-history.ts';
import { adjustedPrice, adjustmentFactorOn } from '@nandax/core/corporate/corporate-action.ts';
import { sliceCandles } from '@nandax/core/market/candles.ts';
import type { BrokerRules } from '@nandax/core/order/broker-rules.ts';
import type { PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import type { Exchange, PrismaClient } from '../generated/client.ts';
import { unpackCandles, unpackTicks } from '../packed-columns.ts';
import { dateColumn, dayOf } from './exact.ts';
import { readDailyCloses } from './daily-closes.ts';
import { restatingActions } from './restating-actions.ts';
import { KeptFor } from './kept-for.ts';

/** The broker whose rate cards serve paper trading and backtests. */
const broker = 'ZERODHA';
/** The calendar segment of cash trading. */
const cashSegment = 'EQUITY';
/** Reference data changes by an import, a few times a year; other processes see it this much later. */
const keepMs = 60_000;

/** Recorded history and dated reference data, from PostgreSQL. */
export function prismaHistory(prisma: PrismaClient, clock: Clock): History {
  const calendarDays = new KeptFor<readonly CalendarDay[]>(clock, keepMs, (exchange) =>
    readCalendarDays(prisma, { exchange: exchange as Exchange, segment: cashSegment }),
  );
  const calendars = new KeptFor<TradingCalendar>(
    clock,
    keepMs,
    async (exchange) => new TradingCalendar(await calendarDays.get(exchange)),
  );
  const markets = new KeptFor<MarketBook>(
    clock,
    keepMs,
    async () => new MarketBook(await readCalendarDays(prisma, {}), await readPlans(prisma)),
  );
  const cards = new KeptFor<readonly RateCard[]>(clock, keepMs, () => readCards(prisma));
  const books = new KeptFor<RateCardBook>(
    clock,
    keepMs,
    async (name) => new RateCardBook(await cards.get(name), name),
  );
  const bands = new KeptFor<readonly PriceBandRule[]>(clock, keepMs, () => readBands(prisma));
  const margins = new KeptFor<readonly MarginRate[]>(clock, keepMs, () => readMargins(prisma));
  const rules = new KeptFor<readonly BrokerRules[]>(clock, keepMs, () => readRules(prisma));

  const dailyCloses: History['dailyCloses'] = async (
    datasetId,
    { id: instrumentId, exchange },
    from,
    to,
  ) => {
    const calendar = await calendars.get(exchange);
    const of = { datasetId, instrumentId };
    const { days, closes } = await readDailyCloses(prisma, calendar, of, { from, to });
    const actions = (await restatingActions(prisma, datasetId, [instrumentId])).get(instrumentId);
    const restated = closes.map((close, index) =>
      adjustedPrice(close, adjustmentFactorOn(days[index] ?? '', actions ?? [])),
    );
    return { days, closes: restated };
  };

  return {
    async candles(datasetId, instrumentIds, from, to) {
      const days = await prisma.candleDay.findMany({
        where: {
          datasetId,
          interval: 'MINUTE',
          instrumentId: { in: [...instrumentIds] },
          tradingDay: daysBetween(from, to),
        },
        orderBy: { tradingDay: 'asc' },
        select: { instrumentId: true, columns: true },
      });
      const actions = await restatingActions(prisma, datasetId, instrumentIds);
      return instrumentIds.map((id) => {
        const own = days.filter(({ instrumentId }) => instrumentId === id);
        const recorded = unpackCandles(own.map(({ columns }) => columns));
        const candles = adjustCandles(recorded, actions.get(id) ?? []);
        return sliceCandles(candles, from?.getTime() ?? -Infinity, to?.getTime() ?? Infinity);
      });
    },

    async ticks(datasetId, instrumentIds, from, to) {
      const days = await prisma.tickDay.findMany({
        where: {
          datasetId,
          instrumentId: { in: [...instrumentIds] },
          tradingDay: daysBetween(from, to),
        },
        orderBy: { tradingDay: 'asc' },
        select: { instrumentId: true, columns: true },
      });
      const actions = await restatingActions(prisma, datasetId, instrumentIds);
      return instrumentIds.map((id) => {
        const own = days.filter(({ instrumentId }) => instrumentId === id);
        const recorded = unpackTicks(own.map(({ columns }) => columns));
        const { time, price, dayVolume } = adjustTicks(recorded, actions.get(id) ?? []);
        const rows = [...time.keys()].filter((row) => {
          const at = time[row] ?? NaN;
          return at >= from.getTime() && at < to.getTime();
        });
        const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] ?? NaN);
        return {
          length: rows.length,
          time: pick(time),
          price: pick(price),
          dayVolume: pick(dayVolume),
        };
      });
    },

    dailyCloses,

    async storedCloses(userId, instrument, from, to) {
      const [most] = await prisma.$queryRaw<{ datasetId: string }[]>`
        SELECT day."datasetId" FROM "CandleDay" day
        JOIN "Dataset" dataset ON dataset."id" = day."datasetId"
        WHERE day."instrumentId" = ${instrument.id}::uuid
          AND (dataset."ownerId" IS NULL OR dataset."ownerId" = ${userId}::uuid)
          AND day."tradingDay" BETWEEN ${from}::date AND ${to}::date
        GROUP BY day."datasetId" ORDER BY count(*) DESC, day."datasetId" LIMIT 1`;
      return most === undefined ? null : dailyCloses(most.datasetId, instrument, from, to);
    },
    calendar: (exchange) => calendars.get(exchange),
    calendarDays: (exchange) => calendarDays.get(exchange),
    markets: () => markets.get('all'),
    rateCards: () => books.get(broker),
    rateCardList: () => cards.get(broker),
    priceBands: () => bands.get('all'),
    marginRates: () => margins.get(broker),
    brokerRules: () => rules.get(broker),
  };
}

/** Exchange days that a range of instants touches; a date column holds midnight UTC of its day. */
function daysBetween(from: Date | null, to: Date | null) {
  return {
    ...(from === null ? {} : { gte: dateOf(from) }),
    ...(to === null ? {} : { lte: dateOf(to) }),
  };
}

function dateOf(instant: Date): Date {
  return dateColumn(exchangeDateOf(instant.getTime()));
}

async function readCalendarDays(
  prisma: PrismaClient,
  where: { readonly exchange?: Exchange; readonly segment?: string },
): Promise<readonly CalendarDay[]> {
  const rows = await prisma.calendarDay.findMany({ where, omit: { name: true, source: true } });
  return rows.map(({ date, ...columns }) => ({ date: dayOf(date), ...columns }));
}

async function readPlans(prisma: PrismaClient): Promise<readonly SessionPlan[]> {
  const rows = await prisma.sessionPlan.findMany({ orderBy: { validFrom: 'asc' } });
  return rows.map(({ segment, validFrom, validTo, phases, afterMarket, source }) => ({
    segment,
    validFrom: dayOf(validFrom),
    validTo: validTo === null ? null : dayOf(validTo),
    phases: phases as unknown as SessionPlan['phases'],
    afterMarket: afterMarket as unknown as SessionPlan['afterMarket'],
    source,
  }));
}

async function readCards(prisma: PrismaClient): Promise<readonly RateCard[]> {
  const rows = await prisma.rateCard.findMany({ where: { broker }, orderBy: { validFrom: 'asc' } });
  return rows.map(({ id, validFrom, validTo, rates, source }) => ({
    id,
    broker,
    validFrom: dayOf(validFrom),
    validTo: validTo === null ? null : dayOf(validTo),
    rates: rates as unknown as RateCard['rates'],
    source,
  }));
}

async function readBands(prisma: PrismaClient): Promise<readonly PriceBandRule[]> {
  const rows = await prisma.priceBand.findMany({ orderBy: { validFrom: 'asc' } });
  return rows.map(({ validFrom, validTo, percent, leastRupees, ...rule }) => ({
    ...rule,
    validFrom: dayOf(validFrom),
    validTo: validTo === null ? null : dayOf(validTo),
    percent: percent.toString(),
    leastRupees: leastRupees?.toString() ?? null,
  }));
}

async function readMargins(prisma: PrismaClient): Promise<readonly MarginRate[]> {
  const rows = await prisma.marginRate.findMany({ orderBy: { validFrom: 'asc' } });
  return rows.map(({ product, segment, side, validFrom, validTo, percent, estimate, source }) => ({
    product,
    segment: segment as MarginRate['segment'],
    side,
    validFrom: dayOf(validFrom),
    validTo: validTo === null ? null : dayOf(validTo),
    percent: percent.toString(),
    estimate,
    source,
  }));
}

async function readRules(prisma: PrismaClient): Promise<readonly BrokerRules[]> {
  const rows = await prisma.brokerRules.findMany({
    where: { broker },
    orderBy: { validFrom: 'asc' },
  });
  return rows.map(({ validFrom, validTo, rules, source }) => ({
    // As the seed wrote them, after the reader had checked each field.
    ...(rules as unknown as Omit<BrokerRules, 'broker' | 'validFrom' | 'validTo' | 'source'>),
    broker,
    validFrom: dayOf(validFrom),
    validTo: validTo === null ? null : dayOf(validTo),
    source,
  }));
}

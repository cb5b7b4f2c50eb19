import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { unpackCandles } from '@nandax/adapters/prisma/packed-columns.ts';
import { seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
const world = { ids: systemIds(), clock: systemClock };

beforeAll(async () => {
  database = await createTestDatabase();
  await seedReferenceData(database.url, world);
});
afterAll(() => database.drop());

const candlesOf = async (tradingSymbol: string) => {
  const days = await database.prisma.candleDay.findMany({
    where: { instrument: { tradingSymbol } },
    orderBy: { tradingDay: 'asc' },
  });
  return unpackCandles(days.map((day) => day.columns));
};

test('the sample holds what the files hold, with tick and lot', async () => {
  const candles = await candlesOf('YESBANK');
  expect(candles.length).toBe(1_130);
  expect(new Date(candles.openTime[0] ?? NaN).toISOString()).toBe('2019-07-09T03:45:00.000Z');
  expect([candles.open[0], candles.high[0], candles.low[0], candles.close[0]]).toEqual([
    95, 95, 93.9, 94.85,
  ]);
  expect(candles.volume[0]).toBe(1_730_100);
  const share = await database.prisma.instrument.findFirstOrThrow({
    where: { tradingSymbol: 'YESBANK' },
  });
  expect(share.tickSize.toString()).toBe('0.05');
  expect(share.lotSize).toBe(1);
  expect(share.tradable).toBe(true);
});

test('the volume of an index is unknown, not zero', async () => {
  expect((await candlesOf('NIFTY 50')).volume.every(Number.isNaN)).toBe(true);
});

test('seeding again changes nothing, also when two start at once', async () => {
  const count = async () => ({
    instruments: await database.prisma.instrument.findMany({ orderBy: { id: 'asc' } }),
    candleDays: await database.prisma.candleDay.count(),
    calendarDays: await database.prisma.calendarDay.count(),
    rateCards: await database.prisma.rateCard.count(),
    marginRates: await database.prisma.marginRate.count(),
    brokerRules: await database.prisma.brokerRules.count(),
    priceBands: await database.prisma.priceBand.count(),
    sessionPlans: await database.prisma.sessionPlan.count(),
    datasets: await database.prisma.dataset.count(),
  });
  const before = await count();
  expect(before).toMatchObject({ candleDays: 11, datasets: 1, marginRates: 28, sessionPlans: 9 });
  await Promise.all([
    seedReferenceData(database.url, world),
    seedReferenceData(database.url, world),
  ]);
  expect(await count()).toEqual(before);
});

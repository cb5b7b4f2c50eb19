import { readFile } from 'node:fs/promises';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { packCandles } from '@nandax/adapters/prisma/packed-columns.ts';
import { splitIntoDays } from '@nandax/app/market-data/split-into-days.ts';
import type { Clock, IdSource } from '@nandax/app/ports/world.ts';
import { expandCalendar, type CalendarDocument } from '@nandax/core/calendar/expand-calendar.ts';
import { readSessionPlans } from '@nandax/core/calendar/session-plan.ts';
import { readRateCards } from '@nandax/core/charges/read-rate-cards.ts';
import { parseKiteCandleCsv } from '@nandax/core/market/kite-candle-csv.ts';
import { readPriceBands } from '@nandax/core/market/price-band.ts';
import type { Result } from '@nandax/core/result.ts';
import { omit } from '@nandax/core/omit.ts';
import { readBrokerRules } from '@nandax/core/order/read-broker-rules.ts';
import { readMarginRates } from '@nandax/core/risk/read-margin-rates.ts';
import type { Prisma } from '@nandax/adapters/prisma/generated/client.ts';
import type { Exchange, InstrumentType } from '@nandax/adapters/prisma/generated/enums.ts';

/** The one shared dataset, which every user sees. */
export const sampleDataset = 'NSE sample of 2019';

/** One entry of `data/reference/instruments.json`; see data/README.md. */
interface ReferenceInstrument {
  readonly exchange: Exchange;
  readonly segment: string;
  readonly type: InstrumentType;
  readonly tradingSymbol: string;
  readonly name: string;
  readonly instrumentToken?: number;
  readonly tickSize: string;
  readonly lotSize: number;
  /** Decimal string; left out: 1. */
  readonly multiplier?: string;
  readonly tradable: boolean;
  readonly candles: string;
}

/** Lock under which a database is seeded: processes that start at once take turns. */
const seedLock = 0x73656564;

/**
 * Loads the bundled reference data (instruments, calendar, rate cards, margin rates, broker rules, price bands) and the sample
 * of history. Repeatable: reference data becomes what the files say, history is written once.
 * Throws when a bundled file is broken.
 */
export async function seedReferenceData(
  connectionString: string,
  { ids, clock }: { readonly ids: IdSource; readonly clock: Clock },
): Promise<void> {
  const prisma = createPrisma(connectionString, { maxConnections: 1 });
  try {
    await prisma.$transaction(
      async (rows) => {
        await rows.$executeRaw`SELECT pg_advisory_xact_lock(${seedLock})`;
        await seedCalendar(rows);
        await seedSessionPlans(rows);
        await seedRateCards(rows);
        await seedMarginRates(rows);
        await seedBrokerRules(rows);
        await seedPriceBands(rows);
        await seedSample(rows, ids, clock.now());
      },
      { timeout: 60_000 },
    );
  } finally {
    await prisma.$disconnect();
  }
}

async function seedCalendar(rows: Prisma.TransactionClient): Promise<void> {
  const document = (await readJson('reference/calendar.json')) as CalendarDocument;
  const days = expandCalendar(document).map((day) => ({ ...day, source: document.source }));
  await rows.calendarDay.deleteMany();
  // Two thousand rows: as one JSON value they take a tenth of the time that as parameters they take.
  await rows.$executeRaw`
    INSERT INTO "CalendarDay"
    SELECT * FROM jsonb_populate_recordset(NULL::"CalendarDay", ${JSON.stringify(days)}::jsonb)`;
}

async function seedSessionPlans(rows: Prisma.TransactionClient): Promise<void> {
  const plans = sound(readSessionPlans(await readJson('reference/session-plans.json')));
  await rows.sessionPlan.deleteMany();
  await rows.sessionPlan.createMany({
    data: plans.map((plan) => ({
      ...plan,
      ...periodOf(plan),
      phases: plan.phases as unknown as Prisma.InputJsonValue,
      afterMarket: plan.afterMarket,
    })),
  });
}

async function seedRateCards(rows: Prisma.TransactionClient): Promise<void> {
  const cards = sound(readRateCards(await readJson('reference/rate-cards.json')));
  await rows.rateCard.deleteMany();
  await rows.rateCard.createMany({
    data: cards.map((card) => ({
      ...card,
      ...periodOf(card),
      // The rates are plain JSON, as published.
      rates: card.rates as unknown as Prisma.InputJsonValue,
    })),
  });
}

async function seedMarginRates(rows: Prisma.TransactionClient): Promise<void> {
  const rates = sound(readMarginRates(await readJson('reference/margin-rates.json')));
  await rows.marginRate.deleteMany();
  await rows.marginRate.createMany({
    data: rates.map((rate) => ({ ...rate, ...periodOf(rate) })),
  });
}

async function seedBrokerRules(rows: Prisma.TransactionClient): Promise<void> {
  const list = sound(readBrokerRules(await readJson('reference/broker-rules.json')));
  await rows.brokerRules.deleteMany();
  await rows.brokerRules.createMany({
    data: list.map((row) => {
      const { broker, source, ...rules } = omit(omit(row, 'validFrom'), 'validTo');
      // The rules are plain JSON, as published.
      const json = rules as unknown as Prisma.InputJsonObject;
      return { broker, source, ...periodOf(row), rules: json };
    }),
  });
}

async function seedPriceBands(rows: Prisma.TransactionClient): Promise<void> {
  const rules = sound(readPriceBands(await readJson('reference/price-bands.json')));
  await rows.priceBand.deleteMany();
  await rows.priceBand.createMany({
    data: rules.map((rule) => ({
      ...rule,
      ...periodOf(rule),
      type: rule.type as InstrumentType,
    })),
  });
}

async function seedSample(
  rows: Prisma.TransactionClient,
  ids: IdSource,
  createdAt: Date,
): Promise<void> {
  const instruments = (await readJson('reference/instruments.json')) as ReferenceInstrument[];
  const shared = { ownerId: null, name: sampleDataset };
  const dataset =
    (await rows.dataset.findFirst({ where: shared })) ??
    (await rows.dataset.create({
      data: {
        ...shared,
        id: ids.uuid(),
        kind: 'CANDLES',
        interval: 'MINUTE',
        source: 'QuantConnect Lean, Apache License 2.0; see data/README.md',
        createdAt,
      },
    }));
  for (const instrument of instruments) {
    const instrumentId = await seedInstrument(rows, instrument, ids, createdAt);
    await seedCandles(rows, dataset.id, instrumentId, instrument);
  }
}

async function seedInstrument(
  rows: Prisma.TransactionClient,
  instrument: ReferenceInstrument,
  ids: IdSource,
  createdAt: Date,
): Promise<string> {
  const { exchange, segment, tradingSymbol, name, type, tickSize, lotSize, tradable } = instrument;
  const key = { ownerId: null, exchange, tradingSymbol };
  const terms = {
    name,
    type,
    segment,
    tickSize,
    lotSize,
    multiplier: instrument.multiplier ?? '1',
    tradable,
    instrumentToken: instrument.instrumentToken ?? null,
  };
  const known = await rows.instrument.findFirst({ where: key, select: { id: true } });
  if (known !== null) {
    await rows.instrument.update({ where: { id: known.id }, data: terms });
    return known.id;
  }
  const id = ids.uuid();
  await rows.instrument.create({ data: { ...key, ...terms, id, createdAt } });
  return id;
}

async function seedCandles(
  rows: Prisma.TransactionClient,
  datasetId: string,
  instrumentId: string,
  { candles: path, type }: ReferenceInstrument,
): Promise<void> {
  const candles = sound(parseKiteCandleCsv(await readText(path)));
  // An index has no volume; the source writes 0, which would mean that nothing was traded.
  if (type === 'INDEX') candles.volume.fill(NaN);
  await rows.candleDay.createMany({
    data: splitIntoDays(candles).map((day) => ({
      datasetId,
      instrumentId,
      interval: 'MINUTE' as const,
      tradingDay: dateOf(day.tradingDay),
      count: day.candles.length,
      columns: packCandles(day.candles),
    })),
    skipDuplicates: true,
  });
}

function readText(path: string): Promise<string> {
  return readFile(new URL(`../data/${path}`, import.meta.url), 'utf8');
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readText(path)) as unknown;
}

function dateOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function periodOf(dated: { readonly validFrom: string; readonly validTo: string | null }): {
  validFrom: Date;
  validTo: Date | null;
} {
  return {
    validFrom: dateOf(dated.validFrom),
    validTo: dated.validTo === null ? null : dateOf(dated.validTo),
  };
}

/** A bundled file that cannot be read is a broken installation. */
function sound<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`The bundled data is broken: ${JSON.stringify(result.failure)}`);
}

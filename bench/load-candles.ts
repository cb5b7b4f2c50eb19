/**
 * A million minute candles from PostgreSQL into columns, as a backtest loads them, beside the barest
 * way to the same columns: one query of the driver, which knows no binary format, and a copy.
 *
 *   node --expose-gc --import tsx bench/load-candles.ts
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { attachEmbeddedDatabase } from '@nandax/adapters/postgres/embedded-database.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import type { CandlesOfDay } from '@nandax/app/ports/market-data.ts';
import { marketDataStore } from '@nandax/adapters/prisma/market-data/market-data-store.ts';
import { unpackCandles } from '@nandax/adapters/prisma/packed-columns.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { exchangeDateOf } from '../core/calendar/exchange-time.ts';
import { CandleColumnsBuilder } from '../core/market/candles.ts';
import { deployMigrations } from '../prisma/migrations.ts';
import { fastest, megabytesOf } from './fastest.ts';

/** Milliseconds of the fastest of several goes. */
export interface LoadingMeasurement {
  readonly name: string;
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly baselineMilliseconds: number;
  readonly megabytes: number | null;
}

const candlesOfDay = 375;
const candleCount = 1_000_000;
const goes = 5;

/** Loads them both ways from a database of its own. */
export async function measureLoading(): Promise<LoadingMeasurement> {
  const home = await mkdtemp(join(tmpdir(), 'nandax-bench-'));
  const server = await attachEmbeddedDatabase({ home, durable: false });
  const admin = new pg.Client({ connectionString: server.urlOf('postgres') });
  await admin.connect();
  await admin.query('CREATE DATABASE bench');
  await admin.end();
  const url = server.urlOf('bench');
  await deployMigrations(url);
  const prisma = createPrisma(url);
  const driver = new pg.Client({ connectionString: url });
  await driver.connect();
  try {
    const { datasetId, instrumentId } = await recordCandles(prisma);
    const history = prismaHistory(prisma, systemClock);
    const load = () => history.candles(datasetId, [instrumentId], null, null);
    const plain = async () => {
      const query = {
        text: `SELECT "columns" FROM "CandleDay" WHERE "datasetId" = $1 AND "instrumentId" = $2
          AND "interval" = 'MINUTE' ORDER BY "tradingDay"`,
        values: [datasetId, instrumentId],
      };
      const { rows } = await driver.query<{ columns: Buffer }>(query);
      return unpackCandles(rows.map(({ columns }) => columns));
    };
    const [[loaded], bare] = [await load(), await plain()];
    if (loaded?.length !== candleCount || bare.length !== candleCount) {
      throw new Error(`${loaded?.length} and ${bare.length} candles`);
    }
    const own = await fastest(goes, load);
    return {
      name: `loading ${candleCount} candles from PostgreSQL into columns`,
      milliseconds: own.wall,
      cpuMilliseconds: own.cpu,
      baselineMilliseconds: (await fastest(goes, plain)).wall,
      megabytes: await megabytesOf(load),
    };
  } finally {
    await driver.end();
    await prisma.$disconnect();
    await server.release();
    await rm(home, { recursive: true, force: true });
  }
}

/** One instrument's minutes, 375 a day, every day. */
async function recordCandles(prisma: ReturnType<typeof createPrisma>) {
  const [datasetId, instrumentId] = [randomUUID(), randomUUID()];
  const createdAt = new Date('2026-11-02T04:00:00Z');
  const instrument = {
    id: instrumentId,
    exchange: 'NSE',
    tradingSymbol: 'WALK',
    name: 'Walk',
    type: 'EQUITY',
    tickSize: '0.05',
    lotSize: 1,
    tradable: true,
    createdAt,
  } as const;
  await prisma.instrument.create({ data: instrument });
  await prisma.dataset.create({
    data: {
      id: datasetId,
      name: 'walk',
      kind: 'CANDLES',
      source: 'made',
      interval: 'MINUTE',
      createdAt,
    },
  });
  const days: CandlesOfDay[] = [];
  let price = 1000;
  for (
    let made = 0, open = Date.parse('2016-01-04T03:45:00Z');
    made < candleCount;
    open += 86_400_000
  ) {
    const builder = new CandleColumnsBuilder(candlesOfDay);
    const rows = Math.min(candlesOfDay, candleCount - made);
    for (let minute = 0; minute < rows; minute += 1) {
      price += ((made + minute) % 7) - 3;
      builder.add(open + minute * 60_000, price, price + 1, price - 1, price, 1000);
    }
    days.push({ tradingDay: exchangeDateOf(open), candles: builder.build() });
    made += rows;
  }
  const store = marketDataStore(prisma);
  await store.transaction((rows) => rows.insertMinuteCandles(datasetId, instrumentId, days));
  return { datasetId, instrumentId };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, milliseconds, cpuMilliseconds, baselineMilliseconds, megabytes } =
    await measureLoading();
  const memory = megabytes === null ? '' : `, ${megabytes.toFixed(0)} MB`;
  console.log(
    `${name}: ${milliseconds.toFixed(0)} ms (processor ${cpuMilliseconds.toFixed(0)} ms)${memory}, ${(milliseconds / baselineMilliseconds).toFixed(1)} x the driver alone, ${baselineMilliseconds.toFixed(0)} ms`,
  );
}

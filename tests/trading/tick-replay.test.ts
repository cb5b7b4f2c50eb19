import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { marketDataStore } from '@nandax/adapters/prisma/market-data/market-data-store.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { threadHistoryReader } from '@nandax/adapters/threads/thread-history-reader.ts';
import { importHistory } from '@nandax/app/market-data/import-history.ts';
import { createReplay } from '@nandax/app/replay/create-replay.ts';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

/**
 * A recording of four minutes. The tick of 09:16:20 came late, after that of 09:16:40: it is dropped
 * and counted. Minute closes: 100, 102, 99, 101.
 */
const recording = `timestamp,ltp,volume
2021-04-12 09:15:00,100.5,10
2021-04-12 09:15:40,100,30
2021-04-12 09:16:05,101,35
2021-04-12 09:16:40,102,50
2021-04-12 09:16:20,500,45
2021-04-12 09:17:10,99,60
2021-04-12 09:18:00,100,70
2021-04-12 09:18:59,101,75
`;

let world: TradingWorld;
let worker: RunningWorker;

beforeAll(async () => {
  world = await createTradingWorld();
  worker = await startWorker(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      LOG_LEVEL: 'error',
    }),
  );
});

afterAll(async () => {
  await worker.close();
  await world.close();
});

test('recorded ticks are imported, replayed and traded on', async () => {
  const { prisma } = world.database;
  const { clock, ids } = world.ports;
  const imported = expectOk(
    await importHistory(
      { marketData: marketDataStore(prisma), historyFiles: threadHistoryReader, clock, ids },
      {
        userId: world.userId,
        fileName: 'SBIN_ticks.csv',
        content: recording,
        instrument: {
          exchange: 'NSE',
          tradingSymbol: 'SBIN',
          tickSize: new Decimal('0.05'),
          lotSize: 1,
          multiplier: null,
        },
        datasetName: 'Ticks of 12 April 2021',
      },
    ),
  );
  expect(imported).toMatchObject({ kind: 'TICKS', rows: 8, days: 1 });

  const session = expectOk(
    await createReplay(world.ports, {
      userId: world.userId,
      name: 'Ticks',
      datasetId: imported.id,
      instrumentIds: [],
      from: null,
      to: null,
      speed: null,
      seed: 0,
    }),
  );
  const strategy = await world.strategy(
    ['capital_per_trade 1000', 'long entry when close > 101.5', 'long exit when close < 99.5'].join(
      '\n',
    ),
    'ONE_MINUTE',
    ['SBIN'],
  );
  const { runId } = await world.startAgent(strategy, session.id);
  await world.play(session.id);
  expect(await world.untilEnded(session.id)).toBe('FINISHED');

  const trades = await prisma.trade.findMany({ where: { runId } });
  // 1000 rupees buy 9 at 102. Decided at 09:17:00, bought at the next tick, 99 at 09:17:10; that
  // minute closes at 99, so it is decided at 09:18:00 to sell, at the tick of that very second.
  expect(
    trades.map(({ quantity, entryPrice, entryAt, exitPrice, exitAt }) => [
      quantity.toNumber(),
      entryPrice.toNumber(),
      entryAt.toISOString(),
      exitPrice?.toNumber(),
      exitAt?.toISOString(),
    ]),
  ).toEqual([[9, 99, '2021-04-12T03:47:10.000Z', 100, '2021-04-12T03:48:00.000Z']]);
  const after = await prisma.replaySession.findUniqueOrThrow({ where: { id: session.id } });
  expect(after.droppedTicks).toBe(1);
});
